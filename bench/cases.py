"""What is asked: lists of requests, drawn by lot from a fixed seed, the same for every run and every server."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.page import SIZE
from bench.wrk import Asked
from manifests.tiling import TILE, levels

IMAGE = "/iiif/image/3/bench~page"
MANIFEST = "/iiif/presentation/3/many/manifest"
VIEWER_MIX = Path(__file__).with_name("viewer_mix.txt")


@dataclass(frozen=True, slots=True)
class Case:
    """`peers`: the keys of the servers beside ours. `at_least`: what ours must be as a multiple of a peer's rate.

    `right`: decibels that the median of our samples must reach; 0 where no picture is compared. `known` says that the
    asker has each answer already.
    """

    key: str
    title: str
    paths: Sequence[str]
    peers: tuple[str, ...]
    at_least: dict[str, float] = field(default_factory=dict)
    right: float = 0
    known: bool = False

    @property
    def asked(self) -> list[Asked]:
        return [Asked(path) for path in self.paths]


def tiles() -> list[str]:
    """Every tile of every level, edges as often as they occur."""
    found = [
        f"{IMAGE}/{x},{y},{w},{h}/{-(-w // scale)},{-(-h // scale)}/0/default.jpg"
        for scale in (1 << level for level in range(len(levels(*SIZE))))
        for x in range(0, SIZE[0], TILE * scale)
        for y in range(0, SIZE[1], TILE * scale)
        for w, h in [(min(TILE * scale, SIZE[0] - x), min(TILE * scale, SIZE[1] - y))]
    ]
    return _shuffled(found)


def regions() -> list[str]:
    """A hundred large and a hundred small regions at any pixel, odd ones too."""
    lot = random.Random(11)
    found = []
    for w, h, width, height in [(3000, 3000, 1500, 1500), (1000, 700, 640, 448)] * 100:
        x, y = lot.randrange(SIZE[0] - w), lot.randrange(SIZE[1] - h)
        found.append(f"{IMAGE}/{x},{y},{w},{h}/{width},{height}/0/default.jpg")
    return _shuffled(found)


def _shuffled(paths: list[str]) -> list[str]:
    random.Random(7).shuffle(paths)
    return paths


def cases() -> list[Case]:
    mix = VIEWER_MIX.read_text(encoding="ascii").split()
    decoding = ("iipimage", "iiif-processor")
    return [
        Case(
            "tiles",
            "stored tiles, edges included",
            tiles(),
            ("files", "behind", *decoding),
            {"files": 0.5, "iipimage": 10},
            right=35,
        ),
        Case(
            "viewer",
            "a viewer's mix",
            mix,
            ("files", "behind", *decoding),
            {"iipimage": 4, "files": 0.5},
            right=35,
        ),
        Case(
            "regions",
            "regions that must be computed",
            regions(),
            decoding,
            {"iipimage": 1, "iiif-processor": 3},
            right=35,
        ),
        # Print too small to be read, where the filters of pyramid and reference differ: 28 dB is what all servers reach
        Case("width", "`full/400,`", [f"{IMAGE}/full/400,/0/default.jpg"], decoding, {"iipimage": 1}, right=27),
        Case("info", "info.json", [f"{IMAGE}/info.json"], ("files", *decoding), {"files": 0.5}),
        Case("manifest", "the manifest of 1,000 pages", [MANIFEST], ("files",)),
        Case("tiles-304", "stored tiles that the reader has: 304", tiles(), ("files",), {"files": 0.5}, known=True),
        Case("manifest-304", "the manifest, known: 304", [MANIFEST], ("files",), {"files": 0.5}, known=True),
    ]
