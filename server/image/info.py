"""info.json: what is served of one image, said exactly.

Features, qualities and formats come from the rows that the grammar reads, less what level 2 says by itself; the HTTP
features are promises that `server.negotiation` and the routes keep. Image API 3.0 section 5; 2.1 sections 5.2 and 5.3.
"""

from collections.abc import Mapping
from typing import Any

from manifests.scaling import Extent, Limits
from manifests.tiling import TILE, levels
from server.image.grammar import REGIONS, ROTATION_FEATURES, VERSION_RULES
from server.image.output_formats import DEFAULT, FORMATS, QUALITIES

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


def info(
    version: int, uri: str, width: int, height: int, limits: Limits, *, grey: bool = False, rights: str = ""
) -> dict[str, Any]:
    """`uri` is the base URI of the image in this version. A `grey` image does not advertise `color`."""
    image = Extent(width, height)
    limits = limits.of(image)
    return _info_2(uri, image, limits, rights) if version == 2 else _info_3(uri, image, limits, grey, rights)


def features(version: int, limits: Limits) -> frozenset[str]:
    """Everything that this version can be asked for here; upscaling only within limits (3.0 section 5.7)."""
    rules = VERSION_RULES[version]
    named = {name for rule in (*REGIONS, *rules.sizes) for name in rule.features}
    return frozenset(
        named | {*ROTATION_FEATURES, *HTTP_FEATURES} | ({rules.upscaling_feature} if limits.enlarge else set())
    )


def _info_3(uri: str, image: Extent, limits: Limits, grey: bool, rights: str) -> dict[str, Any]:
    return {
        "@context": CONTEXTS[3],
        "id": uri,
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        "width": image.width,
        "height": image.height,
        **_maxima(limits),
        **_pyramid(image, limits),
        **({"rights": rights} if rights else {}),
        "extraFormats": _extra_formats(),
        "extraQualities": [row.name for row in QUALITIES if row is not DEFAULT and not (grey and not row.grey)],
        "extraFeatures": _extra_features(3, limits),
    }


def _info_2(uri: str, image: Extent, limits: Limits, rights: str) -> dict[str, Any]:
    extra = {"formats": _extra_formats(), **_maxima(limits), "supports": _extra_features(2, limits)}
    return {
        "@context": CONTEXTS[2],
        "@id": uri,
        "@type": "iiif:Image",
        "protocol": PROTOCOL,
        "width": image.width,
        "height": image.height,
        **_pyramid(image, limits),
        **({"license": rights} if rights else {}),
        "profile": [PROFILES[2], extra],
    }


def _maxima(limits: Limits) -> dict[str, int]:
    found = {"maxWidth": limits.width, "maxHeight": limits.height, "maxArea": limits.area}
    return {name: value for name, value in found.items() if value}


def _pyramid(image: Extent, limits: Limits) -> dict[str, Any]:
    """Both only as far as the limits allow (3.0 section 5.2: "Servers MUST ensure")."""
    sizes = [{"width": w, "height": h} for w, h in reversed(levels(*image)) if limits.allow(w, h)]
    factors = [1 << k for k in range(len(levels(*image)))]
    tiles = [{"width": TILE, "scaleFactors": factors}] if limits.allow(*_largest_tile(image)) else []
    return {name: value for name, value in (("sizes", sizes), ("tiles", tiles)) if value}


def _largest_tile(image: Extent) -> Extent:
    return Extent(min(TILE, image.width), min(TILE, image.height))


def _extra_formats() -> list[str]:
    return [row.extension for row in FORMATS if row.made and not row.level2]


def _extra_features(version: int, limits: Limits) -> list[str]:
    return sorted(features(version, limits) - LEVEL2[version])
