"""What is wrong with the JPEG strips or tiles of a TIFF, each asked of libjpeg by itself (TIFF Technical Note 2).

That libtiff warns is known, but not of what, and some of it is of no consequence: scans in several steps, for one. Each
piece is a JPEG once the tables that all share stand before it, so its faults mean here what they mean in a JPEG file.
Asked only where decoding the whole stumbled; but whether data is left over is asked of tiles always, since libvips
decodes those by itself and leaves each behind its last row. Nothing here gives pixels.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from manifests.model import Finding
from server.masters import damage
from server.masters import tiff_directories as tags
from server.masters.damage import STRICT, Complaint, attempt
from server.masters.joined_source import FileRange, open_joined
from server.masters.jpeg import END_OF_IMAGE, PROGRESSIVE, START_OF_IMAGE, Frame, frame_at
from server.masters.jpeg_rest import WatchedJpeg
from server.masters.jpeg_scans import has_all_scans
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory
from server.masters.tiff_layout import Layout


def faults_of_pieces(directory: Directory, layout: Layout) -> Sequence[Finding]:
    """The first thing to say of pieces that are taken in all the same; MasterRefused where one of them is not."""
    tables = _tables(directory)
    said = [fault for number in range(len(layout.offsets)) for fault in _faults(directory, layout, number, tables)]
    return said[:1]


def check_for_rests(directory: Directory, layout: Layout) -> None:
    """Complaint where data of a piece is left over behind its last row; other faults are not looked for."""
    tables = _tables(directory)
    for number in range(len(layout.offsets)):
        content = _content(directory, layout, number)
        try:
            attempt(partial(_decode, content, START_OF_IMAGE + tables), STRICT)
        except Complaint as complaint:
            if complaint.finished:
                raise


def _tables(directory: Directory) -> bytes:
    return directory.raw(tags.JPEG_TABLES).removeprefix(START_OF_IMAGE).removesuffix(END_OF_IMAGE)


def _content(directory: Directory, layout: Layout, number: int) -> FileRange:
    """A piece behind the mark at its start."""
    start, end = layout.offsets[number] + len(START_OF_IMAGE), layout.offsets[number] + layout.lengths[number]
    return FileRange(directory.file, start, end)


def _faults(directory: Directory, layout: Layout, number: int, tables: bytes) -> Iterator[Finding]:
    frame = frame_at(directory.file, layout.offsets[number])
    if frame is None or not _is_filled(layout, number, frame):  # the rest would hold whatever the memory held
        raise master_refused("unreadable", reason=damage.DAMAGED)
    content = _content(directory, layout, number)
    yield from _complaints(content, START_OF_IMAGE + tables)
    if frame.marker == PROGRESSIVE and not has_all_scans(content.read(0, content.length)):
        yield from damage.WITHOUT_SCANS


def _complaints(content: FileRange, before: bytes) -> Sequence[Finding]:
    try:
        attempt(lambda: _decode(content, before), STRICT)
    except Complaint as complaint:
        said = complaint
    else:
        return ()
    if not said.lacks_the_end:
        return damage.remarks(said, "jpeg")
    try:
        attempt(lambda: _decode(content, before, END_OF_IMAGE), STRICT)
    except Complaint as complaint:
        raise damage.refusal(said) from complaint
    return damage.WITHOUT_END


def _decode(content: FileRange, before: bytes, behind: bytes = b"") -> None:
    watched = WatchedJpeg(content)
    open_joined(watched, before=before, behind=behind, access="sequential", fail_on=STRICT, unlimited=True).avg()
    watched.check()


def _is_filled(layout: Layout, number: int, frame: Frame) -> bool:
    """As far as the page reaches; planes of colour may be smaller than the first."""
    row, column = divmod(number, layout.columns)
    across = min(layout.across, layout.width - column * layout.across)
    down = min(layout.down, layout.height - row * layout.down)
    return frame.width >= across and frame.height >= down
