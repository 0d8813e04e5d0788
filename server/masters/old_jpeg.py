"""JPEG in TIFF as it was before 1995 (compression 6; TIFF 6.0 section 22), where a whole JPEG stands in the file.

The section is no longer to be followed (TIFF Technical Note 2 says why), and its other forms are refused by name.
"""

from server.masters import tiff_directories as tags
from server.masters.header import VipsImage
from server.masters.joined_source import FileRange, open_joined
from server.masters.jpeg import frame_of
from server.masters.refusal import MasterRefused, master_refused
from server.masters.tiff_directories import Directory


def open_old_jpeg(directory: Directory, *, access: str, fail_on: str) -> VipsImage:
    start = directory.first(tags.JPEG_OFFSET, 0)
    end = start + directory.first(tags.JPEG_LENGTH, 0)
    if not start or not _is_the_page(directory, start):
        raise master_refused("unsupported-compression", compression="old-style JPEG")
    length = directory.file.stat().st_size
    end = end if start < end <= length else length
    return open_joined(FileRange(directory.file, start, end), access=access, fail_on=fail_on, unlimited=True)


def _is_the_page(directory: Directory, start: int) -> bool:
    with directory.file.open("rb") as stream:
        stream.seek(start)
        if stream.read(2) != b"\xff\xd8":
            return False
        try:
            frame = frame_of(stream)
        except MasterRefused:
            return False
    return (frame.width, frame.height) == directory.size
