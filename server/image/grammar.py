"""The grammar of an image request, for Image API 3.0 and 2.1.

    {region}/{size}/{rotation}/{quality}.{format}           section 2.1 of both versions

Rule 1: every rule stands here, under its clause, and is matched against the whole segment, never searched for.
Rule 2: a number has a bounded length and ASCII digits only; nothing is converted before it has matched.
Rule 3: the versions share one grammar; what differs is a row of `VERSION_RULES`.
Rule 4: all faulty segments are reported at once, each with its place.

What the parts mean on a given image is in `region` and `size`. No HTTP here: the segments come already split at the
slashes of the undecoded path, and percent-decoded.

A format that is not offered is as wrong as one that nobody knows: "unsupported" is 400 (section 4.5 of both versions).
Only upscaling that is not offered is 501 (3.0, 4.2).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from manifests.errors import LibraryError, Malformed
from server.image.faults import Fault, request_error, show
from server.image.output_formats import FORMATS, QUALITIES, OutputFormat, Quality
from server.image.region import Full, Percent, Pixels, Region, Square
from server.image.request import SEPARATORS, ImageRequest
from server.image.rotation import Rotation
from server.image.size import FullSize, Height, Max, Size, SizePercent, SizeWH, SizeWithin, Width

# 3.0 section 4: "Size and region parameters in pixels MUST be non-negative integers."
# integer = 1*12DIGIT
INTEGER = r"[0-9]{1,12}"

# 3.0 section 4.7: "they MUST consist only of decimal digits and '.'", "SHOULD be represented with a leading 0".
# number = 1*12DIGIT [ "." 1*12DIGIT ] / "." 1*12DIGIT
NUMBER = r"(?:[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})"


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of a parameter: how it is written, what it makes, and the names of it in info.json's features."""

    form: str
    pattern: re.Pattern[str]
    make: Callable[..., Any]
    features: tuple[str, ...] = ()


def _rule(form: str, pattern: str, make: Callable[..., Any], *features: str) -> Rule:
    return Rule(form, re.compile(pattern, re.ASCII), make, features)


# 4.1  region = "full" / "square" / x "," y "," w "," h / "pct:" x "," y "," w "," h
REGIONS: tuple[Rule, ...] = (
    _rule("full", "full", Full),
    _rule("square", "square", Square, "regionSquare"),
    _rule(
        "x,y,w,h",
        f"({INTEGER}),({INTEGER}),({INTEGER}),({INTEGER})",
        lambda *xywh: Pixels(*map(int, xywh)),
        "regionByPx",
    ),
    _rule(
        "pct:x,y,w,h",
        f"pct:({NUMBER}),({NUMBER}),({NUMBER}),({NUMBER})",
        lambda *xywh: Percent(*map(Decimal, xywh)),
        "regionByPct",
    ),
)


def _sizes(mark: str, by_both: tuple[str, ...]) -> tuple[Rule, ...]:
    """4.2  size = [mark] ( "max" / w "," / "," h / "pct:" n / w "," h / "!" w "," h )"""
    caret = f"({mark})"
    may = "[^]" if mark else ""
    return (
        _rule(f"{may}max", f"{caret}max", lambda caret: Max(bool(caret))),
        _rule(f"{may}w,", f"{caret}({INTEGER}),", lambda caret, w: Width(int(w), bool(caret)), "sizeByW"),
        _rule(f"{may},h", f"{caret},({INTEGER})", lambda caret, h: Height(int(h), bool(caret)), "sizeByH"),
        _rule(
            f"{may}pct:n", f"{caret}pct:({NUMBER})", lambda caret, n: SizePercent(Decimal(n), bool(caret)), "sizeByPct"
        ),
        _rule(
            f"{may}w,h",
            f"{caret}({INTEGER}),({INTEGER})",
            lambda caret, w, h: SizeWH(int(w), int(h), bool(caret)),
            *by_both,
        ),
        _rule(
            f"{may}!w,h",
            f"{caret}!({INTEGER}),({INTEGER})",
            lambda caret, w, h: SizeWithin(int(w), int(h), bool(caret)),
            "sizeByConfinedWh",
        ),
    )


# 4.3  rotation = [ "!" ] number
ROTATION = re.compile(f"(!?)({NUMBER})", re.ASCII)
ROTATION_FEATURES = ("rotationBy90s", "rotationArbitrary", "mirroring")

# 4.4, 4.5  quality and format: the words of `formats.QUALITIES` and `formats.FORMATS`, a "." between them


@dataclass(frozen=True, slots=True)
class VersionRules:
    """What differs. `upscaling_feature` is its name in info.json; `upscales`: it is asked for without a mark."""

    sizes: tuple[Rule, ...]
    upscaling_feature: str
    upscales: bool

    def size(self, segment: str) -> Size:
        if size := _form(segment, self.sizes):
            return cast(Size, size)
        forms = "  ".join(rule.form for rule in self.sizes)
        raise Malformed("The size {shown} is none of these forms: {forms}", shown=show(segment), forms=forms)


VERSION_RULES: Mapping[int, VersionRules] = {
    3: VersionRules(_sizes(r"\^?", ("sizeByWh",)), upscaling_feature="sizeUpscaling", upscales=False),
    # 2.1 has no mark, and "MAY support scaling above the full size": what 3.0 does with the mark is done here without,
    # within the same limits. Clients of 2.1 ask `200,` for the thumbnail of whatever image, and have no other way.
    2: VersionRules(
        (_rule("full", "full", FullSize), *_sizes("", ("sizeByWh", "sizeByDistortedWh"))),
        upscaling_feature="sizeAboveFull",
        upscales=True,
    ),
}

_QUALITIES: Mapping[str, Quality] = {row.name: row for row in QUALITIES}


def parse(
    version: int,
    region: str,
    size: str,
    rotation: str,
    quality_format: str,
    formats: Sequence[OutputFormat] = FORMATS,
) -> ImageRequest:
    """The request that these segments make; every part that is wrong is in the one error.

    `formats` are those that are offered.
    """
    rules = VERSION_RULES[version]
    quality, _, extension = quality_format.partition(".")
    parts = (region, size, rotation, quality, extension)
    readers: tuple[Callable[[str], Any], ...] = (
        _region,
        rules.size,
        _rotation,
        _quality,
        lambda word: _format(word, formats),
    )
    read: list[Any] = []
    faults = []
    for place, (reader, part) in enumerate(zip(readers, parts, strict=True)):
        try:
            read.append(reader(part))
        except LibraryError as error:
            faults.append(Fault(place, error))
    if faults:
        raise request_error(parts, SEPARATORS, faults)
    return ImageRequest(version, rules.upscales, *read)


def _form(segment: str, rules: Sequence[Rule]) -> Any:
    for rule in rules:
        if found := rule.pattern.fullmatch(segment):
            return rule.make(*found.groups())
    return None


def _region(segment: str) -> Region:
    if region := _form(segment, REGIONS):
        return cast(Region, region)
    forms = "  ".join(rule.form for rule in REGIONS)
    raise Malformed("The region {shown} is none of these forms: {forms}", shown=show(segment), forms=forms)


def _rotation(segment: str) -> Rotation:
    found = ROTATION.fullmatch(segment)
    if not found or not (degrees := Decimal(found[2])) <= 360:
        raise Malformed("The rotation {shown} is not a number from 0 to 360, with or without !.", shown=show(segment))
    return Rotation(degrees % 360, bool(found[1]))


def _quality(word: str) -> Quality:
    if row := _QUALITIES.get(word):
        return row
    raise Malformed("The quality {shown} is none of these: {known}", shown=show(word), known="  ".join(_QUALITIES))


def _format(word: str, formats: Sequence[OutputFormat]) -> OutputFormat:
    row = next((row for row in formats if row.extension == word), None)
    if row is not None:
        return row
    known = "  ".join(row.extension for row in formats)
    if any(row.extension == word for row in FORMATS):
        raise Malformed("The format {format} is not made on this server, only these: {known}", format=word, known=known)
    raise Malformed("The format {shown} is none of these: {known}", shown=show(word), known=known)
