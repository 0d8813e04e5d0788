"""PAGE XML of any year, with or without a namespace: Page, regions, TextLine, Word, TextEquiv, ReadingOrder.

Text is taken at the finest level that has any. Words have their own places; where only the line has text, each of its
words has the line's place, and where only the region has, the region's: too wide, but the word stands in it, while a
place that is guessed by counting letters is often the neighbour's. Of several TextEquiv the lowest index is the text.
Regions come in the ReadingOrder, those that it does not name behind; lines and words by their `index` or by the one
that Transkribus writes into `custom`, where all have one, else as they stand in the file.
https://github.com/PRImA-Research-Lab/PAGE-XML
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from manifests.model import Box
from manifests.text.lines import Line, attribute, text_of
from manifests.text.placing import Placing, placing_of
from manifests.text.reader import PageImage, PlacedWord, ReadText, TextPage, content
from manifests.text.xml import Element, children, local_name, parse, root_name

NAME = "page"

_GROUPS = frozenset({"OrderedGroup", "OrderedGroupIndexed", "UnorderedGroup", "UnorderedGroupIndexed"})
_REFERENCES = frozenset({"RegionRef", "RegionRefIndexed"})
_CUSTOM_INDEX = re.compile(r"readingOrder\s{0,9}\{[^}]{0,99}?index\s{0,9}:\s{0,9}(\d{1,9})")


def sniff(head: bytes, name: str) -> bool:
    return (root_name(head) or "").lower() == "pcgts"


def pages(file: Path) -> Sequence[TextPage]:
    return [TextPage(partial(_read, page), _names(page)) for page in parse(content(file)).iter("{*}Page")]


def _names(page: Element) -> Sequence[str]:
    name = page.get("imageFilename")
    return [name] if name else []


def _read(page: Element, image: PageImage) -> ReadText:
    width, height = (_number(page.get(side)) for side in ("imageWidth", "imageHeight"))
    measured = (width, height) if 0 < width < math.inf and 0 < height < math.inf else None
    placing = placing_of(image, measured, unit=1)
    language, direction = attribute("language", "primaryLanguage"), attribute("readingDirection")
    lines = (
        Line(words, region, _language_of_words(line) or language.of(line), direction.of(line))
        for region in _regions(page)
        for line, words in _lines(region, placing)
    )
    return text_of(lines, placing)


# Which region comes when


def _regions(page: Element) -> Iterator[Element]:
    """Every region once, one within another behind it unless the reading order says otherwise."""
    by_id = {name: region for region in _inside(page, {}) if (name := region.get("id"))}
    told = dict.fromkeys(by_id[name] for name in _reading_order(page) if name in by_id)
    for region in told:
        yield region
        yield from _inside(region, told)
    yield from _inside(page, told)


def _inside(element: Element, but: Collection[Element]) -> Iterator[Element]:
    for region in _members(element, "Region"):
        if region not in but:
            yield region
            yield from _inside(region, but)


def _reading_order(page: Element) -> Iterator[str]:
    for order in children(page):
        if local_name(order) == "ReadingOrder":
            yield from _references(order)


def _references(group: Element) -> Iterator[str]:
    """The ids of regions in the order of a group. A group may stand for a region itself."""
    for member in sorted(children(group), key=lambda member: _index(member.get("index"))):
        if local_name(member) in _GROUPS | _REFERENCES:
            yield member.get("regionRef") or ""
            yield from _references(member)


def _members(element: Element, kind: str) -> Sequence[Element]:
    """In the order of the number that each says of itself, where all do."""
    found = [child for child in children(element) if local_name(child).endswith(kind)]
    orders = list(map(_own_index, found))
    return found if math.inf in orders else sorted(found, key=_own_index)


def _own_index(element: Element) -> float:
    custom = _CUSTOM_INDEX.search(element.get("custom") or "")
    return _index(element.get("index") or (custom.group(1) if custom is not None else None))


# What stands in a region


def _lines(region: Element, placing: Placing) -> Iterator[tuple[Element, Sequence[PlacedWord]]]:
    """The words of each line, and the element that tells of them."""
    lines = _members(region, "TextLine")
    read = [_line(line, placing) for line in lines]
    if any(read):
        yield from zip(lines, read, strict=True)
        return
    texts = _text(region).splitlines()
    places = lines if len(lines) == len(texts) else [region] * len(texts)
    for text, place in zip(texts, places, strict=True):
        box = _box(place, placing)
        yield place, [(word, box) for word in text.split()]


def _language_of_words(line: Element) -> str | None:
    """Where all words of a line say the same."""
    told = {word.get("language") for word in _members(line, "Word")}
    return told.pop() if len(told) == 1 else None


def _line(line: Element, placing: Placing) -> Sequence[PlacedWord]:
    found = [(text, word) for word in _members(line, "Word") if (text := _text_of_word(word))]
    around = None if found and all(_points(word) for _, word in found) else _box(line, placing)
    if not found:
        return [(text, around) for text in _text(line).split()]
    return [(text, _box(word, placing) if _points(word) else around) for text, word in found]


def _text_of_word(word: Element) -> str:
    return _text(word).strip() or "".join(_text(glyph).strip() for glyph in _members(word, "Glyph"))


def _text(element: Element) -> str:
    """Of the TextEquiv with the lowest index, of two alike the one that the OCR was surer of."""
    found = [child for child in children(element) if local_name(child) == "TextEquiv"]
    if not found:
        return ""
    best = min(found, key=lambda equiv: (_index(equiv.get("index") or "0"), -_confidence(equiv)))
    texts = {local_name(child): child.text or "" for child in children(best)}
    return texts.get("Unicode") or texts.get("PlainText", "")


# Where it stands


def _box(element: Element, placing: Placing) -> Box | None:
    points = _points(element)
    if not points:
        return None
    across, down = zip(*points, strict=True)
    return placing.box(min(across), min(down), max(across) - min(across), max(down) - min(down))


def _points(element: Element) -> Sequence[tuple[float, float]]:
    """Of Coords: its `points`, before 2013 its children. What is no number is no point."""
    coords = next((child for child in children(element) if local_name(child) == "Coords"), None)
    if coords is None:
        return ()
    pairs = [tuple(map(_number, pair.partition(",")[::2])) for pair in (coords.get("points") or "").split()]
    pairs += [(_number(child.get("x")), _number(child.get("y"))) for child in children(coords)]
    return [(x, y) for x, y in pairs if math.isfinite(x) and math.isfinite(y)]


def _confidence(equiv: Element) -> float:
    told = _number(equiv.get("conf"))
    return told if math.isfinite(told) else 0.0


def _index(told: str | None) -> float:
    """Behind all others where there is none."""
    order = _number(told)
    return order if math.isfinite(order) else math.inf


def _number(told: str | None) -> float:
    """NaN for what is none."""
    try:
        return float(told or "nan")
    except ValueError:
        return math.nan
