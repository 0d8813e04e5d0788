"""JPEG in TIFF as it was before 1995: a whole one is read, and tables with strips; all else is refused by its name."""

import io
import re
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from tests.masters.chart import CHART, GREYS, STEPS, Samples, off, said
from tests.masters.tiff_writer import NONE, YCBCR, Entry, Tiff, with_directory, write_tiff

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


def parts(jpeg: bytes) -> tuple[dict[str, list[bytes]], bytes]:
    """The tables of a baseline JPEG by their number, and its coded data."""
    tables: dict[str, list[bytes]] = {"quantised": [], "dc": [], "ac": []}
    at = 2
    while True:
        marker, length = struct.unpack_from(">HH", jpeg, at)
        content = jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == 0xFFDA:
            return tables, jpeg[at:-2]
        while marker == 0xFFDB and content:
            tables["quantised"].append(content[1:65])
            content = content[65:]
        while marker == 0xFFC4 and content:
            end = 17 + sum(content[1:17])
            tables["ac" if content[0] & 0x10 else "dc"].append(content[1:end])
            content = content[end:]


def in_tables_and_strips(path: Path, picture: Samples, subsampling: int, *, restart: int = 0) -> Path:
    """Coded data in strips, each table where its tag says."""
    out = io.BytesIO()
    options = {"restart_marker_blocks": restart} if restart else {}
    Image.fromarray(picture).save(out, "JPEG", quality=95, subsampling=subsampling, optimize=False, **options)
    tables, data = parts(out.getvalue())
    count = 1 if picture.ndim == 2 else 3
    cut = [data.index(b"\xff\xd0") + 2] if restart else []
    strips = [data[: cut[0]], data[cut[0] :]] if cut else [data]
    body, places, tags = b"", [], {}
    for strip in strips:
        places.append(8 + len(body))
        body += strip
    for tag, kind in ((519, "quantised"), (520, "dc"), (521, "ac")):
        found = tables[kind]
        offsets = []
        for number in range(count):
            offsets.append(8 + len(body))
            body += found[min(number, len(found) - 1)]
        tags[tag] = (4, offsets)
    sampling = {0: (1, 1), 1: (2, 1), 2: (2, 2)}[subsampling]
    tags |= {256: (4, [picture.shape[1]]), 257: (4, [picture.shape[0]]), 258: (3, [8] * count), 259: (3, [OLD_JPEG])}
    tags |= {262: (3, [YCBCR if count == 3 else 1]), 273: (4, places), 277: (3, [count]), 278: (4, [picture.shape[0]])}
    tags |= {279: (4, [len(strip) for strip in strips]), 512: (3, [1]), 515: (3, [restart]), 530: (3, sampling)}
    path.write_bytes(with_directory(body, tags, Tiff()))
    return path


@pytest.mark.parametrize("subsampling", [0, 1, 2])
def test_tables_and_strips_are_put_together(tmp_path: Path, subsampling: int) -> None:
    for restart in (0, 4):
        file = in_tables_and_strips(tmp_path / "a.tif", CHART, subsampling, restart=restart)
        assert off(file) <= 12
        assert said(file) == []
    assert off(in_tables_and_strips(tmp_path / "a.tif", GREYS, 0), STEPS) <= 12


def test_tables_and_strips_that_break_off_are_refused(tmp_path: Path) -> None:
    whole = in_tables_and_strips(tmp_path / "a.tif", CHART, 0).read_bytes()
    file = tmp_path / "b.tif"
    file.write_bytes(whole[:8] + whole[8:200] + bytes(600) + whole[800:])
    assert set(said(file)) & {"unreadable", "truncated", "odd-data"}
    tables = whole.index(struct.pack("<HHI", 519, 4, 3)) + 8
    (offsets,) = struct.unpack_from("<I", whole, tables)
    file.write_bytes(whole[:offsets] + struct.pack("<I", 4_000_000) + whole[offsets + 4 :])
    assert said(file) == ["truncated"]


def as_wang_wrote_it(path: Path, strips: int, **others: Entry) -> Path:
    """A JPEG up to its scan, and the scan in strips of rows of blocks, without the marks of a restart between them."""
    out = io.BytesIO()
    row = CHART.shape[1] // 16
    Image.fromarray(CHART).save(out, "JPEG", quality=95, subsampling=1, restart_marker_blocks=row)
    jpeg = out.getvalue()
    scan = jpeg.index(b"\xff\xda")
    head = jpeg[:scan].replace(b"\xff\xdd\x00\x04" + struct.pack(">H", row), b"")
    pieces = re.split(rb"\xff[\xd0-\xd7]", jpeg[scan:-2])
    assert len(pieces) == CHART.shape[0] // 8
    pieces = pieces[:strips]
    body, places = head, []
    for piece in pieces:
        places.append(8 + len(body))
        body += piece
    height, width = CHART.shape[:2]
    tags = {256: (4, [width]), 257: (4, [height]), 258: (3, [8, 8, 8]), 259: (3, [OLD_JPEG]), 262: (3, [YCBCR])}
    tags |= {273: (4, places), 277: (3, [3]), 278: (4, [8]), 279: (4, [len(piece) for piece in pieces])}
    tags |= {512: (3, [1]), 513: (4, [8]), 514: (4, [len(head)]), 530: (3, [2, 1])}
    path.write_bytes(with_directory(body, tags | {int(tag[1:]): value for tag, value in others.items()}, Tiff()))
    return path


def test_a_scan_in_strips_behind_the_head_of_a_jpeg_is_read(tmp_path: Path) -> None:
    file = as_wang_wrote_it(tmp_path / "a.tif", 8)
    assert off(file) <= 12
    assert said(file) == []


def test_where_strips_are_missing_there_the_page_is_refused(tmp_path: Path) -> None:
    assert said(as_wang_wrote_it(tmp_path / "a.tif", 5)) == ["unreadable"]


def test_strips_there_that_cut_through_blocks_are_refused(tmp_path: Path) -> None:
    assert said(as_wang_wrote_it(tmp_path / "a.tif", 8, t278=(4, [12]))) == ["unsupported-pixels"]


def test_other_forms_are_refused_by_name(tmp_path: Path) -> None:
    for other in ({}, {513: (4, [99_999])}, {513: (4, [500])}):
        tags = {259: (3, [OLD_JPEG]), **other}
        file = write_tiff(tmp_path / "a.tif", CHART, Tiff(YCBCR, NONE, subsampling=(1, 1), tags=tags))
        assert said(file) == ["unsupported-compression"]
