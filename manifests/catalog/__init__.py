"""The catalogue: what the library has, in one SQLite file. The only SQL of the program."""

from manifests.catalog.catalog import Catalog
from manifests.catalog.rows import KnownHash, PageRecord, Staged
from manifests.catalog.writing import FileFindings, WorkUpdate

__all__ = ["Catalog", "FileFindings", "KnownHash", "PageRecord", "Staged", "WorkUpdate"]
