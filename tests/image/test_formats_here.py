"""What a machine cannot make is found out, and what level 2 asks for is offered in any case."""

import pytest

from server.image.formats_here import formats_here, makeable
from server.image.output_formats import FORMATS, OutputFormat
from server.libvips import pyvips


def test_here_every_format_is_made() -> None:
    assert list(formats_here()) == list(FORMATS)


@pytest.mark.parametrize("error", [pyvips.Error("no encoder"), RuntimeError("OpenJPEG"), ImportError("no library")])
def test_a_format_whose_encoder_fails_is_left_out(error: Exception) -> None:
    def make(row: OutputFormat) -> bytes:
        if row.extension in ("avif", "jpg"):
            raise error
        return b""

    assert [row.extension for row in makeable(FORMATS, make)] == ["jpg", "png", "webp", "tif", "gif", "jp2", "pdf"]
