"""BMP of every header, depth, mask and order of rows; of runs too."""

import struct
from pathlib import Path

import numpy as np
import pytest

from tests import profiles
from tests.masters.chart import (
    ALPHA,
    CHART,
    COLOURS,
    ENTRIES,
    GREYS,
    PALETTE,
    STEPS,
    Samples,
    off,
    on_white,
    said,
    seen,
)
from tests.masters.test_colour import VISIBLE, by_littlecms, mean_difference

TABLE = (PALETTE // 257).T.astype(np.uint8)[:256]
HEIGHT, WIDTH = CHART.shape[:2]
BGR = np.ascontiguousarray(CHART[:, :, ::-1])


def packed(numbers: Samples, bits: int) -> list[bytes]:
    """Rows of numbers, each filled up to four bytes."""
    if bits >= 8:
        rows = [row.astype(f"<u{bits // 8}").tobytes() for row in numbers]
    else:
        shifts = np.arange(bits - 1, -1, -1)
        rows = [np.packbits((row[:, None] >> shifts & 1).ravel().astype(np.uint8)).tobytes() for row in numbers]
    return [row + bytes(-len(row) % 4) for row in rows]


def colours(table: Samples, each: int = 4) -> bytes:
    return b"".join(bytes([blue, green, red, 0][:each]) for red, green, blue in table.tolist())


def bmp(
    path: Path,
    rows: list[bytes],
    bits: int,
    *,
    size: int = 40,
    from_below: bool = True,
    compression: int = 0,
    header: bytes = b"",
    between: bytes = b"",
    used: int = 0,
    width: int = WIDTH,
    behind: bytes = b"",
) -> Path:
    """`header` is what stands in it behind the first 40 bytes, `between` behind it: masks or a palette."""
    body = b"".join(reversed(rows) if from_below else rows)
    height = len(rows) if from_below else -len(rows)
    if size == 12:
        head = struct.pack("<IHhHH", 12, width, height, 1, bits)
    else:
        head = struct.pack("<IiiHHIIiiII", size, width, height, 1, bits, compression, len(body), 11811, 11811, used, 0)
        head = (head[: min(size, 40)] + header).ljust(size, b"\0")
    start = 14 + len(head) + len(between)
    path.write_bytes(struct.pack("<2sIII", b"BM", start + len(body), 0, start) + head + between + body + behind)
    return path


RGB_ROWS = [row.tobytes() + bytes(-WIDTH * 3 % 4) for row in BGR]


@pytest.mark.parametrize("from_below", [True, False])
@pytest.mark.parametrize("size", [12, 40, 52, 56, 64, 108, 124])
def test_every_header_is_read_and_both_orders_of_rows(tmp_path: Path, size: int, from_below: bool) -> None:
    file = bmp(tmp_path / "a.bmp", RGB_ROWS, 24, size=size, from_below=from_below)
    assert off(file) == 0
    assert seen(file)[1].master.ppi == (None if size == 12 else pytest.approx(300, abs=0.1))


@pytest.mark.parametrize("size", [12, 40])
@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_a_palette_is_looked_up(tmp_path: Path, bits: int, size: int) -> None:
    numbers, table = ENTRIES.astype(int) % (1 << bits), TABLE[: 1 << bits]
    file = bmp(
        tmp_path / "a.bmp", packed(numbers, bits), bits, size=size, between=colours(table, 3 if size == 12 else 4)
    )
    patches = np.arange(24).reshape(4, 6) % (1 << bits)
    assert off(file, COLOURS.reshape(-1, 3)[patches]) == 0


def test_a_palette_may_be_short(tmp_path: Path) -> None:
    file = bmp(tmp_path / "a.bmp", packed(ENTRIES, 8), 8, between=colours(TABLE[:24]), used=24)
    assert off(file) == 0


def test_a_palette_of_greys_is_grey(tmp_path: Path) -> None:
    greys = np.stack([np.arange(256)] * 3, axis=1).astype(np.uint8)
    file = bmp(tmp_path / "a.bmp", packed(GREYS, 8), 8, between=colours(greys))
    assert off(file, STEPS) == 0
    assert seen(file)[0].shape[2] == 1
    one_bit = bmp(tmp_path / "b.bmp", packed(GREYS >> 7, 1), 1, between=colours(greys[[0, 255]]))
    assert off(one_bit, (STEPS >> 7) * 255) == 0


def in_masks(picture: Samples, masks: tuple[int, ...], bits: int) -> list[bytes]:
    numbers = np.zeros(picture.shape[:2], np.uint32)
    for band, mask in enumerate(masks):
        shift = (mask & -mask).bit_length() - 1
        most = mask >> shift
        numbers |= ((picture[..., band].astype(np.uint64) * most + 127) // 255).astype(np.uint32) << shift
    return packed(numbers, bits)


MASKS = {
    "5-5-5": (16, (0x7C00, 0x3E0, 0x1F), 5),
    "5-6-5": (16, (0xF800, 0x7E0, 0x1F), 5),
    "8-8-8": (32, (0xFF0000, 0xFF00, 0xFF), 8),
    "red last": (32, (0xFF, 0xFF00, 0xFF0000), 8),
    "10-10-10": (32, (0x3FF00000, 0xFFC00, 0x3FF), 8),
}


@pytest.mark.parametrize("name", MASKS)
@pytest.mark.parametrize("size", [40, 56, 124])
def test_masks_say_which_bits_are_which_colour(tmp_path: Path, name: str, size: int) -> None:
    bits, masks, kept = MASKS[name]
    told = struct.pack("<3I", *masks)
    where = {"between": told} if size == 40 else {"header": told}
    file = bmp(tmp_path / "a.bmp", in_masks(CHART, masks, bits), bits, size=size, compression=3, **where)
    assert off(file) <= 255 / (1 << kept)


@pytest.mark.parametrize("bits", [16, 32])
def test_without_masks_there_are_usual_ones(tmp_path: Path, bits: int) -> None:
    masks = {16: (0x7C00, 0x3E0, 0x1F), 32: (0xFF0000, 0xFF00, 0xFF)}[bits]
    file = bmp(tmp_path / "a.bmp", in_masks(CHART, masks, bits), bits)
    assert off(file) <= (8 if bits == 16 else 0)


def test_transparency_is_seen_unless_all_would_be_invisible(tmp_path: Path) -> None:
    masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    told = struct.pack("<4I", *masks)
    rows = in_masks(np.dstack([CHART, ALPHA]), masks, 32)
    file = bmp(tmp_path / "a.bmp", rows, 32, size=124, compression=3, header=told)
    assert off(file, on_white(COLOURS)) <= 1
    rows = in_masks(np.dstack([CHART, ALPHA * 0]), masks, 32)
    assert off(bmp(tmp_path / "a.bmp", rows, 32, size=124, compression=3, header=told)) == 0


def test_an_embedded_profile_is_used(tmp_path: Path) -> None:
    profile = profiles.adobe_rgb_profile()
    header = (
        struct.pack("<4I", 0, 0, 0, 0)
        + b"DEBM"
        + bytes(48)
        + struct.pack("<3I", 0, 124 + len(b"".join(RGB_ROWS)), len(profile))
    )
    file = bmp(tmp_path / "a.bmp", RGB_ROWS, 24, size=124, header=header, behind=profile)
    found, decoded = seen(file)
    assert decoded.master.profile == "Wide green (test)"
    assert mean_difference(found, by_littlecms(CHART, "RGB", profile)) <= VISIBLE


def runs(numbers: Samples, bits: int) -> list[bytes]:
    """Each row in runs of what is equal, and every third one as it is."""
    rows = []
    for at, row in enumerate(numbers.tolist()):
        row_bytes = bytearray()
        for start in range(0, len(row), 16):
            part = row[start : start + 16]
            if at % 3:
                row_bytes += bytes([len(part), part[0] * 17 if bits == 4 else part[0]])
            else:
                data = (
                    bytes(part) if bits == 8 else bytes(a << 4 | b for a, b in zip(part[::2], part[1::2], strict=True))
                )
                row_bytes += bytes([0, len(part)]) + data + bytes(len(data) % 2)
        rows.append(bytes(row_bytes) + b"\0\0")
    return rows


@pytest.mark.parametrize(("bits", "compression"), [(8, 1), (4, 2)])
def test_runs_are_unpacked(tmp_path: Path, bits: int, compression: int) -> None:
    numbers, table = ENTRIES.astype(int) % (1 << bits), TABLE[: 1 << bits]
    rows = runs(numbers, bits)
    file = bmp(tmp_path / "a.bmp", rows, bits, compression=compression, between=colours(table), behind=b"\0\1")
    patches = np.arange(24).reshape(4, 6) % (1 << bits)
    assert off(file, COLOURS.reshape(-1, 3)[patches]) == 0
    cut = bmp(tmp_path / "a.bmp", rows[:30], bits, compression=compression, between=colours(table))
    content = bytearray(cut.read_bytes())
    content[22:26] = struct.pack("<i", HEIGHT)
    cut.write_bytes(content)
    assert said(cut) == ["truncated"]


def test_runs_may_move_on_and_end_early(tmp_path: Path) -> None:
    moved = bytes([0, 2, 5, 3]) + bytes([4, 9]) + b"\0\1"
    file = bmp(tmp_path / "a.bmp", [moved, *[b""] * (HEIGHT - 1)], 8, compression=1, between=colours(TABLE))
    pixels, _ = seen(file)
    assert (pixels[HEIGHT - 4, 5:9] == COLOURS.reshape(-1, 3)[9]).all()
    assert (pixels[HEIGHT - 4, 9:] == COLOURS.reshape(-1, 3)[0]).all()


def test_a_run_beyond_its_row_is_cut(tmp_path: Path) -> None:
    rows = [bytes([255, 9]) + b"\0\0"] * HEIGHT
    file = bmp(tmp_path / "a.bmp", rows, 8, compression=1, between=colours(TABLE))
    assert (seen(file)[0] == COLOURS.reshape(-1, 3)[9]).all()


@pytest.mark.parametrize(("compression", "name"), [(4, "JPEG"), (5, "PNG"), (11, "11")])
def test_what_is_no_bitmap_inside_is_named(tmp_path: Path, compression: int, name: str) -> None:
    file = bmp(tmp_path / "a.bmp", RGB_ROWS, 24, compression=compression)
    assert said(file) == ["unsupported-compression"]
    with pytest.raises(Exception, match=name):
        seen(file)


def test_headers_that_lie_are_refused(tmp_path: Path) -> None:
    whole = bmp(tmp_path / "a.bmp", RGB_ROWS, 24).read_bytes()
    for at, value, code in ((18, 0, "unreadable"), (22, 0, "unreadable"), (28, 7, "unsupported-pixels")):
        (tmp_path / "a.bmp").write_bytes(whole[:at] + struct.pack("<H", value) + whole[at + 2 :])
        assert said(tmp_path / "a.bmp") == [code]


def test_the_last_row_need_not_be_filled_up(tmp_path: Path) -> None:
    rows = [row[: 95 * 3] + bytes(3) for row in RGB_ROWS]
    file = bmp(tmp_path / "a.bmp", rows, 24, width=95)
    file.write_bytes(file.read_bytes()[:-3])
    assert said(file) == []
    file.write_bytes(file.read_bytes()[:-1])
    assert said(file) == ["truncated"]
