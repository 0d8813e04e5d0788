"""A kind of pixels that is refused is named in the reader's language, or in a notation that has no language."""

import re
from pathlib import Path
from typing import Any

import pytest

from server.language.translator import Translator
from server.masters import decoding
from tests import make
from tests.masters.chart import CHART
from tests.masters.jp2_writer import codestream

NOTATION = re.compile(r"(TIFF|JPEG)[\w() ]*, \d+ x \d+ bit|(PhotometricInterpretation|SamplesPerPixel) \d+|PNG \w{4}")
KINDS: dict[str, dict[str, Any]] = {
    "33 bits": {"bits": ("H", [33])},
    "LogL without its compression": {"photometric": ("H", [32844])},
    "fax of bytes": {"compression": ("H", [4])},
    "JPEG of 16 bits": {"compression": ("H", [7]), "bits": ("H", [16])},
    "more samples than anybody has": {"samples": ("H", [5000])},
    "a transparency mask": {"photometric": ("H", [4])},
    "floating point of 8 bits": {"sample_format": ("H", [3])},
    "complex numbers": {"bits": ("H", [32]), "sample_format": ("H", [6])},
    "samples of unequal depth": {"samples": ("H", [3]), "bits": ("H", [8, 16, 8]), "photometric": ("H", [2])},
}


def named(file: Path) -> str:
    (finding,) = decoding.examine(file, max_pixels=10**9).findings
    assert finding.code == "unsupported-pixels"
    what = str(finding.values["what"])
    told = Translator("vi").translate_finding(finding)
    assert NOTATION.fullmatch(what) or what not in told
    return what


@pytest.mark.parametrize("kind", KINDS)
def test_a_tiff_of_a_kind_that_is_not_taken_in_is_named(tmp_path: Path, kind: str) -> None:
    named(make.raw_tiff(tmp_path / "a.tif", make.tags(**KINDS[kind])))


def test_a_number_of_samples_and_bits_is_written_as_the_trade_does(tmp_path: Path) -> None:
    assert named(make.raw_tiff(tmp_path / "a.tif", make.tags(bits=("H", [33])))) == "TIFF, 1 x 33 bit"
    assert named(make.raw_tiff(tmp_path / "b.tif", make.tags(compression=("H", [4])))) == "TIFF fax G4, 1 x 8 bit"
    assert named(make.jpeg_claiming(tmp_path / "a.jpg", 16, 16, bits=9)) == "JPEG, 3 x 9 bit"


@pytest.mark.parametrize("across", [(2, 1, 1), (1, 2, 4)])
def test_a_jpeg_2000_of_a_kind_that_is_not_taken_in_is_named(tmp_path: Path, across: tuple[int, int, int]) -> None:
    content = bytearray(codestream(CHART))
    components = content.index(b"\xff\x51") + 40
    for number, step in enumerate(across):
        content[components + 3 * number : components + 3 * number + 3] = bytes([7, step, step])
    (tmp_path / "a.j2k").write_bytes(content)
    assert named(tmp_path / "a.j2k") == "subsampled JPEG 2000"
