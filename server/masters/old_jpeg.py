"""JPEG in TIFF as it was before 1995 (compression 6; TIFF 6.0 section 22).

The section is no longer to be followed (TIFF Technical Note 2 says why), and was followed in many ways. Three are read:
a whole JPEG somewhere in the file; tables and strips of coded data by themselves, which are put together to one JPEG
here; and a JPEG that ends before its scan, with the scan in the strips, as Wang's Imaging for Windows wrote it. Every
other form is refused by name.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate

from server.masters import tiff_directories as tags
from server.masters.header import VipsImage
from server.masters.joined_source import FileRange, open_joined
from server.masters.jpeg import END_OF_IMAGE, START_OF_IMAGE, frame_at
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory, read_bytes

_BASELINE = 1
_QUANTISED, _HUFFMAN, _FRAME, _RESTART, _SCAN = 0xDB, 0xC4, 0xC0, 0xDD, 0xDA
_MARK_OF_SCAN = bytes([0xFF, _SCAN])
_TABLE_BYTES, _LENGTHS_BYTES = 64, 16
_SAMPLES = (1, 3, 4)


def open_old_jpeg(directory: Directory, *, access: str, fail_on: str) -> VipsImage:
    length = directory.file.stat().st_size
    offsets, lengths = directory.numbers(tags.STRIP_OFFSETS), directory.numbers(tags.STRIP_LENGTHS)
    start = directory.first(tags.JPEG_OFFSET, 0)
    end = start + directory.first(tags.JPEG_LENGTH, 0)
    opened = partial(open_joined, access=access, fail_on=fail_on, unlimited=True)
    begun = _begun(directory, start, end) if start < end <= length else None
    if not _is_whole(directory, start) and len(offsets) == 1 and _is_whole(directory, offsets[0]):
        start, end = offsets[0], 0
    if begun is None and _is_whole(directory, start):
        end = end if start < end <= length else length
        return opened(FileRange(directory.file, start, end))
    header = begun or _header(directory)
    if header is None or not offsets or len(offsets) != len(lengths):
        raise master_refused("unsupported-compression", compression="old-style JPEG")
    if any(offset + count > length for offset, count in zip(offsets, lengths, strict=True)):
        raise master_refused("truncated")
    strips = [FileRange(directory.file, at, at + count) for at, count in zip(offsets, lengths, strict=True)]
    joined = _Strips(_with_marks(strips) if begun is not None else strips)
    return opened(joined, before=header, behind=END_OF_IMAGE)


def _is_whole(directory: Directory, offset: int) -> bool:
    frame = frame_at(directory.file, offset) if offset else None
    return frame is not None and (frame.width, frame.height) == directory.size


def _begun(directory: Directory, start: int, end: int) -> bytes | None:
    """All up to the scan, with which the first strip begins; each strip is an interval of its own (B.2.4.4)."""
    frame = frame_at(directory.file, start) if _is_whole(directory, start) else None
    content = _read(directory, start, end - start)
    if frame is None or _MARK_OF_SCAN in content:
        return None
    offsets, rows = directory.numbers(tags.STRIP_OFFSETS), directory.first(tags.ROWS_PER_STRIP, frame.height)
    across, down = (8 * samples for samples in frame.sampling)
    blocks = -(-frame.width // max(across, 1)) * (rows // max(down, 1))
    is_cut_between_blocks = len(offsets) == 1 or (down and rows % down == 0 and 0 < blocks < 65_536)
    if not offsets or not is_cut_between_blocks or _read(directory, offsets[0], 2) != _MARK_OF_SCAN:
        return None
    return content + (_segment(_RESTART, struct.pack(">H", blocks)) if len(offsets) > 1 else b"")


def _with_marks(strips: Sequence[FileRange]) -> Iterator["FileRange | _Mark"]:
    """Between two strips the mark of a restart, which Wang's programs left out."""
    for number, strip in enumerate(strips):
        if number:
            yield _Mark(bytes([0xFF, 0xD0 + (number - 1) % 8]))
        yield strip


def _header(directory: Directory) -> bytes | None:
    """All that stands before the coded data; None where the tags do not say it."""
    width, height = directory.size
    samples = directory.first(tags.SAMPLES, 1)
    quantised, dc, ac = (directory.numbers(tag)[:samples] for tag in (tags.JPEG_QUANTISED, tags.JPEG_DC, tags.JPEG_AC))
    is_baseline = directory.first(tags.JPEG_PROCESS, 0) == _BASELINE
    if not is_baseline or samples not in _SAMPLES or not len(quantised) == len(dc) == len(ac) == samples:
        return None
    if not 0 < width < 65_536 or not 0 < height < 65_536 or directory.tiled:
        return None
    across, down = (*directory.numbers(tags.SUBSAMPLING), 2, 2)[:2] if samples == 3 else (1, 1)
    numbers = range(samples)
    sampling = [across << 4 | down if number == 0 else 0x11 for number in numbers]
    frame = b"".join(bytes([number + 1, sampling[number], number]) for number in numbers)
    scan = b"".join(bytes([number + 1, number << 4 | number]) for number in numbers)
    restart = directory.first(tags.JPEG_RESTART, 0)
    return b"".join(
        [
            START_OF_IMAGE,
            *(_segment(_QUANTISED, bytes([at]) + _read(directory, quantised[at], _TABLE_BYTES)) for at in numbers),
            _segment(_FRAME, struct.pack(">BHHB", 8, height, width, samples) + frame),
            *(_segment(_HUFFMAN, bytes([at]) + _codes(directory, dc[at])) for at in numbers),
            *(_segment(_HUFFMAN, bytes([0x10 | at]) + _codes(directory, ac[at])) for at in numbers),
            _segment(_RESTART, struct.pack(">H", restart)) if 0 < restart < 65_536 else b"",
            _segment(_SCAN, bytes([samples]) + scan + b"\0\x3f\0"),
        ]
    )


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(content)) + content


def _codes(directory: Directory, offset: int) -> bytes:
    """How many codes there are of each length, and what they stand for."""
    lengths = _read(directory, offset, _LENGTHS_BYTES)
    return lengths + _read(directory, offset + _LENGTHS_BYTES, sum(lengths))


def _read(directory: Directory, offset: int, length: int) -> bytes:
    with directory.file.open("rb") as stream:
        return read_bytes(stream, offset, length)


class _Mark:
    """Bytes that stand in no file, as a range of bytes."""

    def __init__(self, content: bytes) -> None:
        self._content, self.length = content, len(content)

    def read_into(self, buffer: memoryview, position: int) -> int:
        part = self._content[position : position + len(buffer)]
        buffer[: len(part)] = part
        return len(part)


class _Strips:
    """Strips one behind the other, as a range of bytes."""

    def __init__(self, strips: Iterable[FileRange | _Mark]) -> None:
        self._strips = list(strips)
        *self._starts, self.length = accumulate((strip.length for strip in self._strips), initial=0)

    def read_into(self, buffer: memoryview, position: int) -> int:
        number = bisect_right(self._starts, position) - 1
        within = position - self._starts[number]
        return self._strips[number].read_into(buffer[: self._strips[number].length - within], within)
