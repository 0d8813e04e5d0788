"""info.json: what is served of one image, said exactly.

Features, qualities and formats come from the rows that the grammar reads, less what level 2 says by itself; the HTTP
features are promises that `server.negotiation` and the routes keep. Image API 3.0 section 5; 2.1 sections 5.2 and 5.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from manifests.scaling import Extent, Limits
from manifests.tiling import TILE, levels
from server.image.answer_plan import plan_answer
from server.image.cost import UNBOUNDED, CostLimits, estimate
from server.image.grammar import REGIONS, ROTATION_FEATURES, VERSION_RULES, parse
from server.image.output_formats import DEFAULT, FORMATS, JPG, QUALITIES, OutputFormat

PROTOCOL = "http://iiif.io/api/image"
CONTEXTS: Mapping[int, str] = {version: f"{PROTOCOL}/{version}/context.json" for version in VERSION_RULES}
PROFILES: Mapping[int, str] = {version: f"{PROTOCOL}/{version}/level2.json" for version in VERSION_RULES}
"""The profile documents: the `profile` link of both versions, and in 2.1 the value of `profile`."""

HTTP_FEATURES = ("baseUriRedirect", "canonicalLinkHeader", "cors", "jsonldMediaType", "profileLinkHeader")

# The compliance documents, sections 3 and 4.
_BOTH = frozenset({"regionByPx", "regionByPct", "rotationBy90s", "baseUriRedirect", "cors", "jsonldMediaType"})
_LEVEL2_SIZES = frozenset({"sizeByW", "sizeByH", "sizeByPct", "sizeByConfinedWh", "sizeByWh"})
LEVEL2: Mapping[int, frozenset[str]] = {
    3: _BOTH | _LEVEL2_SIZES | {"regionSquare"},
    2: _BOTH | _LEVEL2_SIZES | {"sizeByDistortedWh"},
}


@dataclass(frozen=True, slots=True)
class DescribedImage:
    """A `grey` image does not advertise `color`."""

    size: Extent
    limits: Limits
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What is the same for all images: the formats that are made, those that a reader should ask for first, the address
    of a licence, and what one answer may cost."""

    formats: Sequence[OutputFormat] = FORMATS
    preferred: Sequence[str] = ()
    rights: str = ""
    cost: CostLimits = UNBOUNDED


def info(version: int, uri: str, image: DescribedImage, offer: Offer) -> dict[str, Any]:
    """`uri` is the base URI of the image in this version."""
    return _info_2(uri, image, offer) if version == 2 else _info_3(uri, image, offer)


def features(version: int, limits: Limits) -> frozenset[str]:
    """Everything that this version can be asked for here; upscaling only within limits (3.0 section 5.7)."""
    rules = VERSION_RULES[version]
    named = {name for rule in (*REGIONS, *rules.sizes) for name in rule.features}
    return frozenset(
        named | {*ROTATION_FEATURES, *HTTP_FEATURES} | ({rules.upscaling_feature} if limits.enlarge else set())
    )


def _info_3(uri: str, image: DescribedImage, offer: Offer) -> dict[str, Any]:
    limits, grey = image.limits.of(image.size), image.grey
    return {
        "@context": CONTEXTS[3],
        "id": uri,
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        "width": image.size.width,
        "height": image.size.height,
        **_maxima(limits),
        **_pyramid(3, image, offer),
        **({"preferredFormats": list(offer.preferred)} if offer.preferred else {}),
        **({"rights": offer.rights} if offer.rights else {}),
        "extraFormats": _extra_formats(offer),
        "extraQualities": [row.name for row in QUALITIES if row is not DEFAULT and not (grey and not row.grey)],
        "extraFeatures": _extra_features(3, limits),
    }


def _info_2(uri: str, image: DescribedImage, offer: Offer) -> dict[str, Any]:
    limits = image.limits.of(image.size)
    extra = {"formats": _extra_formats(offer), **_maxima(limits), "supports": _extra_features(2, limits)}
    return {
        "@context": CONTEXTS[2],
        "@id": uri,
        "@type": "iiif:Image",
        "protocol": PROTOCOL,
        "width": image.size.width,
        "height": image.size.height,
        **_pyramid(2, image, offer),
        **({"license": offer.rights} if offer.rights else {}),
        "profile": [PROFILES[2], extra],
    }


def _maxima(limits: Limits) -> dict[str, int]:
    found = {"maxWidth": limits.width, "maxHeight": limits.height, "maxArea": limits.area}
    return {name: value for name, value in found.items() if value}


def _pyramid(version: int, image: DescribedImage, offer: Offer) -> dict[str, Any]:
    """Both only as far as the limits allow (3.0 section 5.2: "Servers MUST ensure"), and what an answer may cost."""
    limits, sides = image.limits.of(image.size), levels(*image.size)
    sizes = [{"width": w, "height": h} for w, h in reversed(sides) if _is_served(version, Extent(w, h), image, offer)]
    tiles = [{"width": TILE, "scaleFactors": [1 << k for k in range(len(sides))]}]
    claimed = (("sizes", sizes), ("tiles", tiles if limits.allow(*_largest_tile(image.size)) else []))
    return {name: value for name, value in claimed if value}


def _is_served(version: int, size: Extent, image: DescribedImage, offer: Offer) -> bool:
    if not image.limits.of(image.size).allow(*size):
        return False
    request = parse(version, "full", "{},{}".format(*size), "0", f"default.{JPG.extension}")
    resolved = request.resolve(*image.size, image.limits, grey=image.grey)
    return offer.cost.allow(estimate(resolved, plan_answer(resolved, *image.size)))


def _largest_tile(image: Extent) -> Extent:
    return Extent(min(TILE, image.width), min(TILE, image.height))


def _extra_formats(offer: Offer) -> list[str]:
    return [row.extension for row in offer.formats if not row.level2]


def _extra_features(version: int, limits: Limits) -> list[str]:
    return sorted(features(version, limits) - LEVEL2[version])
