"""Files that stand where the library's own stand, and that nothing in the catalogue refers to."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests.catalog import Catalog, PageRecord
from manifests.fixity.held_files import TEXTS
from manifests.ingest.passed_over import is_passed_over
from manifests.ingest.report import printable_path
from manifests.master_formats import by_extension
from manifests.model import Work


def of_library(library: Path, catalog: Catalog) -> Iterator[str]:
    """Paths below the library, in order. Only true while no ingest runs: what it is making stands in no table yet."""
    texts = {f"{TEXTS}/{name}" for name in catalog.texts()}
    held = {*catalog.pyramids(), *texts, *catalog.recognition_files()}
    for name in ("pyramids", TEXTS):  # what OCR has read stands below the words
        files = sorted(file for file in (library / name).rglob("*") if file.is_file())
        yield from (path for path in (file.relative_to(library).as_posix() for file in files) if path not in held)


def among_masters(root: Path, catalog: Catalog, work: Work, pages: Collection[PageRecord]) -> Iterator[Path]:
    """Page files beside the masters of a work that are neither pages of it, nor works of their own, nor anything that
    the last ingest has said something of."""
    files = {page.page.file for page in pages}
    if work.folder in files:
        return  # a work of one file: what lies beside it is not its
    spoken_of = {_end(said.file) for said in catalog.findings(work.root, work.folder)}
    others = {other.folder for other in catalog.works_below(work.root, work.folder)}
    for folder in sorted({str(PurePosixPath(file).parent) for file in files}):
        for name in _page_files(root / folder):
            file = PurePosixPath(folder, normalize("NFC", name)).as_posix()
            if file not in files and file not in others and _end(printable_path(root / file)) not in spoken_of:
                yield root / folder / name


def _page_files(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []  # each master in it is said to be missing
    return sorted(name for name in names if by_extension(PurePosixPath(name)) and not is_passed_over(name, names))


def _end(path: str) -> tuple[str, ...]:
    """Findings name files as they were reached: by whatever way to the root."""
    return PurePosixPath(normalize("NFC", path)).parts[-2:]
