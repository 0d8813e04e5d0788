"""The rows of formats and qualities, held against what the compliance documents ask of level 2."""

import mimetypes

import pytest

from manifests.errors import Misused
from manifests.settings import Settings
from server.image.output_formats import FORMATS, JPG, QUALITIES, Encoding, OutputFormat, preferred


def test_level_2_formats_are_jpg_and_png() -> None:
    assert {row.extension for row in FORMATS if row.level2} == {"jpg", "png"}


def test_level_2_qualities_are_those_of_each_version() -> None:
    named = {version: {row.name for row in QUALITIES if version in row.level2} for version in (2, 3)}
    assert named == {2: {"default", "color", "gray", "bitonal"}, 3: {"default", "color", "gray"}}


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.extension)
def test_a_format_has_the_media_type_that_the_specification_gives(row: OutputFormat) -> None:
    known = {"jp2": "image/jp2", "webp": "image/webp", "avif": "image/avif"}
    assert row.media_type == known.get(row.extension, mimetypes.guess_type(f"x.{row.extension}")[0])


@pytest.mark.parametrize("row", [row for row in FORMATS if row.setting], ids=lambda row: row.extension)
def test_how_strongly_a_format_is_compressed_is_a_setting_of_that_name_and_default(row: OutputFormat) -> None:
    assert Encoding().of(row) == getattr(Settings(), row.setting)
    assert Encoding().options(row)[row.option] == getattr(Settings(), row.setting)


def test_a_picture_is_another_when_the_setting_of_its_own_format_is_another() -> None:
    for row in FORMATS:
        known = {row.setting: "none" if row.setting == "tif_compression" else 7} if row.setting else {}
        for other in FORMATS:
            changed = Encoding(**known).identity(other) != Encoding().identity(other)
            assert changed == bool(known and other.setting == row.setting), (row.extension, other.extension)


def test_a_pdf_is_another_on_larger_paper() -> None:
    changed = {row.extension for row in FORMATS if Encoding(points=1.0).identity(row) != Encoding().identity(row)}
    assert changed == {"pdf"}


def test_what_is_preferred_comes_in_the_order_of_the_setting_as_far_as_it_is_made() -> None:
    assert preferred(("webp", "avif", "jpg"), [row for row in FORMATS if row.extension != "avif"]) == ("webp", "jpg")


def test_a_preferred_format_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(Misused, match="wepb, which is no format"):
        preferred(("wepb",))


def test_tiles_are_stored_as_jpg() -> None:
    assert JPG in FORMATS
    assert JPG.media_type == "image/jpeg"
