"""The opening of Truyện Kiều (Nguyễn Du, about 1820) as a small printed book: which line stands where.

The verse is lục bát, six syllables and eight by turns; the sixes are set in, as the printers of quốc ngữ did.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

from manifests.model import Box
from server.demo.paper import is_right_page, save_tiff, scan
from server.demo.transcript import Leaf, write_alto
from server.demo.typeset import CENTRE, ITALIC, LEFT, REGULAR, RIGHT, SEMIBOLD, Ink, Sheet, Style, turned

TITLE = "Truyện Kiều"
PPI = 600
WIDTH, HEIGHT = 2835, 4488
"""12 by 19 centimetres."""
VERSES = 28
FLOWER = "❦"


@dataclass(frozen=True, slots=True)
class Verse:
    """`opens` marks the first verse of a section."""

    number: int
    text: str
    opens: bool

    @property
    def is_six(self) -> bool:
        return self.number % 2 == 1


def poem() -> list[Verse]:
    text = (files("server.demo") / "texts" / "kieu.txt").read_text(encoding="utf-8")
    sections = [section.split("\n") for section in text.strip().split("\n\n")]
    before = [0, *accumulate(len(section) for section in sections)]
    return [
        Verse(start + i + 1, verse, opens=i == 0 and start > 0)
        for start, section in zip(before, sections, strict=False)
        for i, verse in enumerate(section)
    ]


def pages(verses: Sequence[Verse], width: int = WIDTH, height: int = HEIGHT) -> Iterator[Sheet]:
    """The title page, then the verses, 28 to a page."""
    yield title_page(len(verses), width, height)
    for number, first in enumerate(range(0, len(verses), VERSES), start=2):
        yield _verse_page(verses[first : first + VERSES], number, width, height)


def title_page(verses: int, width: int, height: int) -> Sheet:
    sheet = Sheet(width, height)
    unit = height / 100
    middle = width / 2
    _frame(sheet, unit)
    for text, style, place in (
        ("NGUYỄN DU", Style(REGULAR, round(2.6 * unit), round(0.5 * unit)), 16),
        ("TRUYỆN", Style(REGULAR, round(5.2 * unit), round(0.7 * unit), ink=Ink.RED), 31),
        ("KIỀU", Style(SEMIBOLD, round(10.5 * unit), round(1.2 * unit), ink=Ink.RED), 42.5),
        ("Đoạn trường tân thanh", Style(ITALIC, round(3.1 * unit)), 50.5),
        ("Thơ lục bát", Style(REGULAR, round(2.2 * unit)), 64),
        (f"{verses} câu mở đầu", Style(REGULAR, round(2.2 * unit)), 67.3),
        ("MỘC BẢN", Style(SEMIBOLD, round(2.1 * unit), round(0.35 * unit)), 86),
        ("Bản in mẫu của thư viện", Style(ITALIC, round(1.9 * unit)), 89),
    ):
        sheet.line(text, style, middle, place * unit, CENTRE)
    sheet.ornament(FLOWER, Style(REGULAR, round(5 * unit), ink=Ink.RED), middle, 76.5 * unit)
    return sheet


def _frame(sheet: Sheet, unit: float) -> None:
    """A thick rule and a thin one around the page."""
    for inset, weight in ((5.2, 0.28), (5.9, 0.08)):
        at, thick = round(inset * unit), max(round(weight * unit), 1)
        wide, high = sheet.width - 2 * at, sheet.height - 2 * at
        sheet.rule(Box(at, at, wide, thick))
        sheet.rule(Box(at, at + high - thick, wide, thick))
        sheet.rule(Box(at, at, thick, high))
        sheet.rule(Box(at + wide - thick, at, thick, high))


def _verse_page(verses: Sequence[Verse], number: int, width: int, height: int) -> Sheet:
    sheet = Sheet(width, height)
    leading = height * 0.0283
    body = Style(REGULAR, round(leading * 0.78))
    left, right = width * 0.165, width * 0.855
    _head(sheet, number, left, right, height * 0.068)
    baseline, numbers = height * 0.118, []
    for verse in verses:
        if verse.opens and verse is not verses[0]:
            sheet.ornament(FLOWER, body, (left + right) / 2, baseline + leading * 0.12)
            baseline += leading * 1.12
        sheet.line(verse.text, body, left + body.size * (1.6 if verse.is_six else 0.35), baseline)
        if verse.number % 5 == 0:
            numbers.append((str(verse.number), baseline))
        baseline += leading
    # Last in reading order, so that no number stands within a phrase that runs over two verses.
    for text, beside in numbers:
        sheet.line(text, Style(ITALIC, round(body.size * 0.68)), right, beside, RIGHT)
    return sheet


def _head(sheet: Sheet, number: int, left: float, right: float, baseline: float) -> None:
    size = round(sheet.height * 0.0175)
    sheet.line(TITLE.upper(), Style(REGULAR, size, size // 6), (left + right) / 2, baseline, CENTRE)
    outer, align = (left, LEFT) if number % 2 == 0 else (right, RIGHT)
    sheet.line(str(number), Style(REGULAR, round(size * 1.15)), outer, baseline, align)
    sheet.rule(Box(round(left), round(baseline + size * 0.75), round(right - left), max(size // 26, 1)))


def draw(folder: Path, verses: Sequence[Verse] | None = None, width: int = WIDTH, height: int = HEIGHT) -> list[Leaf]:
    """The masters `0001.tif` and on; the leaves as they came to lie on the scanner's bed."""
    sheets = list(pages(poem() if verses is None else verses, width, height))
    leaves = []
    for number, sheet in enumerate(sheets, start=1):
        over = number if is_right_page(number) else number - 2
        lean = random.Random(number).uniform(-0.38, 0.38)
        name = f"{number:04}.tif"
        image = scan(sheet, sheets[over] if over < len(sheets) else None, lean, number)
        save_tiff(image, folder / name, PPI)
        leaves.append(Leaf(name, width, height, turned(sheet.words, lean, width, height)))
    write_alto(leaves, folder)
    return leaves
