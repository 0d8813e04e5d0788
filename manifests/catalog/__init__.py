"""The catalogue: what the library has, in one SQLite file. The only SQL of the program."""

from manifests.catalog.catalog import Catalog
from manifests.catalog.facet_table import Chosen, Members
from manifests.catalog.rows import DocumentStamp, FileFinding, FoundPage, KnownHash, PageRecord, Staged, under
from manifests.catalog.writing import FileFindings, IdChanged, WorkUpdate

__all__ = [
    "Catalog",
    "Chosen",
    "DocumentStamp",
    "FileFinding",
    "FileFindings",
    "FoundPage",
    "IdChanged",
    "KnownHash",
    "Members",
    "PageRecord",
    "Staged",
    "WorkUpdate",
    "under",
]
