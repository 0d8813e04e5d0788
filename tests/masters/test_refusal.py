"""A kind of pixels that is refused is named in the reader's language, or in a notation that has no language."""

import re
from pathlib import Path
from typing import Any

import pytest

from server.language.translator import Translator
from server.masters import decoding
from tests import make

NOTATION = re.compile(r"(TIFF|JPEG)[\w() ]*, \d+ x \d+ bit|(PhotometricInterpretation|SamplesPerPixel) \d+|PNG \w{4}")
KINDS: dict[str, dict[str, Any]] = {
    "12 bits": {"bits": ("H", [12])},
    "two samples of 4 bits": {"bits": ("H", [4, 4]), "samples": ("H", [2])},
    "fax of bytes": {"compression": ("H", [4])},
    "JPEG of 16 bits": {"compression": ("H", [7]), "bits": ("H", [16])},
    "more samples than anybody has": {"samples": ("H", [5000])},
    "a colour filter array": {"photometric": ("H", [32803])},
    "signed": {"sample_format": ("H", [2])},
    "floating point": {"bits": ("H", [32]), "sample_format": ("H", [3])},
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
    assert named(make.raw_tiff(tmp_path / "a.tif", make.tags(bits=("H", [12])))) == "TIFF, 1 x 12 bit"
    assert named(make.raw_tiff(tmp_path / "b.tif", make.tags(compression=("H", [4])))) == "TIFF fax G4, 1 x 8 bit"
    assert named(make.jpeg_claiming(tmp_path / "a.jpg", 16, 16, bits=12)) == "JPEG, 3 x 12 bit"
