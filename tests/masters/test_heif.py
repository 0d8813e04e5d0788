"""HEIC and AVIF: upright, in the colours that they name, the primary image of several."""

import struct
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from tests import make
from tests.masters.chart import ALPHA, CHART, COLOURS, GREYS, STEPS, off, on_white, said, seen, wide
from tests.masters.colour_spaces import P3, encoded, srgb_signal
from tests.masters.samples import avif, heic

WRITERS = {"a.heic": heic, "a.avif": avif}
every_kind = pytest.mark.parametrize("name", WRITERS)


@every_kind
def test_the_chart_is_seen(tmp_path: Path, name: str) -> None:
    file = WRITERS[name](tmp_path / name, CHART)
    assert off(file) <= 2
    master = seen(file)[1].master
    assert (master.format, master.bits, master.samples, master.images) == ("heif", 8, 3, 1)
    assert master.compression == {"a.heic": "hevc", "a.avif": "av1"}[name]


@every_kind
def test_transparency_lies_on_white(tmp_path: Path, name: str) -> None:
    file = WRITERS[name](tmp_path / name, np.dstack([CHART, ALPHA]))
    assert off(file, on_white(COLOURS)) <= 3
    assert seen(file)[1].master.samples == 4


def test_ten_bits_are_as_good_as_eight(tmp_path: Path) -> None:
    size = CHART.shape[1], CHART.shape[0]
    pillow_heif.from_bytes("RGB;16", size, wide(CHART).tobytes()).save(tmp_path / "a.heic", quality=-1, chroma=444)
    avif(tmp_path / "a.avif", wide(CHART), lossless=False, Q=98, bitdepth=10)
    for name in WRITERS:
        assert off(tmp_path / name) <= 2
        assert seen(tmp_path / name)[1].master.bits == 10


def test_grey_stays_grey(tmp_path: Path) -> None:
    file = heic(tmp_path / "a.heic", GREYS)
    assert off(file, STEPS) <= 1
    assert seen(file)[0].shape[2] == 1


def test_what_a_file_says_of_its_channels_counts_less_than_what_its_decoder_is_told(tmp_path: Path) -> None:
    """`pixi` of some writers names one channel, whatever the picture is."""
    file = heic(tmp_path / "a.heic", CHART)
    content = bytearray(file.read_bytes())
    content[content.index(b"pixi") + 8] = 1
    file.write_bytes(content)
    assert off(file) <= 2
    assert seen(file)[1].master.colour == "rgb"


def test_the_turn_that_the_file_says_is_made_once(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    for orientation in (3, 6, 8):
        exif[0x0112] = orientation
        file = heic(tmp_path / "a.heic", make.as_stored(CHART, orientation), exif=exif.tobytes())
        assert off(file) <= 2
        assert seen(file)[1].master.width == CHART.shape[1]


def test_colours_named_by_numbers_are_those_colours(tmp_path: Path) -> None:
    picture = encoded(P3, srgb_signal)
    numbers = {"color_primaries": 12, "transfer_characteristics": 13, "save_nclx_profile": True}
    file = heic(tmp_path / "a.heic", picture, **numbers)
    assert off(file) <= 4
    assert seen(file)[1].master.profile == "Display P3"


def test_colours_for_brighter_screens_are_said_not_to_be_known(tmp_path: Path) -> None:
    numbers = {"color_primaries": 9, "transfer_characteristics": 16, "save_nclx_profile": True}
    assert said(heic(tmp_path / "a.heic", CHART, **numbers)) == ["unknown-colours"]


def test_of_several_images_the_primary_one_is_the_page(tmp_path: Path) -> None:
    several = pillow_heif.from_pillow(Image.fromarray(CHART[::-1]))
    several.add_from_pillow(Image.fromarray(CHART))
    several.save(tmp_path / "a.heic", quality=-1, chroma=444, primary_index=1)
    assert off(tmp_path / "a.heic") <= 2
    assert said(tmp_path / "a.heic") == ["several-images"]


def test_a_coding_that_is_not_decoded_here_is_named(tmp_path: Path) -> None:
    file = heic(tmp_path / "a.heic", CHART)
    file.write_bytes(file.read_bytes().replace(b"hvc1", b"vvc1"))
    assert said(file) == ["unsupported-compression"]
    with pytest.raises(Exception, match=r"H\.266"):
        seen(file)


def test_garbled_boxes_are_refused(tmp_path: Path) -> None:
    whole = heic(tmp_path / "a.heic", CHART).read_bytes()
    file = tmp_path / "b.heic"
    for kind in (b"pitm", b"iinf", b"ispe", b"ipma", b"iprp"):
        file.write_bytes(whole.replace(kind, b"none"))
        assert said(file) == ["unreadable"], kind
    file.write_bytes(whole.replace(b"meta", b"free"))
    assert said(file) == ["unreadable"]


def test_a_size_that_lies_is_refused(tmp_path: Path) -> None:
    content = bytearray(heic(tmp_path / "a.heic", CHART).read_bytes())
    at = content.index(b"ispe") + 8
    content[at : at + 8] = struct.pack(">II", 60_000, 60_000)
    (tmp_path / "a.heic").write_bytes(content)
    assert said(tmp_path / "a.heic") == ["too-large"]
