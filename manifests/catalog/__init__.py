"""The catalogue: what the library has, in one SQLite file. The only SQL of the house."""

from manifests.catalog.catalog import Catalog
from manifests.catalog.rows import KnownPage, Staged
from manifests.catalog.writing import Edition, Found

__all__ = ["Catalog", "Edition", "Found", "KnownPage", "Staged"]
