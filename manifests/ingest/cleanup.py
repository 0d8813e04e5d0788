"""Takes away what nothing stands on: half-written files of a killed ingest, pyramids and words of older editions.

Only the holder of the ingest lock may sweep: to anybody else a file that is being made looks like a stray one.
"""

from pathlib import Path

from manifests.catalog import Catalog


def delete_unreferenced(library: Path, catalog: Catalog) -> None:
    for name in ("pyramids", "text"):
        (library / name).mkdir(exist_ok=True)  # a backup may have been put back in part
    pyramids, texts = catalog.pyramids(), catalog.texts()
    for file in (library / "pyramids").rglob("*"):
        if file.is_file() and file.relative_to(library).as_posix() not in pyramids:
            file.unlink(missing_ok=True)
    for folder in (library / "pyramids").iterdir():
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    for file in (library / "text").iterdir():
        if file.name not in texts:
            file.unlink(missing_ok=True)
