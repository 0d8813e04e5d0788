"""ALTO 2, 3 and 4, with or without a namespace, valid or not: TextLine, String, HYP.

Places are pixels here; a file measured otherwise gives no text and says so. Each String is a word of its own: many
files have no SP between them. https://www.loc.gov/standards/alto/
"""

from collections.abc import Iterator
from pathlib import Path

from manifests import findings
from manifests.model import Box, Word
from manifests.text.reader import Canvas, ReadText, Unreadable, content
from manifests.text.xml import Element, local_name, parse, root_name

NAME = "alto"


def sniff(head: bytes, name: str) -> bool:
    return root_name(head) == "alto"


def read(file: Path, size: tuple[int, int]) -> ReadText:
    root = parse(content(file))
    _must_be_in_pixels(root)
    pages = list(root.iter("{*}Page"))
    canvas = Canvas(*size)
    lines = pages[0].iter("{*}TextLine") if pages else iter(())
    filled = filter(None, (list(_line(line, canvas)) for line in lines))
    words = [Word(text, number, box) for number, line in enumerate(filled) for text, box in line]
    several = (findings.make_finding("text-several-pages", pages=len(pages)),) if len(pages) > 1 else ()
    return ReadText(words, (*several, *canvas.findings()))


def _must_be_in_pixels(root: Element) -> None:
    unit = next((found.text or "" for found in root.iter("{*}MeasurementUnit")), "pixel").strip()
    if unit != "pixel":
        raise Unreadable(findings.make_finding("text-unit", unit=unit))


def _line(line: Element, canvas: Canvas) -> Iterator[tuple[str, Box | None]]:
    """Text and box of each word. A hyphen at the end of the line is printed, so it belongs to the last word."""
    parts = [part for part in line if local_name(part) in ("String", "HYP")]
    for number, part in enumerate(parts):
        text = (part.get("CONTENT") or "").strip()
        if local_name(part) == "HYP" or not text:
            continue
        hyphen = parts[number + 1] if number + 1 < len(parts) else None
        if hyphen is not None and local_name(hyphen) == "HYP":
            text = text.removesuffix(hyphen.get("CONTENT") or "-") + (hyphen.get("CONTENT") or "-")
        yield text, _box(part, canvas)


def _box(part: Element, canvas: Canvas) -> Box | None:
    try:
        x, y, w, h = (float(part.get(name) or "nan") for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    except ValueError:
        return None
    return canvas.box(x, y, w, h)
