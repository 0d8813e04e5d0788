"""hOCR 1.2, as XHTML or as HTML however broken: ocr_page, lines of every kind, ocrx_word.

The order of the document is the reading order. Text is what stands on the page, in words or not: words that have no
element or no bbox of their own have the place of their line. A page is named by its `image` and its `x_source`.
http://kba.github.io/hocr-spec/1.2/
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count, groupby
from pathlib import Path
from typing import NamedTuple, TypeAlias

from manifests.model import Box
from manifests.text.hyphens import ONE
from manifests.text.lines import Inherited, Line, attribute, text_of
from manifests.text.placing import Placing, placing_of
from manifests.text.reader import PageImage, PlacedWord, ReadText, TextPage, content
from manifests.text.xml import Element, children, local_name, parse_html, root_name

NAME = "hocr"

_CLASSES = re.compile(
    rb"""class\s{0,9}=\s{0,9}["']?[^"'>]{0,200}\bocrx?_(?:page|carea|block|par|line|word)""", re.IGNORECASE
)
_MARK_UP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
_ROOTS = frozenset({"html", "body", "div"})

_PAGES = frozenset({"ocr_page"})
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"})
"""Section 3.2, and those that Tesseract writes in place of ocr_line."""
_WORDS = frozenset({"ocrx_word", "ocr_word"})
_PARAGRAPHS = frozenset({"ocr_par", "ocrx_block", "ocr_carea", "ocr_column"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "br"})
"""Elements of HTML that end a line of text where no class does."""
_GLYPHS = frozenset({"ocrx_cinfo", "ocr_cinfo", "ocr_glyph", "ocr_symbol"})
_UNPRINTED = frozenset({"del", "script", "style", "head"})
"""Section 8.3: the first of several readings is an `ins`, all others are `del`."""

_PROPERTY = re.compile(r"""([A-Za-z_]\w*)\s*((?:"[^"]*"|'[^']*'|[^;"'])*)""")


class _Where(NamedTuple):
    """What a piece of text stands in: the how manieth line, its element or, where there is none, the block's, and the
    element of the word.
    """

    number: int
    line: Element
    word: Element | None = None
    is_line: bool = False


_Piece: TypeAlias = tuple[str, _Where]


def sniff(head: bytes, name: str) -> bool:
    start = head.replace(b"\0", b"")  # of UTF-16 too only the Latin letters matter
    if _CLASSES.search(start) is None:
        return False
    root = root_name(head)
    return root.lower() in _ROOTS if root is not None else _MARK_UP.match(start) is not None


def pages(file: Path) -> Sequence[TextPage]:
    """Where nothing is an ocr_page the whole document is one."""
    root = parse_html(content(file))
    found = [element for element in root.iter("{*}*") if _is(element, _PAGES)]
    return [TextPage(partial(_read, page), _names(page)) for page in found or [root]]


def _names(page: Element) -> Sequence[str]:
    said = _properties(page)
    names = (said.get(name, "").strip("\"' \t\r\n") for name in ("image", "x_source"))
    return [name for name in names if name]


def _read(page: Element, image: PageImage) -> ReadText:
    left, top, right, bottom = _bbox(page) or (0.0, 0.0, 0.0, 0.0)
    measured = (right - left, bottom - top) if 0 < right - left < math.inf and 0 < bottom - top < math.inf else None
    corner = (left, top) if measured is not None else (0.0, 0.0)
    placing = placing_of(image, measured, unit=1)
    place = partial(_box, placing, corner)
    language, direction, block = Inherited(_language), attribute("dir"), Inherited(_block)
    lines = (
        Line(_line(pieces, place), block.of(line), language.of(line), direction.of(line))
        for line, pieces in _lines(page)
    )
    return text_of(lines, placing)


def _lines(page: Element) -> Iterator[tuple[Element, Sequence[_Piece]]]:
    for _, pieces in groupby(_pieces(page), key=lambda piece: piece[1].number):
        line = list(pieces)
        yield line[0][1].line, line


def _language(element: Element) -> str | None:
    """Not of the document: programs write `en` there whatever they have read."""
    if local_name(element).lower() == "html":
        return None
    return element.get("lang") or element.get(_XML_LANG)


def _block(element: Element) -> Element | None:
    """A paragraph, or a column where there is none."""
    return element if _is(element, _PARAGRAPHS) or local_name(element).lower() == "p" else None


def _pieces(page: Element) -> Iterator[_Piece]:
    """The text of a page in its order, piece by piece. Without recursion: a document may be as deep as it likes."""
    numbers = count(1)
    waiting: list[tuple[Element | str, _Where]] = [(page, _Where(0, page))]
    while waiting:
        found, where = waiting.pop()
        if isinstance(found, str):
            if where.word is None or found.strip():  # between the glyphs of a word stands what indents them
                yield found, where
            continue
        where = _entered(found, where, numbers)
        inside: list[tuple[Element | str, _Where]] = [(found.text or "", where)]
        printed = set(_printed(found, where))
        for child in children(found):
            if child in printed:
                inside.append((child, where))
            if _starts_line(child) and not where.is_line:
                where = where._replace(number=next(numbers))
            inside.append((child.tail or "", where))
        waiting += reversed(inside)


def _entered(element: Element, where: _Where, numbers: Iterator[int]) -> _Where:
    if _is(element, _WORDS):
        return where._replace(word=element)
    if _is(element, _LINES):
        return _Where(next(numbers), element, is_line=True)
    if _starts_line(element) and not where.is_line:
        return where._replace(number=next(numbers), line=element)
    return where


def _starts_line(element: Element) -> bool:
    return local_name(element).lower() in _BLOCKS or _is(element, _LINES)


def _printed(element: Element, where: _Where) -> Sequence[Element]:
    """The children whose text stands on this page: one of several readings, and a word once, whole or by its glyphs."""
    found = [child for child in children(element) if local_name(child).lower() not in _UNPRINTED]
    if "alternatives" in _classes(element):
        return found[:1]
    if where.word is element and any((text or "").strip() for text in (element.text, *(c.tail for c in element))):
        return [child for child in found if not _is(child, _GLYPHS)]
    return [child for child in found if not _is(child, _PAGES)]


def _line(pieces: Iterable[_Piece], place: Callable[[Element], Box | None]) -> list[PlacedWord]:
    words: list[PlacedWord] = []
    for (word, line), parts in groupby(pieces, key=lambda piece: (piece[1].word, piece[1].line)):
        text = "".join(text for text, _ in parts)
        if word is None and words and text[:1].strip():  # a hyphen or comma that the element of the word leaves out
            touching, text = re.split(r"(?=\s)|$", text, maxsplit=1)
            words[-1] = (words[-1][0] + touching, words[-1][1])
        box = place(word if word is not None and _bbox(word) is not None else line) if text.strip() else None
        words += [(part, box) for part in ([text.strip()] if word is not None else text.split()) if part]
    if words and words[-1][0].endswith(ONE):
        text, box = words[-1]
        words[-1] = (text.rstrip(ONE).removesuffix("-") + "-" + ONE, box)  # printed as a hyphen: section 7.1
    return words


def _box(placing: Placing, corner: tuple[float, float], element: Element) -> Box | None:
    bbox = _bbox(element)
    if bbox is None:
        return None
    left, top, right, bottom = bbox
    return placing.box(left - corner[0], top - corner[1], right - left, bottom - top)


def _bbox(element: Element) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom in pixels of the OCR's image."""
    try:
        left, top, right, bottom = map(float, _properties(element).get("bbox", "").replace(",", ".").split())
    except ValueError:
        return None
    return left, top, right, bottom


def _properties(element: Element) -> dict[str, str]:
    """Section 3.1: `bbox 0 0 10 10; image "a;b.tif"`. The first of a name counts."""
    found = _PROPERTY.findall(element.get("title") or "")
    return {name: value.strip() for name, value in reversed(found)}


def _is(element: Element, classes: frozenset[str]) -> bool:
    return not classes.isdisjoint(_classes(element))


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()
