"""The words of a page as text that is not seen (ISO 32000-1, 9.3.6, mode 3), each where it is printed.

The letters of a line have one size and stand on one baseline, by which readers of PDF know that they are a line, and
nearly equal lines have one size, by which they know a paragraph; each word is made as wide as its box. A column of Han
is set downwards, turned by a quarter: so readers take it for one line, and the column to its left for the next. Behind
each word stands a blank where one is printed, and at the end of a line, unless a word goes on there: its hyphen then is
a soft one (14.8.2.2.3).

A word without a place stands in that of the word before it. On a page without any places the lines are spread over the
page: who searches is led to the right page, and nearly to the line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from unicodedata import normalize

from manifests.model import Box
from manifests.text.hyphens import HYPHENS, ONE
from manifests.text.normalise import is_han
from manifests.transcript.printed import PrintedLine, around
from server.pdf.glyphless import DESCENT, WIDTH, Codes
from server.pdf.objects import number

FONT = "F"

_SAME_BASELINE = 1.5
"""How much higher than its highest word a line may be; beyond, it climbs, and each word has a baseline of its own."""
_NEARLY = 1.35
"""How much higher or lower than the usual line of its page a line is that is set in the usual size: one without
descenders, or with capitals that bear two marks. Other sizes would be other paragraphs to a reader of PDF."""
_TALL = 1.5
_LETTERS_OF_A_TALL_WORD = 4
"""A lone word that is so many times higher than wide runs downwards, if it is Han or has so many letters: `11` may be
as narrow."""
_MARGIN = 0.05
_LARGEST_LINE = 0.04
"""Shares of the page, for lines whose place nobody knows."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one place. `text` is composed (NFC); `tail` stands behind it, beyond its box."""

    text: str
    box: Box
    tail: str


def text_layer(lines: Sequence[PrintedLine], width: int, height: int, codes: Codes) -> bytes:
    """Operators for a coordinate system of canvas pixels, upwards from the lower left corner; empty without words."""
    if not lines:
        return b""
    placed = list(_placed(lines, width, height))
    usual = median(_band(runs).h for runs in placed)
    operators = [operator for runs in placed for operator in _set(runs, usual, height, codes)]
    return "\n".join(["BT", "3 Tr", *operators, "ET\n"]).encode("ascii")


# Where the words stand


def _placed(lines: Sequence[PrintedLine], width: int, height: int) -> Iterator[list[Run]]:
    boxes = [line.box for line in lines]
    known = next((box for box in boxes if box is not None), None)
    spread = _spread(len(lines), width, height) if known is None else []
    for number_of_line, line in enumerate(lines):
        known = spread[number_of_line] if spread else boxes[number_of_line] or known
        if known is not None:
            yield _runs(line, known)


def _runs(line: PrintedLine, around_all: Box) -> list[Run]:
    """Words of one place are set together, as where the OCR gave a place to the line alone."""
    runs: list[Run] = []
    for word in line.words:
        tail, text = " " if word.has_blank else "", normalize("NFC", word.text)
        box = word.box or (runs[-1].box if runs else around_all)
        if runs and box == runs[-1].box:
            runs[-1] = Run(runs[-1].text + runs[-1].tail + text, box, tail)
        else:
            runs.append(Run(text, box, tail))
    last = runs[-1]
    if line.breaks is None:
        return [*runs[:-1], Run(last.text, last.box, " ")]
    bare = last.text.rstrip(HYPHENS + ONE)
    return [*runs[:-1], Run(bare + ONE, last.box, "")]


def _spread(count: int, width: int, height: int) -> list[Box]:
    step = height * (1 - 2 * _MARGIN) / count
    size = max(1, round(min(step * 0.8, height * _LARGEST_LINE)))
    left, top = round(width * _MARGIN), height * _MARGIN
    return [Box(left, round(top + place * step), max(1, width - 2 * left), size) for place in range(count)]


# How they are set


def _set(runs: Sequence[Run], usual: float, height: int, codes: Codes) -> Iterator[str]:
    first, last = _middle(runs[0].box), _middle(runs[-1].box)
    across, down = last[0] - first[0], last[1] - first[1]
    if abs(down) > abs(across) or (len(runs) == 1 and _is_column(runs[0])):
        return _column(runs, height, codes, upwards=down < 0)
    return _row(runs, usual, height, codes)


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.w / 2, box.y + box.h / 2


def _is_column(run: Run) -> bool:
    letters = len(run.text)
    is_long = letters >= _LETTERS_OF_A_TALL_WORD or (letters > 1 and all(map(is_han, run.text)))
    return is_long and run.box.h > _TALL * run.box.w


def _row(runs: Sequence[Run], usual: float, height: int, codes: Codes) -> Iterator[str]:
    band = _band(runs)
    is_level = band.h <= _SAME_BASELINE * max(run.box.h for run in runs)
    is_usual = usual / _NEARLY <= band.h <= usual * _NEARLY
    for run in runs:
        of = band if is_level else run.box
        size = usual if is_level and is_usual else float(of.h)
        foot = of.y + (of.h + size) / 2
        font = _Font(size, run.box.w / max(1, len(run.text)))
        yield font.shown((1, 0, 0, 1), run.box.x, height - foot + DESCENT * size, [(run, 0.0)], codes)


def _band(runs: Sequence[Run]) -> Box:
    return around(run.box for run in runs) or runs[0].box


def _column(runs: Sequence[Run], height: int, codes: Codes, *, upwards: bool) -> Iterator[str]:
    """What is set solid is one piece: Chromium takes a break between two pieces of a column for the end of a line."""
    for group in _solid(runs):
        size = max(run.box.w for run in group)
        font = _Font(size, sum(run.box.h for run in group) / max(1, sum(len(run.text) for run in group)))
        x, y, w, h = group[0].box
        if upwards:
            placed = [(run, float(y + h - run.box.y - run.box.h)) for run in group]
            yield font.shown((0, 1, -1, 0), x + w - DESCENT * size, height - y - h, placed, codes)
        else:
            placed = [(run, float(run.box.y - y)) for run in group]
            yield font.shown((0, -1, 1, 0), x + DESCENT * size, height - y, placed, codes)


def _solid(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs between which no blank stands, together."""
    group: list[Run] = []
    for run in runs:
        group.append(run)
        if run.tail:
            yield group
            group = []
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Font:
    """`size` and the `pitch` of a letter in pixels."""

    size: float
    pitch: float

    def shown(
        self, turn: tuple[int, int, int, int], x: float, y: float, placed: Sequence[tuple[Run, float]], codes: Codes
    ) -> str:
        """The operators for runs from a point on, each so many pixels behind it (9.4.3 for the steps between them)."""
        scale = self.pitch / (WIDTH * self.size)
        pieces: list[str] = []
        pen = 0.0
        for run, place in placed:
            step = -1000 * (place - pen) / (self.size * scale)
            pieces.append((number(step) if pieces else "") + f"<{codes.encode(run.text + run.tail)}>")
            pen = place + self.pitch * len(run.text)
        matrix = " ".join(map(number, (*turn, x, y)))
        return f"/{FONT} {number(self.size)} Tf {number(100 * scale)} Tz {matrix} Tm [{''.join(pieces)}] TJ"
