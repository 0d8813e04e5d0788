"""A TIFF laid out in every way that the readers must know: strips, tiles, planes, byte orders, compressions, tags.

`write_tiff` takes samples (height x width x samples) as they stand in the file, so that a test says what they mean.
"""

import io
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyvips
import tifffile
from PIL import Image

Samples: TypeAlias = np.ndarray[Any, Any]
Entry: TypeAlias = tuple[int, Sequence[int]]
"""TIFF's number of the type, and the numbers."""

LETTERS = {1: "B", 2: "B", 3: "H", 4: "I", 5: "I", 7: "B", 8: "h", 9: "i", 10: "i", 11: "f", 12: "d", 16: "Q"}
NONE, FAX4, LZW, JPEG, DEFLATE, PACKBITS = 1, 4, 5, 7, 8, 32773
GREY, RGB, PALETTE, CMYK, YCBCR, LAB = 1, 2, 3, 5, 6, 8

TURNED = bytes(int(f"{number:08b}"[::-1], 2) for number in range(256))
"""Each byte with its bits in the other order."""


@dataclass(frozen=True)
class Tiff:
    """How to lay a file out; `tags` are put in at the end, over what stands there already; None takes one away."""

    photometric: int = RGB
    compression: int = NONE
    order: str = "<"
    big: bool = False
    tile: tuple[int, int] | None = None
    rows: int | None = None
    planes: bool = False
    subsampling: tuple[int, int] | None = None
    bits: int | None = None
    tags: Mapping[int, Entry | None] = field(default_factory=dict)
    quality: int = 95
    coder: Callable[[Samples], bytes] | None = None
    """Makes the bytes of a piece of its samples, where this file's own do not."""
    low_bit_first: bool = False
    """FillOrder 2, of the bytes as they are compressed (libtiff has it so, and TIFF 6.0 does not say)."""


def write_tiff(path: Path, samples: Samples, tiff: Tiff) -> Path:
    samples = samples[:, :, None] if samples.ndim == 2 else samples
    pieces = [encoded(piece, tiff) for piece in cut(samples, tiff)]
    if tiff.low_bit_first:
        pieces = [piece.translate(TURNED) for piece in pieces]
    head = 16 if tiff.big else 8
    offsets = [head + sum(len(piece) for piece in pieces[:at]) for at in range(len(pieces))]
    lengths = [len(piece) for piece in pieces]
    body = b"".join(pieces)
    entries = {
        tag: entry for tag, entry in {**entries_of(samples, tiff, offsets, lengths), **tiff.tags}.items() if entry
    }
    path.write_bytes(with_directory(body, entries, tiff))
    return path


def with_directory(body: bytes, entries: Mapping[int, Entry], tiff: Tiff) -> bytes:
    order, long, inline = tiff.order, "Q" if tiff.big else "I", 8 if tiff.big else 4
    head_length = 16 if tiff.big else 8
    body += b"\0" * (-len(body) % 8)
    directory, beyond = b"", b""
    start = head_length + len(body)
    after = start + (8 if tiff.big else 2) + len(entries) * (20 if tiff.big else 12) + inline
    for tag, (kind, numbers) in sorted(entries.items()):
        value = struct.pack(f"{order}{len(numbers)}{LETTERS[kind]}", *numbers)
        count = len(numbers) // (2 if kind in (5, 10) else 1)
        if len(value) > inline:
            place = struct.pack(f"{order}{long}", after + len(beyond))
            beyond += value.ljust(-(-len(value) // 8) * 8, b"\0")
            value = place
        directory += struct.pack(f"{order}HH{long}", tag, kind, count) + value.ljust(inline, b"\0")
    mark = b"II" if order == "<" else b"MM"
    if tiff.big:
        head = mark + struct.pack(f"{order}HHHQ", 43, 8, 0, start)
    else:
        head = mark + struct.pack(f"{order}HI", 42, start)
    count = struct.pack(f"{order}{'Q' if tiff.big else 'H'}", len(entries))
    return head + body + count + directory + bytes(inline) + beyond


def entries_of(samples: Samples, tiff: Tiff, offsets: Sequence[int], lengths: Sequence[int]) -> dict[int, Entry | None]:
    height, width, count = samples.shape
    long = 16 if tiff.big else 4
    entries: dict[int, Entry | None] = {
        256: (4, [width]),
        257: (4, [height]),
        258: (3, [tiff.bits or samples.itemsize * 8] * count),
        259: (3, [tiff.compression]),
        262: (3, [tiff.photometric]),
        277: (3, [count]),
        284: (3, [2 if tiff.planes else 1]),
    }
    if tiff.tile:
        entries |= {322: (4, [tiff.tile[0]]), 323: (4, [tiff.tile[1]]), 324: (long, offsets), 325: (long, lengths)}
    else:
        entries |= {273: (long, offsets), 278: (4, [tiff.rows or height]), 279: (long, lengths)}
    if tiff.low_bit_first:
        entries[266] = (3, [2])
    if tiff.subsampling:
        entries[530] = (3, tiff.subsampling)
    return entries


def cut(samples: Samples, tiff: Tiff) -> list[Samples]:
    height, width, count = samples.shape
    parts = [samples[:, :, at : at + 1] for at in range(count)] if tiff.planes else [samples]
    across, down = tiff.tile or (width, tiff.rows or height)
    pieces = []
    for part in parts:
        for y in range(0, height, down):
            for x in range(0, width, across):
                piece = part[y : y + down, x : x + across]
                if tiff.tile:
                    missing = (0, down - piece.shape[0]), (0, across - piece.shape[1]), (0, 0)
                    piece = np.pad(piece, missing, mode="edge")
                pieces.append(piece)
    return pieces


def encoded(piece: Samples, tiff: Tiff) -> bytes:
    if tiff.coder is not None:
        return tiff.coder(piece)
    if tiff.compression == JPEG:
        return as_jpeg(piece, tiff)
    raw = in_units(piece, *tiff.subsampling) if tiff.subsampling and tiff.subsampling != (1, 1) else packed(piece, tiff)
    if tiff.compression == FAX4:
        return fax4(piece)
    return {NONE: bytes, LZW: lzw, DEFLATE: zlib.compress, PACKBITS: packbits}[tiff.compression](raw)


def packed(piece: Samples, tiff: Tiff) -> bytes:
    if tiff.bits == 24:
        four = piece.astype("<u4" if tiff.order == "<" else ">u4").view(np.uint8).reshape(-1, 4)
        return (four[:, :3] if tiff.order == "<" else four[:, 1:]).tobytes()
    if tiff.bits and tiff.bits not in (8, 16, 32, 64):
        shifts = np.arange(tiff.bits - 1, -1, -1)
        bits = (piece.reshape(len(piece), -1)[:, :, None] >> shifts & 1).reshape(len(piece), -1)
        return np.packbits(bits.astype(np.uint8), axis=1).tobytes()
    return piece.astype(piece.dtype.newbyteorder(tiff.order)).tobytes()


def in_units(piece: Samples, across: int, down: int) -> bytes:
    """Subsampled YCbCr (TIFF 6.0 section 21): some Y, then the one Cb and Cr of their block."""
    height, width, _ = piece.shape
    whole = np.pad(piece, ((0, -height % down), (0, -width % across), (0, 0)), mode="edge")
    rows, columns = whole.shape[0] // down, whole.shape[1] // across
    blocks = whole.reshape(rows, down, columns, across, 3).transpose(0, 2, 1, 3, 4)
    luma = blocks[..., 0].reshape(rows, columns, down * across)
    chroma = blocks[..., 1:].reshape(rows, columns, -1, 2).astype(float).mean(axis=2).round().astype(np.uint8)
    return np.concatenate([luma, chroma], axis=2).tobytes()


def as_jpeg(piece: Samples, tiff: Tiff) -> bytes:
    out = io.BytesIO()
    if piece.shape[2] == 1:
        Image.fromarray(piece[:, :, 0]).save(out, "JPEG", quality=tiff.quality)
    elif tiff.photometric == YCBCR:
        subsampling = {None: 0, (1, 1): 0, (2, 1): 1, (2, 2): 2}[tiff.subsampling]
        Image.fromarray(piece).save(out, "JPEG", quality=tiff.quality, subsampling=subsampling)
    else:
        Image.fromarray(piece).save(out, "JPEG", quality=tiff.quality, keep_rgb=True, subsampling=0)
    return out.getvalue()


def fax4(piece: Samples) -> bytes:
    """Of samples of one bit, where 0 is black; libvips has the encoder."""
    image = pyvips.Image.new_from_array(piece[:, :, 0] * 255).copy(interpretation="b-w")
    stored = image.tiffsave_buffer(compression="ccittfax4", bitdepth=1, tile_height=len(piece))
    with tifffile.TiffFile(io.BytesIO(stored)) as file:
        page = file.pages.first
        return b"".join(stored[at : at + n] for at, n in zip(page.dataoffsets, page.databytecounts, strict=True))


def lzw(raw: bytes) -> bytes:
    """Every byte for itself: the table is cleared before it grows to ten bits."""
    codes = [code for at in range(0, len(raw), 200) for code in (256, *raw[at : at + 200])] + [257]
    bits = "".join(f"{code:09b}" for code in codes)
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def packbits(raw: bytes) -> bytes:
    return b"".join(bytes([len(raw[at : at + 128]) - 1]) + raw[at : at + 128] for at in range(0, len(raw), 128))


def ycbcr(rgb: Samples) -> Samples:
    """Full range, with the numbers of Rec. 601, as TIFF has it where it says nothing else."""
    r, g, b = (rgb[..., at].astype(float) for at in range(3))
    y = 0.299 * r + 0.587 * g + 0.114 * b
    return np.stack([y, (b - y) / 1.772 + 128, (r - y) / 1.402 + 128], axis=-1).round().clip(0, 255).astype(np.uint8)
