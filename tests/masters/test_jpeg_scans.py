"""A progressive JPEG of which only the first scans are there is said to be so; a whole one is not."""

import io
from pathlib import Path

import pytest
from PIL import Image

from server.masters.jpeg_scans import has_all_scans
from tests import make
from tests.masters.chart import CHART, said


def progressive(**options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(CHART).save(out, "JPEG", quality=95, progressive=True, **options)
    return out.getvalue()


@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_whole_one_has_all(tmp_path: Path, subsampling: int) -> None:
    assert has_all_scans(progressive(subsampling=subsampling))
    file = make.jpeg(tmp_path / "a.jpg", CHART[:, :, 0].copy(), progressive=True)
    assert has_all_scans(file.read_bytes())
    assert said(file) == []


def test_one_that_ends_after_some_scans_has_not(tmp_path: Path) -> None:
    file, whole = tmp_path / "a.jpg", progressive()
    starts = [at for at in range(len(whole) - 1) if whole[at : at + 2] == b"\xff\xda"]
    for start in starts[1:]:
        file.write_bytes(whole[:start] + b"\xff\xd9")
        assert not has_all_scans(file.read_bytes())
        assert said(file) == ["odd-data"]


def test_whatever_stands_in_the_file_an_answer_is_given() -> None:
    whole = progressive()
    for length in range(0, len(whole), 97):
        assert not has_all_scans(whole[:length])
