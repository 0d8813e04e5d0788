"""Folders as a test writes them down: one path a line, made on disk and read back as works."""

from collections.abc import Callable
from pathlib import Path

from manifests.ingest.folder import WorkFolder
from manifests.ingest.walk import works_at


def plant(folder: Path, *files: str) -> Path:
    """Makes the files, each with its name as content; a name that ends in `/` is a folder."""
    for name in files:
        file = folder / name
        if name.endswith("/"):
            file.mkdir(parents=True, exist_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)
    return folder


def walked(
    folder: Path, each_file: bool = False, is_work: Callable[[Path], bool] = lambda _: False
) -> dict[str, WorkFolder]:
    """What lies there, by path below the folder."""
    found = works_at(folder, is_work)
    parts = (part for work in found for part in (work.each_file() if each_file and work.pages else [work]))
    return {below(folder, work.path): work for work in parts}


def works(folder: Path, **how: object) -> dict[str, list[str]]:
    """Pages by work."""
    return {
        name: [below(folder, page) for page in work.pages] for name, work in walked(folder, **how).items() if work.pages
    }


def said(folder: Path, **how: object) -> dict[str, str]:
    """Code by file, of what was refused and what was noted."""
    found = walked(folder, **how).values()
    return {below(folder, path): finding.code for work in found for path, finding in (*work.refused, *work.notes)}


def refused(folder: Path) -> dict[str, str]:
    found = walked(folder).values()
    return {below(folder, path): finding.code for work in found for path, finding in work.refused}


def below(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
