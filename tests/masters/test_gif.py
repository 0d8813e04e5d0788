"""GIF: its first image on its screen, in its colours, whole or refused."""

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.masters.chart import CHART, COLOURS, ENTRIES, GREYS, PALETTE, STEPS, off, said, seen
from tests.masters.samples import gif

TABLE = (PALETTE // 257).T.astype(np.uint8)[:256]
WIDTH, HEIGHT = ENTRIES.shape[1], ENTRIES.shape[0]


def codes(numbers: Sequence[int], *, end: bool = True) -> bytes:
    """Every number for itself: the table is cleared before it grows to ten bits. In blocks of 255 bytes."""
    every = [code for at in range(0, len(numbers), 200) for code in (256, *numbers[at : at + 200])] + [257] * end
    bits = "".join(f"{code:09b}"[::-1] for code in every)
    packed = bytes(int(bits[at : at + 8].ljust(8, "0")[::-1], 2) for at in range(0, len(bits), 8))
    blocks = [packed[at : at + 255] for at in range(0, len(packed), 255)]
    return b"\x08" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


def written(
    path: Path,
    data: bytes,
    *,
    screen: tuple[int, int] = (WIDTH, HEIGHT),
    place: tuple[int, int] = (0, 0),
    before: bytes = b"",
    flags: int = 0,
    end: bytes = b"\x3b",
) -> Path:
    head = b"GIF89a" + struct.pack("<HHBBB", *screen, 0xF7, 0, 0) + TABLE.tobytes()
    path.write_bytes(head + before + struct.pack("<BHHHHB", 0x2C, *place, WIDTH, HEIGHT, flags) + data + end)
    return path


WHOLE = codes(ENTRIES.ravel().tolist())


def test_the_chart_is_seen(tmp_path: Path) -> None:
    assert off(written(tmp_path / "a.gif", WHOLE)) == 0
    assert off(gif(tmp_path / "b.gif", CHART)) == 0


def test_a_palette_of_greys_is_grey(tmp_path: Path) -> None:
    Image.fromarray(GREYS).save(tmp_path / "a.gif")
    assert off(tmp_path / "a.gif", STEPS) == 0
    assert seen(tmp_path / "a.gif")[0].shape[2] == 1


def test_rows_may_come_interlaced(tmp_path: Path) -> None:
    order = [*range(0, HEIGHT, 8), *range(4, HEIGHT, 8), *range(2, HEIGHT, 4), *range(1, HEIGHT, 2)]
    file = written(tmp_path / "a.gif", codes(ENTRIES[order].ravel().tolist()), flags=0x40)
    assert off(file) == 0


def test_what_is_transparent_and_what_lies_beside_the_image_is_white(tmp_path: Path) -> None:
    control = b"\x21\xf9\x04\x01\0\0" + bytes([7]) + b"\0"
    file = written(tmp_path / "a.gif", WHOLE, before=control, screen=(WIDTH + 10, HEIGHT + 6), place=(10, 6))
    pixels, decoded = seen(file)
    assert pixels.shape == (HEIGHT + 6, WIDTH + 10, 3)
    assert (pixels[:6] == 255).all()
    assert (pixels[:, :10] == 255).all()
    assert (pixels[6:, 10:][ENTRIES == 7] == 255).all()
    assert (pixels[6:, 10:][ENTRIES == 3] == COLOURS.reshape(-1, 3)[3]).all()
    assert decoded.master.samples == 2


def test_a_screen_smaller_than_its_image_is_made_larger(tmp_path: Path) -> None:
    assert off(written(tmp_path / "a.gif", WHOLE, screen=(3, 3))) == 0


def test_of_an_animation_the_first_image_is_the_page_and_it_is_said(tmp_path: Path) -> None:
    Image.fromarray(CHART).save(tmp_path / "a.gif", save_all=True, append_images=[Image.fromarray(CHART[::-1])])
    assert off(tmp_path / "a.gif") == 0
    assert said(tmp_path / "a.gif") == ["animated"]


@pytest.mark.parametrize("end", [True, False])
def test_an_image_with_too_few_codes_is_refused(tmp_path: Path, end: bool) -> None:
    half = codes(ENTRIES.ravel().tolist()[: WIDTH * HEIGHT // 2], end=end)
    assert said(written(tmp_path / "a.gif", half)) == ["unreadable"]


def test_a_missing_mark_at_the_end_is_said(tmp_path: Path) -> None:
    file = written(tmp_path / "a.gif", WHOLE, end=b"")
    assert off(file) == 0
    assert said(file) == ["odd-data"]


def test_an_end_before_any_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(b"GIF89a" + struct.pack("<HHBBB", 9, 9, 0, 0, 0) + b"\x3b")
    assert said(tmp_path / "a.gif") == ["unreadable"]


def test_a_number_beyond_the_palette_is_refused(tmp_path: Path) -> None:
    few = b"GIF89a" + struct.pack("<HHBBB", WIDTH, HEIGHT, 0xF1, 0, 0) + TABLE[:4].tobytes()
    image = struct.pack("<BHHHHB", 0x2C, 0, 0, WIDTH, HEIGHT, 0) + WHOLE + b"\x3b"
    (tmp_path / "a.gif").write_bytes(few + image)
    assert said(tmp_path / "a.gif") == ["unreadable"]
