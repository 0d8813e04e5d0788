"""The lines of the wall map as one vector drawing (SVG 1.1): rivers, signs, graticule, frame, compass rose, cartouche.

Vectors, so that libvips draws them strip by strip, sharp, in as little memory as the strips need. No letters: type is
set on the sheet, where each word's box is known.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from manifests.model import Box
from server.demo.gazetteer import PEAK, Place
from server.demo.terrain import River

WATER, INK, RED, PAPER = "#3d6f96", "#33291f", "#9e2b20", "#f1e6cb"
MARGIN = 250
"""Width of the paper around the map, in 9000ths of the map's width, like every length here."""
KILOMETRES_10 = 1000


def drawing(
    width: int, height: int, rivers: Sequence[River], step: float, places: Sequence[Place], cartouche: Box, rose: Box
) -> bytes:
    unit = width / 9000
    high = height / unit
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 9000 {high:.1f}">',
        *_graticule(high),
        *(_river(river, step / unit) for river in rivers),
        *(_sign(place, unit) for place in places),
        *_rose(rose.x + rose.w / 2, rose.y + rose.h / 2, rose.w / 2),
        *_cartouche(cartouche),
        *_frame(high),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _river(river: River, step: float) -> str:
    """A course as overlapping strokes that widen towards the mouth."""
    points = [(x * step, y * step) for x, y in river.course]
    strokes = []
    for start in range(0, len(points) - 1, 5):
        run = points[start : start + 7]
        wide = min(2.5 + math.sqrt(river.flow[start]) * 0.17, 26)
        path = " ".join(
            f"Q{x:.1f},{y:.1f} {(x + next_x) / 2:.1f},{(y + next_y) / 2:.1f}"
            for (x, y), (next_x, next_y) in pairwise(run)
        )
        end = f"L{run[-1][0]:.1f},{run[-1][1]:.1f}" if start + 7 >= len(points) else ""
        strokes.append(f'<path d="M{run[0][0]:.1f},{run[0][1]:.1f} {path} {end}" stroke-width="{wide:.1f}"/>')
    return f'<g fill="none" stroke="{WATER}" stroke-linecap="round" stroke-linejoin="round">{"".join(strokes)}</g>'


def _sign(place: Place, unit: float) -> str:
    x, y, size = place.x / unit, place.y / unit, place.kind.mark
    if size == 0:
        return ""
    if place.kind is PEAK:
        corners = f"{x - size},{y + size * 0.8} {x + size},{y + size * 0.8} {x},{y - size}"
        return f'<polygon points="{corners}" fill="{INK}"/>'
    rings = [(size, PAPER)] + ([(size * 0.45, RED)] if size >= 20 else [])
    return "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" stroke="{INK}" stroke-width="{size // 6 + 1}"/>'
        for r, fill in rings
    )


def _graticule(high: float) -> Iterator[str]:
    lines = [f"M{x},0V{high}" for x in range(KILOMETRES_10, 9000, KILOMETRES_10)]
    lines += [f"M0,{y}H9000" for y in range(KILOMETRES_10, int(high), KILOMETRES_10)]
    yield f'<path d="{"".join(lines)}" fill="none" stroke="{INK}" stroke-opacity="0.28" stroke-width="2.5"/>'


def _frame(high: float) -> Iterator[str]:
    """Paper outside the neat line, a scale of kilometres in black and white, and a thick rule around all."""
    inner = f"M{MARGIN},{MARGIN}V{high - MARGIN}H{9000 - MARGIN}V{MARGIN}Z"
    yield f'<path d="M0,0H9000V{high}H0Z{inner}" fill="{PAPER}" fill-rule="evenodd"/>'
    yield _rectangle(Box(MARGIN, MARGIN, 9000 - 2 * MARGIN, round(high - 2 * MARGIN)), 5)
    yield _rectangle(Box(MARGIN - 34, MARGIN - 34, 9068 - 2 * MARGIN, round(high + 68 - 2 * MARGIN)), 5)
    for along in range(0, 9000, KILOMETRES_10):
        start, end = max(along, MARGIN), min(along + KILOMETRES_10 // 2, 9000 - MARGIN)
        for y in (MARGIN - 26, high - MARGIN + 8):
            yield f'<rect x="{start}" y="{y}" width="{max(end - start, 0)}" height="18" fill="{INK}"/>'
        end = min(along + KILOMETRES_10 // 2, round(high) - MARGIN)
        for x in (MARGIN - 26, 9000 - MARGIN + 8):
            yield f'<rect x="{x}" y="{start}" width="18" height="{max(end - start, 0)}" fill="{INK}"/>'
    for inset, weight in ((110, 26), (84, 6)):
        yield _rectangle(Box(inset, inset, 9000 - 2 * inset, round(high - 2 * inset)), weight)


def _rectangle(box: Box, weight: float, fill: str = "none") -> str:
    place = f'x="{box.x}" y="{box.y}" width="{box.w}" height="{box.h}"'
    return f'<rect {place} fill="{fill}" stroke="{INK}" stroke-width="{weight}"/>'


def _rose(x: float, y: float, reach: float) -> Iterator[str]:
    """Sixteen points in three lengths, each half dark and half light, within two rings."""
    for radius, weight in ((0.62, 4), (0.585, 2), (0.2, 3)):
        yield (
            f'<circle cx="{x}" cy="{y}" r="{reach * radius}" fill="{PAPER}" fill-opacity="0.35"'
            f' stroke="{INK}" stroke-width="{weight}"/>'
        )
    for first, step, size, tint in ((1, 2, 0.5, INK), (2, 4, 0.72, RED), (0, 4, 1.0, INK)):
        for point in range(first, 16, step):
            for side, fill in ((-1, PAPER), (1, tint)):
                tip, flank = _polar(x, y, reach * size, point), _polar(x, y, reach * 0.15 * size, point + side * 2)
                yield (
                    f'<polygon points="{x},{y} {flank} {tip}" fill="{fill}" stroke="{INK}"'
                    ' stroke-width="2" stroke-linejoin="round"/>'
                )


def _polar(x: float, y: float, reach: float, sixteenth: int) -> str:
    angle = math.tau * sixteenth / 16
    return f"{x + reach * math.sin(angle):.1f},{y - reach * math.cos(angle):.1f}"


def _cartouche(box: Box) -> Iterator[str]:
    """The panel of the title, its notched border, and the bar of the scale at its foot."""
    yield _rectangle(box, 14, PAPER)
    yield _rectangle(Box(box.x + 24, box.y + 24, box.w - 48, box.h - 48), 3)
    notch, inset = 70, 46
    left, top, right, bottom = box.x + inset, box.y + inset, box.x + box.w - inset, box.y + box.h - inset
    yield (
        f'<path d="M{left + notch},{top}H{right - notch}A{notch},{notch} 0 0 0 {right},{top + notch}V{bottom - notch}'
        f"A{notch},{notch} 0 0 0 {right - notch},{bottom}H{left + notch}A{notch},{notch} 0 0 0 {left},{bottom - notch}"
        f'V{top + notch}A{notch},{notch} 0 0 0 {left + notch},{top}Z" fill="none" stroke="{RED}" stroke-width="5"/>'
    )
    start, y = box.x + box.w / 2 - KILOMETRES_10 * 0.75, box.y + box.h - 190
    for half in range(3):
        fill = INK if half % 2 == 0 else PAPER
        yield (
            f'<rect x="{start + half * KILOMETRES_10 / 2}" y="{y}" width="{KILOMETRES_10 / 2}" height="26"'
            f' fill="{fill}" stroke="{INK}" stroke-width="4"/>'
        )
