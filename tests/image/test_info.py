"""info.json: everything it claims is served, and what it does not claim is refused."""

from collections.abc import Mapping
from typing import Any

import pytest

from manifests.errors import LibraryError, Malformed, Unsupported
from manifests.presentation.institution import limits_of
from manifests.scaling import Extent, Limits
from manifests.settings import Settings
from manifests.tiling import levels
from server.image.answer_plan import StoredTile, plan_answer
from server.image.cost import check_cost, estimate, limits_of_cost
from server.image.grammar import parse
from server.image.info import LEVEL2, DescribedImage, Offer, features, info
from server.image.output_formats import FORMATS, preferred

URI = "https://example.org/iiif/image/3/book~0001"
IMAGE = (1501, 1001)
BOUNDED = Limits(area=40_000_000)

ASKING: Mapping[str, tuple[str, str, str]] = {
    "regionByPx": ("10,10,20,20", "max", "0"),
    "regionByPct": ("pct:10,10,20,20", "max", "0"),
    "regionSquare": ("square", "max", "0"),
    "sizeByW": ("full", "100,", "0"),
    "sizeByH": ("full", ",100", "0"),
    "sizeByPct": ("full", "pct:10", "0"),
    "sizeByWh": ("full", "751,501", "0"),
    "sizeByDistortedWh": ("full", "100,400", "0"),
    "sizeByConfinedWh": ("full", "!100,400", "0"),
    "sizeUpscaling": ("full", "^2000,", "0"),
    "sizeAboveFull": ("full", "2000,", "0"),
    "rotationBy90s": ("full", "max", "270"),
    "mirroring": ("full", "max", "!0"),
    "rotationArbitrary": ("full", "max", "22.5"),
}
"""A request that only a server with the feature answers."""

OF_HTTP = {"baseUriRedirect", "canonicalLinkHeader", "cors", "jsonldMediaType", "profileLinkHeader"}
ONLY_IN = {"sizeUpscaling": 3, "sizeAboveFull": 2, "sizeByDistortedWh": 2}
"""Names that the other version does not have, though what they say is true of it too."""


def served(version: int, region: str, size: str, rotation: str, last: str, limits: Limits = BOUNDED) -> bool:
    try:
        plan_answer(parse(version, region, size, rotation, last).resolve(*IMAGE, limits), *IMAGE)
    except LibraryError:
        return False
    return True


def described(version: int, image: tuple[int, int] = IMAGE, limits: Limits = BOUNDED, **offer: Any) -> dict[str, Any]:
    grey = offer.pop("grey", False)
    return info(version, URI, DescribedImage(Extent(*image), limits, grey), Offer(**offer))


def said_features(version: int, limits: Limits) -> set[str]:
    document = described(version, limits=limits)
    extra = document["extraFeatures"] if version == 3 else document["profile"][1]["supports"]
    return {*extra, *LEVEL2[version]}


def test_the_document_of_version_3_is_complete() -> None:
    assert described(3, preferred=("jpg", "webp"), rights="http://rightsstatements.org/vocab/NoC-OKLR/1.0/") == {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": URI,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": 1501,
        "height": 1001,
        "maxArea": 40_000_000,
        "sizes": [{"width": 376, "height": 251}, {"width": 751, "height": 501}, {"width": 1501, "height": 1001}],
        "tiles": [{"width": 512, "scaleFactors": [1, 2, 4]}],
        "rights": "http://rightsstatements.org/vocab/NoC-OKLR/1.0/",
        "preferredFormats": ["jpg", "webp"],
        "extraFormats": ["webp", "avif", "tif", "gif", "jp2", "pdf"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": [
            "canonicalLinkHeader",
            "mirroring",
            "profileLinkHeader",
            "rotationArbitrary",
            "sizeUpscaling",
        ],
    }


def test_the_document_of_version_2_is_complete() -> None:
    assert described(2, limits=Limits(width=3000), rights="http://example.org/terms") == {
        "@context": "http://iiif.io/api/image/2/context.json",
        "@id": URI,
        "@type": "iiif:Image",
        "protocol": "http://iiif.io/api/image",
        "width": 1501,
        "height": 1001,
        "sizes": [{"width": 376, "height": 251}, {"width": 751, "height": 501}, {"width": 1501, "height": 1001}],
        "tiles": [{"width": 512, "scaleFactors": [1, 2, 4]}],
        "license": "http://example.org/terms",
        "profile": [
            "http://iiif.io/api/image/2/level2.json",
            {
                "formats": ["webp", "avif", "tif", "gif", "jp2", "pdf"],
                "maxWidth": 3000,
                "maxHeight": 3000,
                "supports": [
                    "canonicalLinkHeader",
                    "mirroring",
                    "profileLinkHeader",
                    "regionSquare",
                    "rotationArbitrary",
                    "sizeAboveFull",
                ],
            },
        ],
    }


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("limits", [BOUNDED, Limits()], ids=["limits", "no limits"])
def test_each_feature_is_served_if_and_only_if_it_is_claimed(version: int, limits: Limits) -> None:
    claimed = said_features(version, limits)
    assert claimed == features(version, limits)
    assert claimed <= {*ASKING, *OF_HTTP}
    for name, (region, size, rotation) in ASKING.items():
        if ONLY_IN.get(name, version) == version:
            assert served(version, region, size, rotation, "default.jpg", limits) == (name in claimed), name


@pytest.mark.parametrize("version", [2, 3])
def test_each_format_and_quality_is_served_if_and_only_if_it_is_claimed(version: int) -> None:
    document = described(version)
    extra = document if version == 3 else document["profile"][1]
    formats = {"jpg", "png", *extra["extraFormats" if version == 3 else "formats"]}
    for extension in ("jpg", "png", "webp", "tif", "gif", "jp2", "pdf", "avif", "jxl"):
        assert served(version, "full", "max", "0", f"default.{extension}") == (extension in formats)
    qualities = {"default", *(document["extraQualities"] if version == 3 else ("color", "gray", "bitonal"))}
    for quality in ("default", "color", "gray", "grey", "bitonal", "native", "negative"):
        assert served(version, "full", "max", "0", f"{quality}.jpg") == (quality in qualities)


def test_a_format_that_this_machine_does_not_make_is_neither_claimed_nor_served_nor_preferred() -> None:
    here = [row for row in FORMATS if row.extension != "avif"]
    document = described(3, formats=here, preferred=preferred(("avif", "webp"), here))
    assert "avif" not in document["extraFormats"]
    assert document["preferredFormats"] == ["webp"]
    with pytest.raises(Malformed, match=r"avif is not made on this server, only these: jpg  png  webp  tif"):
        parse(3, "full", "max", "0", "default.avif", formats=here)


def test_nothing_is_preferred_where_the_library_prefers_nothing() -> None:
    assert "preferredFormats" not in described(3)


def test_a_grey_image_does_not_claim_color_and_answers_it() -> None:
    assert described(3, grey=True)["extraQualities"] == ["gray", "bitonal"]
    assert parse(3, "full", "max", "0", "color.jpg").resolve(*IMAGE, BOUNDED, grey=True)


LIMITS = [
    Limits(),
    BOUNDED,
    Limits(width=600),
    Limits(height=400),
    Limits(width=300),
    Limits(area=200_000),
    Limits(area=9),
]


@pytest.mark.parametrize("limits", LIMITS, ids=str)
@pytest.mark.parametrize("version", [2, 3])
def test_each_size_that_is_claimed_is_served_and_no_level_within_the_limits_is_left_out(
    version: int, limits: Limits
) -> None:
    claimed = [(s["width"], s["height"]) for s in described(version, limits=limits).get("sizes", [])]
    assert claimed == sorted(claimed)
    for w, h in levels(*IMAGE):
        assert served(version, "full", f"{w},{h}", "0", "default.jpg", limits) == ((w, h) in claimed)


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_tiles_are_claimed_if_and_only_if_each_is_a_stored_one_within_the_limits(limits: Limits) -> None:
    document: dict[str, Any] = described(3, limits=limits)
    assert ("tiles" in document) == served(3, "0,0,512,512", "512,512", "0", "default.jpg", limits)
    for row in document.get("tiles", []):
        for scale in row["scaleFactors"]:
            reach = row["width"] * scale
            w, h = min(reach, IMAGE[0]), min(reach, IMAGE[1])
            resolved = parse(3, f"0,0,{w},{h}", f"{-(-w // scale)},", "0", "default.jpg").resolve(*IMAGE, limits)
            assert isinstance(plan_answer(resolved, *IMAGE), StoredTile)


def test_a_limit_of_height_alone_is_told_with_its_width() -> None:
    document = described(3, limits=Limits(height=400))
    assert (document["maxWidth"], document["maxHeight"]) == (400, 400)


def test_upscaling_is_claimed_only_with_a_limit() -> None:
    assert "sizeUpscaling" not in described(3, limits=Limits())["extraFeatures"]
    with pytest.raises(Unsupported):
        parse(3, "full", "^2000,", "0", "default.jpg").resolve(*IMAGE, Limits())


def test_a_size_that_a_jpeg_cannot_hold_is_not_claimed() -> None:
    assert {"width": 70_000, "height": 500} not in described(3, (70_000, 500), Limits())["sizes"]


@pytest.mark.parametrize("image", [(40_000, 30_000), (65_500, 600), (200_000, 900), (600, 65_000), (7201, 10_201)])
@pytest.mark.parametrize("area", [0, 40_000_000])
def test_no_size_is_claimed_that_is_refused_for_its_cost(image: tuple[int, int], area: int) -> None:
    settings = Settings(max_area=area)
    cost, limits = limits_of_cost(settings.max_image_seconds, settings.max_image_memory), limits_of(settings)
    document = described(3, image, limits, cost=cost)
    assert document["sizes"]
    for size in [*("{width},{height}".format(**row) for row in document["sizes"]), "max"]:
        found = parse(3, "full", size, "0", "default.jpg").resolve(*image, limits)
        check_cost(found, estimate(found, plan_answer(found, *image)), cost)


def test_without_a_limit_of_area_the_document_tells_what_can_be_made_and_that_nothing_is_enlarged() -> None:
    document = described(3, (40_000, 30_000), limits_of(Settings(max_area=0)))
    assert document["maxArea"] == 125_000_000
    assert "sizeUpscaling" not in document["extraFeatures"]
