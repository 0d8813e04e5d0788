"""Letters without ink: the room that they take, where OCR has laid words over a picture with a font that draws nothing.

Such letters have no shape to go by, only a place and the size of the font. Tesseract gives the font no depth:
it stands on the baseline, and the tails of letters hang out of it. And it stretches a word together with the blank
behind it over the width that is printed.
"""

import ctypes
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top in the page's own coordinates, which count upwards."""

DEPTH = 0.22
"""Of the size of a font hangs below the baseline, in letters for books."""

_NEXT_TO_NOTHING = 0.02


@dataclass(frozen=True, slots=True)
class LetterRooms:
    """Of one page. `text` is its text page in PDFium; `blanks_are_printed`: each word is stretched with its blank."""

    text: Any
    blanks_are_printed: bool

    @classmethod
    def of(cls, text: Any, blanks: Iterable[int]) -> "LetterRooms":
        """`blanks` are the places of the blanks that stand in the file. Where words are as wide as they are printed,
        the next one begins where the blank ends or before; where the blank is a part of that width, behind it.
        """
        seen = [_gap_behind(text, place) for place in blanks if _is_inkless(text, place)]
        gaps = [gap for gap in seen if gap is not None]
        return cls(text, sum(gap > _NEXT_TO_NOTHING for gap in gaps) * 2 > len(gaps))

    def room(self, place: int) -> Rectangle:
        """The ink of a letter; of one without ink its room on the line."""
        if not _is_inkless(self.text, place):
            return self._box(place, loose=False)
        left, bottom, right, top = self._box(place, loose=True)
        angle = raw.FPDFText_GetCharAngle(self.text, place)  # clockwise
        down = -math.sin(angle), -math.cos(angle)
        x, y = _origin(self.text, place)
        corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
        depths = [(at_x - x) * down[0] + (at_y - y) * down[1] for at_x, at_y in corners]
        size = max(depths) - min(depths)
        if max(depths) > _NEXT_TO_NOTHING * size:
            return left, bottom, right, top
        across, up = down[0] * DEPTH * size, down[1] * DEPTH * size
        return left + across, bottom + up, right + across, top + up

    def with_blank(self, place: int, blank: int) -> Rectangle:
        """The room of the last letter of a word, and that of the blank behind it where that is a part of the word."""
        left, bottom, right, top = self.room(place)
        if not (self.blanks_are_printed and _is_inkless(self.text, place) and _is_inkless(self.text, blank)):
            return left, bottom, right, top
        x, y = _origin(self.text, place)
        far_x, far_y = _origin(self.text, blank)
        across, up = far_x - x, far_y - y
        if math.hypot(across, up) > max(right - left, top - bottom):
            return left, bottom, right, top
        return min(left, left + across), min(bottom, bottom + up), max(right, right + across), max(top, top + up)

    def _box(self, place: int, *, loose: bool) -> Rectangle:
        left, bottom, right, top = self.text.get_charbox(place, loose=loose)
        return left, bottom, right, top


def _is_inkless(text: Any, place: int) -> bool:
    """PDFium says of a letter without a shape that it fills its room."""
    tight, room = text.get_charbox(place), text.get_charbox(place, loose=True)
    if tight[0] >= tight[2] or tight[1] >= tight[3]:
        return True
    size = max(room[2] - room[0], room[3] - room[1])
    return all(abs(one - other) < size / 1000 for one, other in zip(tight, room, strict=True))


def _gap_behind(text: Any, blank: int) -> float | None:
    """From the end of a blank to the next letter on its line, as a share of the blank; below 0 where the letter begins
    before that end, None where it is unknown. All letters of such a word are equally wide, and so is its blank.
    """
    if blank == 0 or blank + 1 >= text.count_chars() or raw.FPDFText_IsGenerated(text, blank + 1) == 1:
        return None
    before, here, behind = (_origin(text, place) for place in (blank - 1, blank, blank + 1))
    across, up = here[0] - before[0], here[1] - before[1]
    wide = across * across + up * up
    return ((behind[0] - here[0]) * across + (behind[1] - here[1]) * up) / wide - 1 if wide > 0 else None


def _origin(text: Any, place: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    return x.value, y.value
