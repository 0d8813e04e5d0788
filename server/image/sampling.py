"""Where output pixels lie among those of a level: one axis at a time, numbers only, no pixels.

A region that begins between two pixels of its level must be resampled from between them. Servers that move its corner
to a whole pixel are half an output pixel off, which costs 10 dB on text (decisions.md, 3).

libvips reduces by any factor, but lays the grid of its output in the middle of what it is given. So the grid is put
in its place by how much is given in front and behind; what no such choice reaches is made up by a shift of less than a
pixel before (`shift_taps`).
"""

from dataclasses import dataclass
from itertools import product
from math import ceil, floor, pi, sin

REACH = 3
"""Half the width of the Lanczos kernel, in pixels of the output."""

PAD = REACH + 1
"""The pixels that a shift needs on either side."""

TAPS = 64
"""The sum of the shift's whole-number taps.

libvips convolves with 7 bits of each tap, the largest rounded up to a power of two: of taps up to 64 it keeps 1/64, of
larger ones 1/32. Rounded by libvips their sum is not kept, and a bare sheet turns up to 14 grey levels darker.
"""

_MARGINS = range(REACH, REACH + 7)
_UNSEEN = 1 / 64
"""The displacement, in pixels, that is let stand: two or three grey levels on the edge of a letter."""


@dataclass(frozen=True, slots=True)
class Axis:
    """`start` and `length`: the pixels of the level to be given, where it has none their nearest.

    In this order: means of `block` pixels; moved by `shift` of a pixel; reduced by `reduce`; `kept` pixels from `skip`
    on; drawn out by `enlarge` from `offset` on. `reduce` is 1 or more, `enlarge` 1 or less.
    """

    start: int
    length: int
    kept: int
    block: int = 1
    shift: float = 0.0
    reduce: float = 1.0
    skip: int = 0
    enlarge: float = 1.0
    offset: float = 0.0


def lay(position: float, extent: float, output: int) -> Axis:
    """`output` pixels over `extent` pixels of a level, from `position` on."""
    factor = extent / output
    if factor < 1:
        return _enlarged(position, extent, factor)
    if factor == 1 and position == floor(position):
        return Axis(floor(position), output, output)
    # Beyond a factor of four the kernel would read a great many pixels; their means serve it as well.
    block = max(1, int(factor / 2))
    return _reduced(position / block, factor / block, output, block)


def most_given(extent: float, output: int) -> int:
    """Not less than the `length` of what `lay` says, at any position; quick to tell."""
    return ceil(extent + 2 * (_MARGINS[-1] + PAD) * max(1.0, extent / output)) + 2 * PAD


def _enlarged(position: float, extent: float, factor: float) -> Axis:
    start = floor(position) - REACH
    length = ceil(extent) + 2 * REACH + 1
    return Axis(start, length, length, enlarge=factor, offset=position - start)


def _reduced(position: float, factor: float, output: int, block: int) -> Axis:
    margins = [(0, 0)] if factor == 1 else product(_MARGINS, repeat=2)
    *_, begin, given, before = min(_candidate(position, factor, output, *pair) for pair in margins)
    reached = abs(begin - round(begin)) < _UNSEEN
    whole = round(begin) if reached else floor(begin)
    shift = 0.0 if reached else begin - whole
    pad = PAD if shift else 0
    return Axis(
        (whole - pad) * block,
        (given + 2 * pad) * block,
        output,
        block=block,
        shift=shift,
        reduce=factor,
        skip=before,
    )


def _candidate(
    position: float, factor: float, output: int, before: int, behind: int
) -> tuple[float, int, float, int, int]:
    """With so many more output pixels before and behind: how far off the grid is, and where the given pixels begin."""
    laid = output + before + behind
    given = round(laid * factor)
    begin = position - before * factor - (given - laid * factor) / 2
    off = abs(begin - round(begin))
    return 0.0 if off < _UNSEEN else off, before + behind, begin, given, before


def shift_taps(shift: float, *, sharpen: float) -> list[int]:
    """A kernel whose middle tap lies on the pixel before the shifted place: Lanczos, in whole numbers.

    `sharpen` makes up for what the means of a reduced level have blurred.
    """
    places = range(-PAD, PAD + 1)
    exact = [
        (1 + 2 * sharpen) * _lanczos(i - shift) - sharpen * (_lanczos(i - 1 - shift) + _lanczos(i + 1 - shift))
        for i in places
    ]
    taps = _whole_numbers(exact, TAPS)
    return taps if max(taps) <= TAPS else [2 * tap for tap in _whole_numbers(exact, TAPS // 2)]


def _whole_numbers(exact: list[float], total: int) -> list[int]:
    taps = [round(total * tap / sum(exact)) for tap in exact]
    taps[taps.index(max(taps))] += total - sum(taps)
    return taps


def _lanczos(x: float) -> float:
    if x == 0:
        return 1.0
    return REACH * sin(pi * x) * sin(pi * x / REACH) / (pi * x) ** 2 if abs(x) < REACH else 0.0
