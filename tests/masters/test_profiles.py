"""Profiles made from numbers are such as littleCMS reads, and mean what the numbers say."""

import io

import pytest
from PIL import ImageCms

from server.masters import colour, profiles
from server.masters.profiles import BT709, D65


def test_a_profile_says_its_name_and_littlecms_reads_it() -> None:
    for profile, name, space in (
        (profiles.adobe_rgb(), "Adobe RGB (1998)", "RGB"),
        (profiles.by_number(12, 13, grey=False), "Display P3", "RGB"),
        (profiles.by_number(1, 13, grey=True), "sRGB", "GRAY"),
    ):
        assert profile is not None
        assert colour.description(profile) == name
        assert ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space.strip() == space


def test_numbers_that_are_not_known_give_none() -> None:
    assert profiles.by_number(2, 13, grey=False) is None
    assert profiles.by_number(1, 16, grey=False) is None


@pytest.mark.parametrize("points", [((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)), ((0.6, 0.0), (0.3, 0.6), (0.1, 0.1))])
def test_points_that_span_no_colours_are_an_error(points: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="colour"):
        profiles.matrix_profile("none", points, D65, profiles.SRGB_CURVE)


def test_what_is_told_of_srgb_is_srgb_to_the_screen() -> None:
    assert colour._is_srgb(profiles.matrix_profile("sRGB", BT709, D65, profiles.SRGB_CURVE))
