"""The catalogue: what the library has, in one SQLite file. The only SQL of the program."""

from manifests.catalog.catalog import Catalog
from manifests.catalog.rows import DocumentStamp, FileFinding, FoundPage, KnownHash, PageRecord, Staged
from manifests.catalog.writing import FileFindings, WorkUpdate

__all__ = [
    "Catalog",
    "DocumentStamp",
    "FileFinding",
    "FileFindings",
    "FoundPage",
    "KnownHash",
    "PageRecord",
    "Staged",
    "WorkUpdate",
]
