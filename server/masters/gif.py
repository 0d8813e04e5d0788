"""GIF masters: what the blocks say (GIF89a), and how the first image is opened; giflib decodes its codes whole.

libnsgif, with which libvips reads GIF, shows what it has of a picture that breaks off, and says nothing. giflib does
say it, and is given the first image alone: laid on its screen and coloured it is here.
"""

import struct
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np
from imagecodecs import gif_decode

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.masters import damage
from server.masters.decoded import Samples, as_damage, image_of
from server.masters.header import MasterHeader, OpenedMaster
from server.masters.refusal import MasterRefused, master_refused

_IMAGE, _EXTENSION, _TRAILER, _CONTROL = 0x2C, 0x21, 0x3B, 0xF9
_MOST_BLOCKS = 10_000_000
_GREYS = bytes(value for value in range(256) for _ in range(3))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Sizes and places are those of the image on its screen; `data` its codes as they stand in the file."""

    left: int
    top: int
    width: int
    height: int
    interlaced: bool
    colours: bytes
    transparent: int | None
    data: bytes


def describe(file: Path) -> MasterHeader:
    with file.open("rb") as stream:
        width, height, flags = struct.unpack_from("<HHB", _bytes(stream, 13), 6)
        frame = _first_frame(stream, _colour_table(stream, flags))
        more, ended = _frames_left(stream)
    if frame.left + frame.width > width or frame.top + frame.height > height:  # browsers make the screen larger
        width, height = max(width, frame.left + frame.width), max(height, frame.top + frame.height)
    samples = 1 if frame.transparent is None else 2
    master = Master("gif", width, height, 8, samples, "palette", compression="lzw", images=1 + more)
    found: tuple[Finding, ...] = (make_finding("animated", images=1 + more),) if more else ()
    found += () if ended else damage.WITHOUT_END
    return MasterHeader(master, partial(_open, frame, (width, height)), found, decoded_whole=True)


def _open(frame: _Frame, size: tuple[int, int], *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
    numbers = _decoded(frame)
    colours = np.frombuffer(frame.colours or _GREYS, np.uint8).reshape(-1, 3)
    if numbers.max(initial=0) >= len(colours):
        raise master_refused("unreadable", reason=damage.DAMAGED)
    if not (colours[:, :1] != colours).any():
        colours = colours[:, :1]
    seen = np.ones(numbers.shape, bool) if frame.transparent is None else numbers != frame.transparent
    if (frame.width, frame.height) == size and frame.transparent is None:
        return OpenedMaster(image_of(colours[numbers]))
    screen = np.zeros((size[1], size[0], colours.shape[1] + 1), np.uint8)
    place = screen[frame.top : frame.top + frame.height, frame.left : frame.left + frame.width]
    place[..., :-1] = colours[numbers]
    place[..., -1] = seen * np.uint8(255)
    return OpenedMaster(image_of(screen))


def _decoded(frame: _Frame) -> Samples:
    """The numbers of the colours, height x width."""
    head = b"GIF89a" + struct.pack("<HHBBB", frame.width, frame.height, 0xF7, 0, 0) + _GREYS
    place = struct.pack("<BHHHHB", _IMAGE, 0, 0, frame.width, frame.height, 0x40 * frame.interlaced)
    with as_damage():
        found = gif_decode(head + place + frame.data + bytes([_TRAILER]), asrgb=False)
        numbers: Samples = found.reshape(frame.height, frame.width)
    return numbers


def _first_frame(stream: BinaryIO, colours: bytes) -> _Frame:
    transparent: int | None = None
    for _ in range(_MOST_BLOCKS):
        kind = _bytes(stream, 1)[0]
        if kind == _IMAGE:
            return replace(_frame(stream, colours), transparent=transparent)
        if kind == _TRAILER:
            raise master_refused("unreadable", reason=N_("no image in it"))
        if kind != _EXTENSION:
            continue  # stray bytes between blocks, which every reader passes over
        label = _bytes(stream, 1)[0]
        content = _sub_blocks(stream)
        if label == _CONTROL and len(content) >= 5:
            transparent = content[4] if content[1] & 1 else None
    raise master_refused("unreadable", reason=N_("its header is broken"))


def _frame(stream: BinaryIO, colours: bytes) -> _Frame:
    left, top, width, height, flags = struct.unpack("<HHHHB", _bytes(stream, 9))
    if not width or not height:
        raise master_refused("unreadable", reason=N_("0 pixels wide or high"))
    own = _colour_table(stream, flags)
    least_bits = _bytes(stream, 1)
    data = least_bits + _sub_blocks(stream) + b"\0"
    return _Frame(left, top, width, height, bool(flags & 0x40), own or colours, None, data)


def _frames_left(stream: BinaryIO) -> tuple[int, bool]:
    """How many images follow, and whether the file ends as it should."""
    frames = 0
    try:
        for _ in range(_MOST_BLOCKS):
            kind = _bytes(stream, 1)[0]
            if kind == _TRAILER:
                return frames, True
            if kind == _IMAGE:
                flags = _bytes(stream, 9)[8]
                _colour_table(stream, flags)
                frames += 1
            if kind in (_IMAGE, _EXTENSION):
                _bytes(stream, 1)
                _sub_blocks(stream)
    except MasterRefused:
        pass  # what breaks off behind the first image takes nothing from it
    return frames, False


def _colour_table(stream: BinaryIO, flags: int) -> bytes:
    return _bytes(stream, 3 << (flags & 7) + 1) if flags & 0x80 else b""


def _sub_blocks(stream: BinaryIO) -> bytes:
    """With their lengths, up to the empty one."""
    blocks = bytearray()
    while length := _bytes(stream, 1)[0]:
        blocks.append(length)
        blocks += _bytes(stream, length)
    return bytes(blocks)


def _bytes(stream: BinaryIO, length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise master_refused("truncated")
    return got
