"""The kinds of page file: one row a format, read by the folder walk, the image side and the tests.

A page file is known by its extension, then by its first bytes. A row that is not taken yet stands here so that its
files are refused by name instead of being passed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

RAW = "raw"
"""The row of what cameras measured, which is no picture yet: refused for good."""


@dataclass(frozen=True, slots=True)
class MasterFormat:
    """`magic` is matched at the start of the file; `taken` says whether pages of this format are taken in today."""

    name: str
    title: str
    extensions: tuple[str, ...]
    magic: re.Pattern[bytes]
    taken: bool


MASTER_FORMATS: tuple[MasterFormat, ...] = (
    MasterFormat("tiff", "TIFF", (".tif", ".tiff"), re.compile(rb"II[*+]\x00|MM\x00[*+]"), True),
    MasterFormat(
        "jp2",
        "JPEG 2000",
        (".jp2", ".jpx", ".j2k", ".jpf", ".j2c", ".jpc", ".jph", ".jhc"),
        re.compile(rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51"),
        True,
    ),
    MasterFormat("png", "PNG", (".png",), re.compile(rb"\x89PNG\r\n\x1a\n"), True),
    MasterFormat(
        "heif",
        "HEIF",
        (".heic", ".heif", ".hif", ".avif"),
        re.compile(rb"....ftyp(hei|hev|mif|msf|avi[fs]|miaf|MA1)", re.DOTALL),
        True,
    ),
    MasterFormat("webp", "WebP", (".webp",), re.compile(rb"RIFF....WEBP", re.DOTALL), True),
    MasterFormat("jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), re.compile(rb"\xff\xd8\xff"), True),
    MasterFormat("gif", "GIF", (".gif",), re.compile(rb"GIF8[79]a"), True),
    MasterFormat(
        "bmp", "BMP", (".bmp", ".dib"), re.compile(rb"BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\x00", re.DOTALL), True
    ),
    MasterFormat("pdf", "PDF", (".pdf",), re.compile(rb"(\xef\xbb\xbf|\s){0,4}%PDF-"), True),
    MasterFormat(
        RAW,
        "camera raw",
        (
            *(".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".sr2", ".srf", ".raf", ".rw2", ".orf", ".pef"),
            *(".srw", ".x3f", ".mrw", ".3fr", ".fff", ".iiq", ".mos", ".rwl", ".erf", ".kdc", ".dcr"),
        ),
        re.compile(rb"FUJIFILMCCD-RAW|II(R[OS]|U\x00)|MMOR|....ftypcrx|FOVb|\x00MRM|II\x1a\x00\x00\x00HEAP", re.DOTALL),
        False,
    ),
)
"""In order of preference: of several files of one name the first is the page."""

_BY_EXTENSION: Mapping[str, MasterFormat] = {e: row for row in MASTER_FORMATS for e in row.extensions}


def by_extension(file: PurePath) -> MasterFormat | None:
    """The format that the name promises; None where this is no page file."""
    return _BY_EXTENSION.get(file.suffix.lower())


def by_content(head: bytes) -> MasterFormat | None:
    """The format that the first bytes show (16 are enough)."""
    return next((row for row in MASTER_FORMATS if row.magic.match(head)), None)
