"""The folder that is a library: how it is known, how it is made, since when its settings stand."""

from datetime import UTC, datetime
from pathlib import Path

from manifests.catalog import Catalog
from manifests.errors import Missing, Misused
from manifests.ingest import lock
from manifests.ingest.listing import is_text
from manifests.ingest.passed_over import CATALOG, LIBRARY_FOLDERS

SETTINGS = "library.toml"


def must_be_a_library(folder: Path) -> None:
    """Raises Missing where the folder is none."""
    if not (folder / CATALOG).is_file():
        raise Missing(
            "{folder} is no library. `mocban ingest` makes one there; `--library` names another folder.",
            folder=folder,
        )


def make_library(folder: Path) -> None:
    """Does nothing where there is one. An unfinished one has no catalogue under its name. Raises Misused, Busy."""
    if not is_text(folder.absolute()):
        raise Misused("The name of {folder} is not UTF-8. Choose another folder for the library.", folder=folder)
    for name in LIBRARY_FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    file = folder / CATALOG
    if not file.is_file():
        with lock.held(folder, "create"):
            if file.is_file():
                return  # another ingest has just made it
            aside = folder / f"{CATALOG}.new"
            aside.unlink(missing_ok=True)
            Catalog.make(aside).close()
            aside.replace(file)
    if not (folder / SETTINGS).exists():
        (folder / SETTINGS).touch()


def settled_since(folder: Path) -> datetime:
    """When settings and program last changed, as far as files tell: what documents say of it is no older."""
    times = [file.stat().st_mtime for file in (folder / SETTINGS, Path(__file__)) if file.exists()]
    return datetime.fromtimestamp(int(max(times)), UTC)
