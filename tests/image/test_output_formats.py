"""The rows of formats and qualities, held against what the compliance documents ask of level 2."""

import mimetypes

import pytest

from server.image.output_formats import FORMATS, JPG, QUALITIES, OutputFormat


def test_level_2_formats_are_jpg_and_png_and_both_are_made() -> None:
    assert {row.extension for row in FORMATS if row.level2} == {"jpg", "png"}
    assert all(row.made for row in FORMATS if row.level2)


def test_level_2_qualities_are_those_of_each_version() -> None:
    named = {version: {row.name for row in QUALITIES if version in row.level2} for version in (2, 3)}
    assert named == {2: {"default", "color", "gray", "bitonal"}, 3: {"default", "color", "gray"}}


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.extension)
def test_a_format_has_the_media_type_that_the_specification_gives(row: OutputFormat) -> None:
    known = {"jp2": "image/jp2", "webp": "image/webp"}
    assert row.media_type == known.get(row.extension, mimetypes.guess_type(f"x.{row.extension}")[0])


def test_tiles_are_stored_as_jpg() -> None:
    assert JPG in FORMATS
    assert JPG.media_type == "image/jpeg"
