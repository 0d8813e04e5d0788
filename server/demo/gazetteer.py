"""Names for a country that never was, and where on its map each of them stands.

A place is chosen by the lie of the land (towns by water, peaks on heights), and its name is set only where it covers
no other; a place whose name finds no room is left out, as cartographers do.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from manifests.model import Box
from server.demo.paper import Array
from server.demo.terrain import Terrain
from server.demo.typeset import ITALIC, REGULAR, SEMIBOLD, Ink, Sheet, Style, around, length

FIRST = (
    "An Bạch Cẩm Châu Diên Đông Hải Hồng Hương Kim Lạc Lâm Long Mỹ Ngọc Phú Quế Tân Thạch Thanh Trúc Tùng Vân Vĩnh Xuân"
)
SECOND = "Bàn Cầu Điền Đường Giang Hòa Khê Lâm Lĩnh Lộc Mai Nguyên Phong Sơn Thịnh Thủy Trạch Trì Vũ Xuyên Yên"

ASCENT, DESCENT, LEADING = 1.0, 0.3, 1.2
"""Of the type with all its marks (Ẫ, ợ), as shares of its size."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`size` of its type and `mark`, the radius of its sign, are shares of the map's width in 9000ths: pixels of the
    full map. `apart` is the least distance to another set in its face and no smaller."""

    title: str
    count: int
    face: str
    size: int
    mark: int
    apart: int
    ink: Ink = Ink.BLACK
    tracking: int = 0
    before: str = ""


CAPITAL = Kind("capital", 1, SEMIBOLD, 118, 30, 0, Ink.RED, tracking=16)
TOWN = Kind("town", 9, SEMIBOLD, 76, 20, 1000, tracking=2)
VILLAGE = Kind("village", 90, REGULAR, 50, 12, 380)
HAMLET = Kind("hamlet", 260, REGULAR, 33, 7, 190)
PEAK = Kind("peak", 60, ITALIC, 38, 13, 420, before="Núi ")
ISLE = Kind("isle", 16, ITALIC, 46, 0, 900, before="Hòn ")
RIVER = Kind("river", 26, ITALIC, 46, 0, 700, Ink.BLUE, before="Sông ")


@dataclass(frozen=True, slots=True)
class Place:
    """`x` and `y` in pixels of the map."""

    kind: Kind
    name: str
    x: float
    y: float


@dataclass(slots=True)
class Gazetteer:
    """Fills a map's sheet with names. `taken` are boxes in which no name may stand."""

    terrain: Terrain
    sheet: Sheet
    taken: list[Box]
    dice: random.Random
    places: list[Place] = field(default_factory=list)
    water: Array = field(init=False)

    def __post_init__(self) -> None:
        self.water = np.zeros(self.terrain.heights.shape, dtype=bool)
        for river in self.terrain.rivers:
            for x, y in river.course:
                self.water[round(y), round(x)] = True

    def fill(self) -> None:
        names = self._names()
        name = next(names)
        for kind in (CAPITAL, TOWN, RIVER, ISLE, VILLAGE, PEAK, HAMLET):
            wanted = len(self.places) + kind.count
            rivals = [p for p in self.places if p.kind.face == kind.face and p.kind.mark >= kind.mark]
            for x, y in self._sites(kind):
                if len(self.places) == wanted:
                    break
                if all((x - p.x) ** 2 + (y - p.y) ** 2 >= (kind.apart * self._unit) ** 2 for p in rivals):
                    place = Place(kind, kind.before + name, x, y)
                    if self._set(place):
                        self.places.append(place)
                        rivals.append(place)
                        name = next(names)

    @property
    def _unit(self) -> float:
        return self.sheet.width / 9000

    @property
    def _step(self) -> float:
        """Pixels of the map for a point of the grid."""
        return self.sheet.width / int(self.terrain.heights.shape[1])

    def _names(self) -> Iterator[str]:
        pairs = [f"{first} {second}" for first, second in product(FIRST.split(), SECOND.split()) if first != second]
        self.dice.shuffle(pairs)
        while True:
            yield from pairs

    def _sites(self, kind: Kind) -> Iterator[tuple[float, float]]:
        """Where such a place may be, in the order in which to try."""
        if kind is RIVER:
            points = [river.course[len(river.course) * 2 // 3] for river in self.terrain.rivers]
        elif kind is PEAK:
            points = self._where(self._summits())
        elif kind is ISLE:
            points = self._where((self.terrain.heights > 40) & (self.terrain.ruggedness < 0.6) & self._far_east())
        else:
            points = self._banks(kind) + self._where(self._habitable(kind))
        for x, y in points:
            yield x * self._step, y * self._step

    def _banks(self, kind: Kind) -> list[tuple[float, float]]:
        """Points on rivers: towns want the great ones, low down."""
        banks = [
            point
            for river in self.terrain.rivers
            for point, flow in zip(river.course[::6], river.flow[::6], strict=True)
            if self._height(point) < (120 if kind in (CAPITAL, TOWN) else 900)
            and (kind not in (CAPITAL, TOWN) or flow > self.terrain.heights.size // 300)
        ]
        self.dice.shuffle(banks)
        return banks

    def _where(self, wanted: Array) -> list[tuple[float, float]]:
        rows, columns = np.nonzero(wanted)
        points = [(float(x), float(y)) for x, y in zip(columns, rows, strict=True)]
        self.dice.shuffle(points)
        return points[:6000]

    def _habitable(self, kind: Kind) -> Array:
        highest = {"capital": 30, "town": 90, "village": 500}.get(kind.title, 1000)
        return np.asarray((self.terrain.heights > 2) & (self.terrain.heights < highest))

    def _summits(self) -> Array:
        """Higher than all around within six points."""
        heights = self.terrain.heights
        highest = heights > 350
        for down, across in product((-6, -3, 0, 3, 6), repeat=2):
            highest &= heights >= np.roll(heights, (down, across), (0, 1)) - 1e-9
        return np.asarray(highest)

    def _far_east(self) -> Array:
        columns = self.terrain.heights.shape[1]
        return np.asarray(np.arange(columns)[None, :] > columns * 0.66)

    def _height(self, point: tuple[float, float]) -> float:
        rows, columns = self.terrain.heights.shape
        return float(self.terrain.heights[min(int(point[1]), rows - 1), min(int(point[0]), columns - 1)])

    def _set(self, place: Place) -> bool:
        """Sets the name beside its sign at the first of the four sides where there is room."""
        kind, unit = place.kind, self._unit
        lines = [place.name.upper() if kind is CAPITAL else place.name]
        if kind is PEAK:
            lines.append(f"{self._height((place.x / self._step, place.y / self._step)):.0f}")
        style = Style(kind.face, max(round(kind.size * unit), 6), round(kind.tracking * unit), kind.ink)
        wide, mark = max(length(line, style) for line in lines), kind.mark * unit
        stacked = LEADING * (len(lines) - 1)
        high = style.size * (ASCENT + DESCENT + stacked)
        gap, beside = mark + style.size * 0.25, place.y - style.size * (ASCENT - 0.3 + stacked / 2)
        for left, top in (
            (place.x + gap, beside),
            (place.x - gap - wide, beside),
            (place.x - wide / 2, place.y - mark - high),
            (place.x - wide / 2, place.y + mark),
        ):
            sign = Box(round(place.x - mark), round(place.y - mark), round(2 * mark), round(2 * mark))
            name = Box(round(left), round(top), round(wide), round(high))
            room = around([name, sign])
            if self._is_free(room) and self._is_dry(name):
                self.taken.append(room)
                self._print(lines, style, left, top)
                return True
        return False

    def _print(self, lines: Sequence[str], style: Style, left: float, top: float) -> None:
        for number, line in enumerate(lines):
            self.sheet.line(line, style, left, top + style.size * (ASCENT + LEADING * number))

    def _is_free(self, room: Box) -> bool:
        margin = 330 * self._unit
        inside = (
            margin < room.x
            and margin < room.y
            and room.x + room.w < self.sheet.width - margin
            and room.y + room.h < self.sheet.height - margin
        )
        return inside and not any(_meet(room, box) for box in self.taken)

    def _is_dry(self, room: Box) -> bool:
        """Whether no river runs through a name."""
        left, top, right, bottom = (
            round(edge / self._step) for edge in (room.x, room.y, room.x + room.w, room.y + room.h)
        )
        return not bool(self.water[max(top, 0) : bottom + 1, max(left, 0) : right + 1].any())


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )
