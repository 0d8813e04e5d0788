"""Values of a TIFF's tags that mean nothing, in tags that pixels do not need: said, and read as if absent."""

from collections.abc import Iterator, Mapping, Sequence

from manifests.findings import make_finding
from manifests.model import Finding
from server.masters import tiff_directories as tags
from server.masters.tiff_directories import Directory

_MEANS: Mapping[int, tuple[str, Sequence[int]]] = {
    tags.FILL_ORDER: ("FillOrder", range(1, 3)),
    tags.ORIENTATION: ("Orientation", range(1, 9)),
    tags.PLANES: ("PlanarConfiguration", range(1, 3)),
    tags.RESOLUTION_UNIT: ("ResolutionUnit", range(1, 4)),
    tags.EXTRA_SAMPLES: ("ExtraSamples", range(3)),
    tags.SAMPLE_FORMAT: ("SampleFormat", range(1, 7)),
    tags.PREDICTOR: ("Predictor", range(1, 4)),
    tags.INK_SET: ("InkSet", range(1, 3)),
}
"""The tag's name and the values that mean something."""
_RESOLUTIONS: Mapping[int, str] = {tags.X_RESOLUTION: "XResolution", tags.Y_RESOLUTION: "YResolution"}


def sensible(directory: Directory, tag: int, default: int) -> int:
    """The tag's number where that means something."""
    number = directory.first(tag, default)
    return number if number in _MEANS[tag][1] else default


def oddities(directory: Directory) -> Iterator[Finding]:
    for tag, (name, meant) in _MEANS.items():
        yield from (_odd(name, number) for number in directory.numbers(tag)[:16] if number not in meant)
    for tag, name in _RESOLUTIONS.items():
        yield from (_odd(name, number) for number in directory.fractions(tag)[:1] if number < 0)


def _odd(name: str, number: float) -> Finding:
    return make_finding("odd-tag", tag=name, value=f"{number:g}")
