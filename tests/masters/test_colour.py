"""Colours of masters against littleCMS, asked through Pillow, on charts of patches."""

import io
from pathlib import Path

import numpy as np
import pytest
import pyvips
from PIL import Image, ImageCms

from server.masters import colour, decoding
from tests import make, profiles

LIMIT = 10_000_000
VISIBLE = 1.5
"""Mean dE2000 from which on colours would count as wrong."""

RGB_PROFILES = {
    "wide green": profiles.adobe_rgb_profile(),
    "widest gamut": profiles.wide_gamut_profile(),
    "lightness curve": profiles.lightness_profile(),
    "sRGB": profiles.srgb_profile(),
}
GREY_PROFILES = {
    "gamma 1.0": profiles.grey_profile(1.0),
    "gamma 1.8": profiles.grey_profile(1.8),
    "gamma 2.2": profiles.grey_profile(2.2),
    "dot gain": profiles.dot_gain_profile(),
}
RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)


def shown(file: Path) -> make.Picture:
    return make.pixels(decoding.open_upright(file, max_pixels=LIMIT).image)


def findings(file: Path) -> list[str]:
    return [finding.code for finding in decoding.examine(file, max_pixels=LIMIT).findings]


def by_littlecms(picture: make.Picture, mode: str, profile: bytes) -> make.Picture:
    source = Image.frombytes(mode, (picture.shape[1], picture.shape[0]), picture.tobytes())
    converted = ImageCms.profileToProfile(
        source,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert converted is not None
    return np.asarray(converted)


def mean_difference(one: make.Picture, other: make.Picture) -> float:
    """dE2000 between two sRGB pictures, grey or not."""
    images = [pyvips.Image.new_from_array(p if p.ndim == 3 else np.dstack([p] * 3)) for p in (one, other)]
    labs = [image.copy(interpretation="srgb").colourspace("lab") for image in images]
    return float(labs[0].dE00(labs[1]).avg())


def test_the_measure_itself_sees_a_wrong_profile() -> None:
    chart = make.patches(3)
    right = by_littlecms(chart, "RGB", profiles.adobe_rgb_profile())
    assert mean_difference(chart, right) > VISIBLE
    assert mean_difference(right, right) == 0


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("name", RGB_PROFILES)
def test_a_tiff_with_a_profile_has_the_colours_of_littlecms(tmp_path: Path, name: str, bits: int) -> None:
    chart, profile = make.patches(3), RGB_PROFILES[name]
    stored = chart if bits == 8 else make.sixteen_bits(chart)
    found = shown(make.tiff(tmp_path / "a.tif", stored, profile=profile))
    assert mean_difference(found, by_littlecms(chart, "RGB", profile)) <= VISIBLE


@pytest.mark.parametrize("name", RGB_PROFILES)
def test_a_png_and_a_jpeg_with_a_profile_have_the_same_colours(tmp_path: Path, name: str) -> None:
    chart, profile = make.patches(3, side=8), RGB_PROFILES[name]
    expected = by_littlecms(chart, "RGB", profile)
    assert mean_difference(shown(make.png(tmp_path / "a.png", chart, profile=profile)), expected) <= VISIBLE
    jpeg = make.jpeg(tmp_path / "a.jpg", chart, profile=profile, quality=100)
    assert mean_difference(shown(jpeg), expected) <= VISIBLE


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("name", GREY_PROFILES)
def test_grey_with_a_profile_stays_one_band_with_the_tones_of_littlecms(tmp_path: Path, name: str, bits: int) -> None:
    profile = GREY_PROFILES[name]
    stored = RAMP if bits == 8 else make.sixteen_bits(RAMP)
    found = shown(make.tiff(tmp_path / "a.tif", stored, profile=profile))
    assert found.ndim == 2
    assert mean_difference(found, by_littlecms(RAMP, "L", profile)) <= VISIBLE


def test_min_is_white_is_turned_before_its_profile_is_asked(tmp_path: Path) -> None:
    profile = profiles.grey_profile(1.8)
    found = shown(make.min_is_white_tiff(tmp_path / "a.tif", RAMP, profile=profile))
    assert mean_difference(found, by_littlecms(RAMP, "L", profile)) <= VISIBLE


@pytest.mark.parametrize("embedded", [True, False])
def test_cmyk_is_shown_by_its_profile_or_by_the_one_of_libvips(tmp_path: Path, embedded: bool) -> None:
    chart, profile = make.patches(4, steps=4), profiles.cmyk_profile()
    expected = by_littlecms(chart, "CMYK", profile)
    file = make.tiff(tmp_path / "a.tif", chart, photometric="separated", profile=profile if embedded else None)
    assert mean_difference(shown(file), expected) <= VISIBLE
    assert ("no-profile" in findings(file)) is not embedded


def test_adobes_inverted_cmyk_in_a_jpeg_is_turned_round(tmp_path: Path) -> None:
    chart = make.patches(4, steps=4, side=8)
    file = make.jpeg(tmp_path / "a.jpg", chart, quality=100)
    assert mean_difference(shown(file), by_littlecms(chart, "CMYK", profiles.cmyk_profile())) <= VISIBLE
    assert decoding.open_upright(file, max_pixels=LIMIT).master.colour == "cmyk"


@pytest.mark.parametrize("bits", [8, 16])
def test_lab_is_measured_from_paper_white(tmp_path: Path, bits: int) -> None:
    lightness, a, b = np.meshgrid([10, 50, 90], [-20, 0, 25], [-30, 0, 20], indexing="ij")
    lab = np.stack([lightness.ravel(), a.ravel(), b.ravel()], axis=1).reshape(3, 9, 3)
    narrow = np.stack([np.round(lab[..., 0] * 2.55), lab[..., 1] % 256, lab[..., 2] % 256], axis=2).astype(np.uint8)
    wide = np.stack([lab[..., 0] * 655.35, lab[..., 1] * 256 % 65536, lab[..., 2] * 256 % 65536], axis=2)
    stored = narrow if bits == 8 else wide.round().astype(np.uint16)
    file = make.tiff(tmp_path / "a.tif", stored, photometric="cielab")
    expected = by_littlecms(narrow, "LAB", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes())
    assert mean_difference(shown(file), expected) <= VISIBLE
    assert decoding.open_upright(file, max_pixels=LIMIT).master.colour == "lab"


def test_paper_white_is_white_and_black_is_black_whatever_the_profile(tmp_path: Path) -> None:
    ends = np.zeros((4, 4, 3), np.uint8)
    ends[:2] = 255
    for name, profile in RGB_PROFILES.items():
        found = shown(make.tiff(tmp_path / "a.tif", ends, profile=profile))
        assert (found[0] >= 254).all(), name
        assert (found[3] <= 1).all(), name


def test_sixteen_bits_are_rounded_not_cut(tmp_path: Path) -> None:
    steps = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    assert (shown(make.tiff(tmp_path / "a.tif", steps)) == np.round(steps / 257)).all()


def test_a_profile_that_only_says_what_srgb_is_changes_no_pixel(tmp_path: Path) -> None:
    picture = make.photo(60, 40)
    assert (shown(make.tiff(tmp_path / "a.tif", picture, profile=profiles.srgb_profile())) == picture).all()


@pytest.mark.parametrize("kind", ["a.tif", "a.jpg"])
def test_a_damaged_profile_is_left_aside_and_it_is_said(tmp_path: Path, kind: str) -> None:
    picture = make.photo(60, 40)
    write = {"a.tif": make.tiff, "a.jpg": make.jpeg}[kind]
    file = write(tmp_path / kind, picture, profile=profiles.damaged(profiles.adobe_rgb_profile()))
    assert np.abs(shown(file).astype(int) - picture).max() <= 12
    assert "bad-profile" in findings(file)


def test_a_profile_whose_white_is_none_is_left_aside(tmp_path: Path) -> None:
    """Some programs have written profiles that were never filled in."""
    picture = make.photo(60, 40)
    profile = profiles.without_red_and_blue(profiles.adobe_rgb_profile())
    file = make.tiff(tmp_path / "a.tif", picture, profile=profile)
    assert (shown(file) == picture).all()
    assert findings(file) == ["bad-profile"]


def test_a_damaged_grey_or_cmyk_profile_is_left_aside_too(tmp_path: Path) -> None:
    grey = make.tiff(tmp_path / "a.tif", RAMP, profile=profiles.damaged(profiles.grey_profile(1.8)))
    assert (shown(grey) == RAMP).all()
    assert findings(grey) == ["bad-profile"]
    inks = make.patches(4, steps=3)
    profile = profiles.damaged(profiles.cmyk_profile())
    cmyk = make.tiff(tmp_path / "b.tif", inks, photometric="separated", profile=profile)
    assert mean_difference(shown(cmyk), by_littlecms(inks, "CMYK", profiles.cmyk_profile())) <= VISIBLE
    assert findings(cmyk) == ["bad-profile"]


@pytest.mark.parametrize("profile", [b"", b"x", b"no profile at all", profiles.adobe_rgb_profile()[:200]])
def test_a_profile_that_is_none_stops_nothing(tmp_path: Path, profile: bytes) -> None:
    picture = make.photo(60, 40)
    file = make.tiff(tmp_path / "a.tif", picture, profile=profile or None)
    assert (shown(file) == picture).all()
    assert findings(file) == (["bad-profile"] if profile else ["no-profile"])


def test_a_profile_for_images_of_another_kind_is_left_aside(tmp_path: Path) -> None:
    for picture, profile, layout in (
        (make.photo(60, 40), profiles.grey_profile(1.8), {}),
        (make.photo(60, 40), profiles.cmyk_profile(), {}),
        (make.patches(4, steps=3), profiles.adobe_rgb_profile(), {"photometric": "separated"}),
    ):
        file = make.tiff(tmp_path / "a.tif", picture, profile=profile, **layout)
        assert findings(file) == ["other-profile"]
        if picture.shape[-1] != 4:
            assert (shown(file) == picture).all()


def test_a_grey_is_a_colour_of_three_equal_parts_to_a_profile_of_rgb(tmp_path: Path) -> None:
    grey = make.grey_photo(60, 40)
    for profile in (profiles.srgb_profile(), profiles.adobe_rgb_profile()):
        in_grey = make.tiff(tmp_path / "grey.tif", grey, profile=profile)
        in_rgb = make.tiff(tmp_path / "rgb.tif", np.dstack([grey] * 3), profile=profile)
        assert findings(in_grey) == []
        assert np.abs(shown(in_grey).astype(int) - shown(in_rgb)[:, :, 1]).max() <= 1


def test_no_profile_is_said_of_colour_and_not_of_grey(tmp_path: Path) -> None:
    assert findings(make.tiff(tmp_path / "a.tif", make.photo(60, 40))) == ["no-profile"]
    assert findings(make.tiff(tmp_path / "b.tif", make.grey_photo(60, 40))) == []


def test_transparency_is_laid_on_the_white_of_the_profile(tmp_path: Path) -> None:
    clear = make.with_alpha(make.patches(3), 0)
    file = make.tiff(tmp_path / "a.tif", clear, extrasamples=["unassalpha"], profile=profiles.adobe_rgb_profile())
    assert (shown(file) >= 254).all()


def test_a_profile_in_several_segments_of_a_jpeg_is_read_whole(tmp_path: Path) -> None:
    profile = profiles.cmyk_profile()
    assert len(profile) > 65_536
    chart = make.patches(4, steps=4, side=8)
    file = make.jpeg(tmp_path / "a.jpg", chart, profile=profile, quality=100)
    assert decoding.open_upright(file, max_pixels=LIMIT).master.profile == colour.description(profile)
    assert mean_difference(shown(file), by_littlecms(chart, "CMYK", profile)) <= VISIBLE


def test_the_profiles_own_name_is_written_down(tmp_path: Path) -> None:
    for profile, name in (
        (profiles.adobe_rgb_profile(), "Wide green (test)"),
        (profiles.srgb_profile(), "sRGB built-in"),
    ):
        file = make.tiff(tmp_path / "a.tif", make.photo(60, 40), profile=profile)
        assert decoding.open_upright(file, max_pixels=LIMIT).master.profile == name


def test_the_name_of_a_profile_never_fails() -> None:
    whole = profiles.adobe_rgb_profile()
    for end in range(0, len(whole), 7):
        assert colour.description(whole[:end]) in (None, "Wide green (test)")
    assert colour.description(profiles.damaged(whole)) is None
