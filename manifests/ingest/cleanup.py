"""Takes away what nothing stands on: half-written files of a killed ingest, pyramids and words of older editions, and
what OCR has read of pages that are gone or were scanned anew.

Only the holder of the ingest lock may sweep: to anybody else a file that is being made looks like a stray one.
"""

from collections.abc import Collection
from pathlib import Path

from manifests.catalog import Catalog
from manifests.ingest.recognised_texts import FOLDER


def delete_unreferenced(library: Path, catalog: Catalog) -> None:
    for name in ("pyramids", "text"):
        (library / name).mkdir(exist_ok=True)  # a backup may have been put back in part
    _sweep(library, "pyramids", catalog.pyramids())
    _sweep(library, FOLDER, catalog.recognition_files())
    texts = catalog.texts()
    for file in (library / "text").iterdir():
        if file.is_file() and file.name not in texts:
            file.unlink(missing_ok=True)


def _sweep(library: Path, place: str, kept: Collection[str]) -> None:
    """Of a folder with one for each work; those that are empty then go too. `kept` are paths below the library."""
    for file in (library / place).rglob("*"):
        if file.is_file() and file.relative_to(library).as_posix() not in kept:
            file.unlink(missing_ok=True)
    folders = (library / place).iterdir() if (library / place).is_dir() else ()
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
