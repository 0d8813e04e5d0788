"""JPEG in a TIFF is judged as a JPEG is: refused, said, or nothing to speak of."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image

from server.masters.damage import DAMAGED
from tests import make
from tests.masters.chart import CHART, codes, off, said, seen
from tests.masters.tiff_writer import JPEG, YCBCR, Tiff, entries_of, with_directory

PHOTO = make.photo(600, 400)
KINDS = {"strip": {}, "strips": {"rows": 16}, "tiles": {"tile": (32, 32)}, "a large tile": {"tile": (1024, 1024)}}


def jpeg(picture: np.ndarray[Any, Any], **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", **{"quality": 95, "subsampling": 0} | options)
    return out.getvalue()


def of_pieces(path: Path, picture: np.ndarray[Any, Any], pieces: list[bytes], **layout: Any) -> Path:
    offsets = [8 + sum(len(piece) for piece in pieces[:at]) for at in range(len(pieces))]
    tiff = Tiff(YCBCR, JPEG, **layout)
    entries = entries_of(picture, tiff, offsets, [len(piece) for piece in pieces])
    path.write_bytes(with_directory(b"".join(pieces), {tag: e for tag, e in entries.items() if e}, tiff))
    return path


def cut_into_jpegs(**options: object) -> Mapping[str, list[bytes]]:
    high = np.pad(CHART, ((0, 1024 - 64), (0, 1024 - 96), (0, 0)), mode="edge")
    return {
        "strip": [jpeg(CHART, **options)],
        "strips": [jpeg(CHART[y : y + 16], **options) for y in range(0, 64, 16)],
        "tiles": [jpeg(CHART[y : y + 32, x : x + 32], **options) for y in (0, 32) for x in (0, 32, 64)],
        "a large tile": [jpeg(high, **options)],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_scans_in_several_steps_are_nothing_to_speak_of(tmp_path: Path, kind: str) -> None:
    file = of_pieces(tmp_path / "a.tif", CHART, cut_into_jpegs(progressive=True)[kind], **KINDS[kind])
    assert off(file) <= 12
    assert said(file) == []


@pytest.mark.parametrize("kind", ["strip", "strips", "a large tile"])
def test_a_piece_of_which_scans_are_missing_is_said_to_be_so(tmp_path: Path, kind: str) -> None:
    *before, last = cut_into_jpegs(progressive=True)[kind]
    softer = last[: last.rindex(b"\xff\xda")] + b"\xff\xd9"
    assert said(of_pieces(tmp_path / "a.tif", CHART, [*before, softer], **KINDS[kind])) == ["odd-data"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_piece_without_its_end_mark_is_taken_in(tmp_path: Path, kind: str) -> None:
    pieces = [piece[:-2] for piece in cut_into_jpegs()[kind]]
    file = of_pieces(tmp_path / "a.tif", CHART, pieces, **KINDS[kind])
    assert off(file) <= 12
    assert said(file) in (["odd-data"], [])


@pytest.mark.parametrize("kind", KINDS)
def test_data_left_over_behind_the_last_row_of_a_piece_is_damage(tmp_path: Path, kind: str) -> None:
    *before, last = cut_into_jpegs()[kind]
    middle = len(last) // 2
    longer = last[:-2] + last[middle:-2].replace(b"\xff", b"\x7f") + last[-2:]
    file = of_pieces(tmp_path / "a.tif", CHART, [*before, longer], **KINDS[kind])
    assert said(file) == ["odd-data"]
    assert seen(file)[1].findings[0].values["reason"] == DAMAGED


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_the_end_mark_of_a_piece_is_nothing_to_speak_of(tmp_path: Path, kind: str) -> None:
    pieces = [piece + bytes(50) for piece in cut_into_jpegs()[kind]]
    file = of_pieces(tmp_path / "a.tif", CHART, pieces, **KINDS[kind])
    assert off(file) <= 12
    assert said(file) == []


def noise(piece: bytes) -> bytes:
    middle = len(piece) // 2
    return piece[:middle] + np.random.default_rng(5).integers(0, 255, 300, np.uint8).tobytes() + piece[middle + 300 :]


@pytest.mark.parametrize("kind", ["strips", "tiles"])
def test_a_piece_of_length_0_is_not_filled_with_its_neighbour(tmp_path: Path, kind: str) -> None:
    pieces = cut_into_jpegs()[kind]
    for at in range(len(pieces)):
        with_a_gap = [b"" if number == at else piece for number, piece in enumerate(pieces)]
        refused = "truncated" if at + 1 < len(pieces) else "unreadable"  # behind the last there are only tags
        assert said(of_pieces(tmp_path / f"{at}.tif", CHART, with_a_gap, **KINDS[kind])) == [refused]


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "half of it": lambda piece: piece[: len(piece) // 2],
    "zeros in its second half": lambda piece: piece[: len(piece) // 2].ljust(len(piece), b"\0"),
    "noise": noise,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_piece_means_what_a_damaged_jpeg_means(tmp_path: Path, damage: str) -> None:
    spoilt = DAMAGES[damage](jpeg(PHOTO))
    alone = tmp_path / "a.jpg"
    alone.write_bytes(spoilt)
    strips = [jpeg(PHOTO[:200]), DAMAGES[damage](jpeg(PHOTO[200:]))]
    tiles = [jpeg(PHOTO[:208, :304]), DAMAGES[damage](jpeg(PHOTO[:208, 296:])), *[jpeg(PHOTO[192:, :304])] * 2]
    for file in (
        of_pieces(tmp_path / "strip.tif", PHOTO, [spoilt]),
        of_pieces(tmp_path / "strips.tif", PHOTO, strips, rows=200),
        of_pieces(tmp_path / "tiles.tif", PHOTO, tiles, tile=(304, 208)),
    ):
        assert said(file) == said(alone), file.name
    assert set(said(alone)) <= {"truncated", "unreadable", "odd-data"}


@pytest.mark.parametrize("kind", ["strip", "strips", "tiles"])
def test_a_piece_smaller_than_the_page_says_is_refused(tmp_path: Path, kind: str) -> None:
    *before, last = cut_into_jpegs()[kind]
    with Image.open(io.BytesIO(last)) as piece:
        smaller = jpeg(np.asarray(piece)[: piece.height // 2])
    assert said(of_pieces(tmp_path / "a.tif", CHART, [*before, smaller], **KINDS[kind])) == ["unreadable"]


@pytest.mark.parametrize("subsampling", [0, 2])
def test_tiles_may_end_with_the_page(tmp_path: Path, subsampling: int) -> None:
    """Some writers cut them; libvips alone would skew them without a word."""
    picture = CHART[:50, :81]
    pieces = [jpeg(picture[y : y + 32, x : x + 32], subsampling=subsampling) for y in (0, 32) for x in (0, 32, 64)]
    file = of_pieces(tmp_path / "a.tif", picture, pieces, tile=(32, 32))
    pixels, decoded = seen(file)
    assert np.abs(pixels.astype(int) - picture).mean() < 3
    assert codes(decoded.findings) == []


def test_tables_that_all_pieces_share_stand_before_each(tmp_path: Path) -> None:
    make.pyvips.Image.new_from_array(PHOTO).tiffsave(str(tmp_path / "a.tif"), compression="jpeg", Q=85)
    with tifffile.TiffFile(tmp_path / "a.tif") as tiff:
        page = tiff.pages.first
        assert page.jpegtables
        middle = page.dataoffsets[3] + page.databytecounts[3] // 2
    content = bytearray((tmp_path / "a.tif").read_bytes())
    assert said(tmp_path / "a.tif") == []
    content[middle : middle + 300] = np.random.default_rng(5).integers(0, 255, 300, np.uint8).tobytes()
    (tmp_path / "a.tif").write_bytes(content)
    assert set(said(tmp_path / "a.tif")) <= {"truncated", "unreadable"}
    assert said(tmp_path / "a.tif")
