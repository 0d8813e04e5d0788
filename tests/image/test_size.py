"""What a request means on an image: regions cropped, sizes rounded, limits kept. Image API sections 4.1, 4.2, 5.2."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.errors import LibraryError, Malformed, Unsupported
from manifests.scaling import Limits
from manifests.tiling import levels
from server.image.grammar import parse
from server.image.request import Resolved
from tests.image.request_strategies import requests

NO_LIMITS = Limits()
BOUNDED = Limits(area=40_000_000)
WIDE = Limits(area=10**9)
IMAGE = (300, 200)
ODD = (1501, 1001)


def ask(
    region: str = "full",
    size: str = "max",
    image: tuple[int, int] = IMAGE,
    limits: Limits = BOUNDED,
    version: int = 3,
    last: str = "default.jpg",
    *,
    grey: bool = False,
) -> Resolved:
    return parse(version, region, size, "0", last).resolve(*image, limits, grey=grey)


def size_of(resolved: Resolved) -> tuple[int, int]:
    return resolved.width, resolved.height


REGIONS = [
    ("full", (0, 0, 300, 200)),
    ("square", (50, 0, 200, 200)),
    ("125,15,120,140", (125, 15, 120, 140)),
    ("pct:41.6,7.5,40,70", (125, 15, 120, 140)),
    ("125,15,200,200", (125, 15, 175, 185)),
    ("pct:41.6,7.5,66.6,100", (125, 15, 175, 185)),
    ("299,199,1,1", (299, 199, 1, 1)),
    ("0,0,999999999999,999999999999", (0, 0, 300, 200)),
]


@pytest.mark.parametrize(("asked", "meant"), REGIONS)
def test_a_region_is_what_the_specification_shows(asked: str, meant: tuple[int, int, int, int]) -> None:
    assert ask(asked).region == meant


@pytest.mark.parametrize("region", ["0,0,0,10", "0,0,10,0", "300,0,1,1", "0,200,1,1", "pct:100,0,1,1", "pct:0,0,0,5"])
def test_an_empty_or_outside_region_is_malformed(region: str) -> None:
    with pytest.raises(Malformed):
        ask(region)


SIZES_3 = [
    ("max", (300, 200)),
    ("150,", (150, 100)),
    (",150", (225, 150)),
    ("pct:50", (150, 100)),
    ("225,100", (225, 100)),
    ("!225,100", (150, 100)),
    ("!600,600", (300, 200)),
    ("^360,", (360, 240)),
    ("^,240", (360, 240)),
    ("^pct:120", (360, 240)),
    ("^360,360", (360, 360)),
    ("^!360,360", (360, 240)),
    ("^100,", (100, 67)),
    ("100,", (100, 67)),
    ("1,", (1, 1)),
    ("pct:0.3", (1, 1)),
]


@pytest.mark.parametrize(("asked", "meant"), SIZES_3)
def test_a_size_is_what_the_specification_shows(asked: str, meant: tuple[int, int]) -> None:
    assert size_of(ask(size=asked)) == meant


@pytest.mark.parametrize("size", ["301,", ",201", "pct:100.1", "301,200", "300,201"])
def test_more_than_the_region_without_the_mark_is_malformed(size: str) -> None:
    with pytest.raises(Malformed):
        ask(size=size)


@pytest.mark.parametrize("size", ["0,", ",0", "0,0", "10,0", "!0,10", "^!10,0", "pct:0", "pct:0.1"])
def test_less_than_one_pixel_is_malformed(size: str) -> None:
    with pytest.raises(Malformed):
        ask(size=size)


def test_a_strip_keeps_one_pixel_of_its_short_side() -> None:
    assert size_of(ask(size="10,", image=(10_000, 1))) == (10, 1)
    assert size_of(ask(size="pct:1", image=(10_000, 1))) == (100, 1)


@pytest.mark.parametrize("size", ["600,", "600,400", ",400", "pct:200"])
def test_version_2_enlarges_without_a_mark(size: str) -> None:
    assert size_of(ask(size=size, version=2)) == (600, 400)


@pytest.mark.parametrize("version", [2, 3])
def test_a_small_image_answers_a_thumbnail_request_at_its_own_size(version: int) -> None:
    assert size_of(ask(size="!400,400", version=version)) == IMAGE


@pytest.mark.parametrize(("version", "size"), [(3, "^301,"), (3, "^!400,400"), (2, "301,")])
def test_without_any_limit_nothing_is_enlarged(version: int, size: str) -> None:
    with pytest.raises(Unsupported):
        ask(size=size, version=version, limits=NO_LIMITS)


def test_the_mark_alone_asks_for_nothing_that_must_be_enlarged() -> None:
    assert size_of(ask(size="^max", limits=NO_LIMITS)) == IMAGE
    assert size_of(ask(size="^150,", limits=NO_LIMITS)) == (150, 100)


LIMITED = [
    (Limits(width=200), "max", (200, 133)),
    (Limits(height=100), "max", (100, 67)),
    (Limits(width=400, height=100), "max", (150, 100)),
    (Limits(area=15_000), "max", (150, 100)),
    (Limits(width=200), "!300,300", (200, 133)),
    (Limits(width=360), "^max", (360, 240)),
    (Limits(area=60_000 * 4), "^max", (600, 400)),
    (Limits(width=500, area=60_000 * 4), "^max", (500, 333)),
    (Limits(width=360), "^!900,900", (360, 240)),
]


@pytest.mark.parametrize(("limits", "size", "meant"), LIMITED)
def test_the_largest_is_fitted_into_the_limits(limits: Limits, size: str, meant: tuple[int, int]) -> None:
    assert size_of(ask(size=size, limits=limits)) == meant


@pytest.mark.parametrize("size", ["201,", ",134", "pct:67", "201,10", "^201,"])
def test_an_explicit_size_beyond_the_limits_is_malformed_and_told_the_most(size: str) -> None:
    with pytest.raises(Malformed, match="200 x 133"):
        ask(size=size, limits=Limits(width=200))


def test_full_in_version_2_beyond_the_limits_is_malformed() -> None:
    with pytest.raises(Malformed):
        ask(size="full", version=2, limits=Limits(width=200))


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.builds(Limits, *[st.integers(0, 3000)] * 2, st.integers(0, 10**6)),
    st.sampled_from(["max", "^max", "!700,900", "^!3000,2000"]),
)
def test_what_is_fitted_is_never_empty_nor_beyond_the_limits(
    width: int, height: int, limits: Limits, size: str
) -> None:
    try:
        resolved = ask(size=size, image=(width, height), limits=limits)
    except Unsupported:
        assert not limits
        return
    assert min(size_of(resolved)) >= 1
    assert limits.allow(*size_of(resolved))


def test_every_size_from_one_to_forty_pixels_is_rounded_to_the_nearest() -> None:
    for width, height in product(range(1, 41), repeat=2):
        for asked in range(1, width + 1):
            resolved = ask(size=f"{asked},", image=(width, height))
            exact = height * asked / width
            assert resolved.width == asked
            assert resolved.height == max(1, int(exact + 0.5)), (width, height, asked)


def test_every_percentage_of_every_small_image_is_rounded_to_the_nearest() -> None:
    for side, percent in product(range(1, 41), range(1, 101)):
        exact = side * percent / 100
        if exact < 0.5:
            with pytest.raises(Malformed):
                ask(size=f"pct:{percent}", image=(side, side))
        else:
            assert size_of(ask(size=f"pct:{percent}", image=(side, side))) == (int(exact + 0.5),) * 2


@pytest.mark.parametrize("image", [ODD, (7201, 10201), (4099, 4097), (513, 1), (1, 2049), (1023, 1025)])
@pytest.mark.parametrize("version", [2, 3])
def test_the_sizes_of_the_levels_come_back_from_every_spelling(image: tuple[int, int], version: int) -> None:
    for k, (w, h) in enumerate(levels(*image)):
        spellings = [f"{w},{h}", f"!{w},{h}", f"pct:{100 / 2**k}"]
        # A side that several levels share says nothing about the level
        spellings += [f"{w},"] if [s[0] for s in levels(*image)].count(w) == 1 else []
        spellings += [f",{h}"] if [s[1] for s in levels(*image)].count(h) == 1 else []
        for spelling in spellings:
            if "!" in spelling and 1 in image:
                continue
            assert size_of(ask(size=spelling, image=image, version=version, limits=WIDE)) == (w, h), spelling


@given(requests, st.integers(1, 3000), st.integers(1, 3000))
def test_whatever_is_resolved_lies_inside_the_image_and_its_canonical_form_means_the_same(
    request_: tuple[int, str, str, str, str], width: int, height: int
) -> None:
    version, *parts = request_
    try:
        resolved = parse(version, *parts).resolve(width, height, BOUNDED)
    except LibraryError:
        return
    x, y, w, h = resolved.region
    assert 0 <= x < x + w <= width
    assert 0 <= y < y + h <= height
    assert min(size_of(resolved)) >= 1
    again = parse(version, *resolved.canonical.split("/")).resolve(width, height, BOUNDED)
    assert again == resolved
    assert again.canonical == resolved.canonical


CANONICAL = [
    (3, "0,0,300,200", "300,200", "full/max/0/default.jpg"),
    (3, "pct:0,0,50,50", "pct:50", "0,0,150,100/75,50/0/default.jpg"),
    (3, "full", "^600,", "full/^600,400/0/default.jpg"),
    (3, "full", "^150,", "full/150,100/0/default.jpg"),
    (3, "full", "!100,100", "full/100,67/0/default.jpg"),
    (2, "0,0,300,200", "300,200", "full/full/0/default.jpg"),
    (2, "full", "max", "full/full/0/default.jpg"),
    (2, "pct:0,0,50,50", "pct:50", "0,0,150,100/75,/0/default.jpg"),
    (2, "full", "100,90", "full/100,90/0/default.jpg"),
    (2, "full", "600,400", "full/600,/0/default.jpg"),
]


@pytest.mark.parametrize(("version", "region", "size", "canonical"), CANONICAL)
def test_the_canonical_form_is_that_of_the_version(version: int, region: str, size: str, canonical: str) -> None:
    assert ask(region, size, version=version).canonical == canonical


def test_the_canonical_form_of_the_most_that_is_served_is_max() -> None:
    assert ask(size="200,133", limits=Limits(width=200)).canonical.startswith("full/max/")
    assert ask(size="^400,267", limits=Limits(width=400)).canonical.startswith("full/^max/")
    assert ask(size="max", limits=Limits(width=200), version=2).canonical.startswith("full/200,/")


def test_the_square_of_a_square_image_is_the_whole_of_it() -> None:
    assert ask("square", image=(200, 200)).canonical.startswith("full/")


@pytest.mark.parametrize(
    ("grey", "asked", "meant"),
    [
        (False, "color", "default"),
        (False, "gray", "gray"),
        (False, "bitonal", "bitonal"),
        (True, "color", "default"),
        (True, "gray", "default"),
        (True, "bitonal", "bitonal"),
    ],
)
def test_the_quality_that_an_image_has_anyway_is_the_default(grey: bool, asked: str, meant: str) -> None:
    assert ask(last=f"{asked}.jpg", grey=grey).quality.name == meant


def test_a_format_that_cannot_hold_the_size_says_so() -> None:
    with pytest.raises(Malformed, match="16383") as caught:
        ask(image=(20_000, 10), last="default.webp")
    assert str(caught.value).endswith("/full/max/0/default.jpg")
    assert size_of(ask(image=(20_000, 10), last="default.png")) == (20_000, 10)
