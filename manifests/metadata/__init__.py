"""The library's own records of its works: one reader for each format, and what several of them together say."""

from collections.abc import Sequence

from manifests.metadata import work_toml
from manifests.metadata.reader import RecordReader

RECORD_READERS: Sequence[RecordReader] = (work_toml,)

RECORD_FILES = frozenset(name for reader in RECORD_READERS for name in reader.FILES)
"""The names, in small letters, under which a work's folder holds its records."""
