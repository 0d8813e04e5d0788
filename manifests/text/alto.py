"""ALTO 2, 3 and 4, with or without a namespace, valid or not: Page, TextLine, String, HYP.

Each String is a word of its own: many files have no SP between them. A word without a place has that of its line.
A page is named by its ID, by its PHYSICAL_IMG_NR unless that only counts the pages of the file, and by the fileName of
the source image where there is one page.
https://www.loc.gov/standards/alto/
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from manifests.model import Box
from manifests.text.alto_order import lines_in_order
from manifests.text.hyphens import ONE, TWO
from manifests.text.lines import Line, attribute, text_of
from manifests.text.placing import Placing, placing_of
from manifests.text.reader import PageImage, PlacedWord, ReadText, TextPage, content
from manifests.text.xml import Element, local_name, parse, root_name

NAME = "alto"

_PIXELS = frozenset({"", "pixel", "pixels", "px"})
_UNITS_AN_INCH: Mapping[str, float] = {"mm10": 254, "inch1200": 1200}
"""MeasurementUnit, beside pixels: tenths of a millimetre, and 1/1200 inch."""


def sniff(head: bytes, name: str) -> bool:
    return (root_name(head) or "").lower() == "alto"


def pages(file: Path) -> Sequence[TextPage]:
    root = parse(content(file))
    found = list(root.iter("{*}Page"))
    return [TextPage(partial(_read, root, page), names) for page, names in zip(found, _names(root, found), strict=True)]


def _names(root: Element, pages: Sequence[Element]) -> Iterator[Sequence[str]]:
    numbers = [(page.get("PHYSICAL_IMG_NR") or "").removesuffix(".0") for page in pages]
    counts_only = numbers == [str(number) for number in range(1, len(pages) + 1)]
    files = [found.text or "" for found in root.iter("{*}fileName")] if len(pages) == 1 else []
    for page, number in zip(pages, numbers, strict=True):
        yield [name for name in (*files, page.get("ID"), "" if counts_only else number) if name]


def _read(root: Element, page: Element, image: PageImage) -> ReadText:
    placing = placing_of(image, _sides(page), _unit(root, image))
    language, direction = attribute("LANG", "language", "lang"), attribute("BASEDIRECTION")

    def read(line: Element) -> Line:
        told = _language_of_words(line) or language.of(line)
        return Line(list(_line(line, placing)), _block(line), told, direction.of(line))

    return text_of(map(read, lines_in_order(root, page)), placing)


def _block(line: Element) -> Element | None:
    return next(line.iterancestors("{*}TextBlock"), None)


def _language_of_words(line: Element) -> str | None:
    """Where all words of a line say the same."""
    told = {part.get("LANG") for part in line if local_name(part) == "String"}
    return told.pop() if len(told) == 1 else None


def _sides(page: Element) -> tuple[float, float] | None:
    width, height = _number(page, "WIDTH"), _number(page, "HEIGHT")
    return (width, height) if 0 < width < math.inf and 0 < height < math.inf else None


def _unit(root: Element, image: PageImage) -> float | None:
    """In pixels of the image; None where nothing tells."""
    named = next((found.text or "" for found in root.iter("{*}MeasurementUnit")), "").strip().casefold()
    if named in _PIXELS:
        return 1.0
    units = _UNITS_AN_INCH.get(named)
    return image.ppi / units if units is not None and image.ppi is not None else None


def _line(line: Element, placing: Placing) -> Iterator[PlacedWord]:
    """Text and box of each word. A hyphen at the end of the line is printed, so it belongs to the last word."""
    parts = [part for part in line if local_name(part) in ("String", "HYP")]
    strings = [part for part in parts if local_name(part) == "String"]
    around = None if all(map(_has_place, strings)) else _box(line, placing)
    for number, part in enumerate(parts):
        text = (part.get("CONTENT") or "").strip()
        if local_name(part) == "HYP" or not text:
            continue
        hyphen = parts[number + 1] if number + 1 < len(parts) else None
        if hyphen is not None and local_name(hyphen) == "HYP":
            text = text.removesuffix(hyphen.get("CONTENT") or "-") + (hyphen.get("CONTENT") or "-")
        yield text + _how_it_goes_on(part), _box(part, placing) if _has_place(part) else around


def _how_it_goes_on(part: Element) -> str:
    """SUBS_CONTENT of the first part of a broken word is the whole of it."""
    whole = (part.get("SUBS_CONTENT") or "").strip()
    if (part.get("SUBS_TYPE") or "").lower() != "hyppart1" or not whole:
        return ""
    return TWO if any(sign in whole for sign in "-\u2010 ") else ONE


def _has_place(part: Element) -> bool:
    return any(part.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))


def _box(part: Element, placing: Placing) -> Box | None:
    x, y, w, h = (_number(part, name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return placing.box(x, y, w, h)


def _number(element: Element, name: str) -> float:
    """NaN for what is none. Some programs write a decimal comma."""
    try:
        return float((element.get(name) or "nan").replace(",", "."))
    except ValueError:
        return math.nan
