"""The library's own records of its works: one reader for each format, and what several of them together say."""

from collections.abc import Sequence
from types import ModuleType

from manifests.metadata import csv_table, dublin_core, marc21, marcxml, mets, mods, work_toml, xlsx_table
from manifests.metadata.reader import RecordReader

RECORD_READERS: Sequence[RecordReader] = (work_toml, mets, mods, marcxml, marc21, dublin_core)

SHEET_READERS: Sequence[ModuleType] = (csv_table, xlsx_table)
"""Each with `FILES` and `read`, from bytes to the rows of a table; the first that is there counts."""
SHEET_FILES = frozenset(name for reader in SHEET_READERS for name in reader.FILES)

RECORD_FILES = frozenset(name for reader in RECORD_READERS for name in reader.FILES)
"""The names, in small letters, under which a work's folder holds its records."""
