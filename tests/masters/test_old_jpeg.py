"""JPEG in TIFF as it was before 1995: a whole JPEG in it is read, everything else refused by its name."""

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from tests.masters.chart import CHART, off, said
from tests.masters.tiff_writer import NONE, YCBCR, Entry, Tiff, write_tiff

OLD_JPEG = 6


def old_jpeg(path: Path, others: Mapping[int, Entry]) -> Path:
    out = io.BytesIO()
    Image.fromarray(CHART).save(out, "JPEG", quality=95, subsampling=2)
    jpeg = out.getvalue()
    tags = {259: (3, [OLD_JPEG]), 279: (4, [len(jpeg)]), 513: (4, [8]), 514: (4, [len(jpeg)]), **others}
    file = write_tiff(path, CHART, Tiff(YCBCR, NONE, subsampling=(1, 1), tags=tags))
    content = file.read_bytes()
    file.write_bytes(content[:8] + jpeg + content[8 + len(jpeg) :])
    return file


def test_a_whole_jpeg_in_it_is_read(tmp_path: Path) -> None:
    for length in ({}, {514: (4, [0])}, {514: (4, [4_000_000_000])}):
        file = old_jpeg(tmp_path / "a.tif", length)
        assert off(file) <= 12
        assert said(file) == []


def test_other_forms_are_refused_by_name(tmp_path: Path) -> None:
    for other in ({}, {513: (4, [99_999])}, {513: (4, [500])}):
        tags = {259: (3, [OLD_JPEG]), **other}
        file = write_tiff(tmp_path / "a.tif", CHART, Tiff(YCBCR, NONE, subsampling=(1, 1), tags=tags))
        assert said(file) == ["unsupported-compression"]
