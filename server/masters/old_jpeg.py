"""JPEG in TIFF as it was before 1995 (compression 6; TIFF 6.0 section 22), where a whole JPEG stands in the file.

The section is no longer to be followed (TIFF Technical Note 2 says why), and its other forms are refused by name.
"""

from server.masters import tiff_directories as tags
from server.masters.header import VipsImage
from server.masters.joined_source import FileRange, open_joined
from server.masters.jpeg import frame_at
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory


def open_old_jpeg(directory: Directory, *, access: str, fail_on: str) -> VipsImage:
    start = directory.first(tags.JPEG_OFFSET, 0)
    end = start + directory.first(tags.JPEG_LENGTH, 0)
    frame = frame_at(directory.file, start) if start else None
    if frame is None or (frame.width, frame.height) != directory.size:
        raise master_refused("unsupported-compression", compression="old-style JPEG")
    length = directory.file.stat().st_size
    end = end if start < end <= length else length
    return open_joined(FileRange(directory.file, start, end), access=access, fail_on=fail_on, unlimited=True)
