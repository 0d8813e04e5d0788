"""From a path to the works that lie there: which files are pages, which are text, which are nothing to us.

A folder that directly holds page files is a work; its subfolders of text are its text; other subfolders are works of
their own; a folder without page files, at any depth, is none. Nothing here opens a file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from manifests import findings
from manifests.ingest.master_formats import by_extension
from manifests.model import Finding
from manifests.text.choice import ENDINGS, stem_of

CATALOG = "catalog.sqlite"
OUR_FOLDERS = ("pyramids", "text", "index", "cache")
"""What stands beside the catalogue in a library's folder: never a work, wherever an ingest begins."""

TEXT_FOLDERS = frozenset({"alto", "hocr", "page", "ocr", "text"})
CHECKSUM_LISTS = frozenset({".md5", ".sha256"})
_CHECKSUM_NAMES = re.compile(r"(tag)?manifest-(md5|sha256)\.txt")
_PASSED_OVER = re.compile(r"Thumbs\.db|desktop\.ini|\..*|~\$.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """One work on disk. `path` is the folder, or the file itself where a single file is the work.

    `texts` are the files that may hold the text of a page; `checksums` the lists to compare with; `others` the rest;
    `misnamed` files whose names nothing can write down. `denied` says what is wrong with a folder that is not read.
    """

    path: Path
    pages: tuple[Path, ...]
    texts: tuple[Path, ...] = ()
    checksums: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    misnamed: tuple[Path, ...] = ()
    denied: Finding | None = None

    @property
    def is_file(self) -> bool:
        return self.pages == (self.path,)


def natural_key(path: PurePath) -> tuple[tuple[int, int, str], ...]:
    """`2` before `10`, capitals beside small letters, NFC beside NFD: the order a person would lay the pages in."""
    name = unicodedata.normalize("NFC", path.name).casefold()
    parts = re.split(r"([0-9]+)", name)
    return (*((0, int(p), p) if p.isdigit() else (1, 0, p) for p in parts if p), (2, 0, path.name))


def works_at(path: Path, each_file: bool = False) -> Iterator[WorkFolder]:
    """The works at a path. With `each_file`, every page file is a work of its own.

    Links to folders are followed, and what they lead to is known by its own path; not to a folder that holds the path
    itself, for that would take in everything around it.
    """
    if path.is_file():
        yield _file_work(path)
        return
    for folder in _walk(path, set(path.parents)):
        if each_file and folder.denied is None:
            yield from (_file_work(page) for page in folder.pages)
        else:
            yield folder


def _walk(path: Path, seen: set[Path]) -> Iterator[WorkFolder]:
    """`seen` are folders not to enter: those entered before, and those around where the walk began."""
    path = path.resolve()
    if path in seen or (path.name in OUR_FOLDERS and (path.parent / CATALOG).exists()):
        return
    seen.add(path)
    if not is_writable(path):
        yield WorkFolder(path, (), denied=findings.make_finding("name-encoding"))
        return
    try:
        entries = sorted(path.iterdir(), key=natural_key)
    except OSError as error:
        yield WorkFolder(
            path, (), denied=findings.make_finding("folder-unreadable", reason=error.strerror or str(error))
        )
        return
    folders = [entry for entry in entries if entry.is_dir() and not _PASSED_OVER.fullmatch(entry.name)]
    found = _sort_files(path, [entry for entry in entries if entry.is_file()])
    if found.pages or found.misnamed:
        text_folders = [folder for folder in folders if folder.name.casefold() in TEXT_FOLDERS]
        yield _with_text_folders(found, text_folders)
        folders = [folder for folder in folders if folder not in text_folders]
    for folder in folders:
        yield from _walk(folder, seen)


def _sort_files(path: Path, files: Iterable[Path]) -> WorkFolder:
    pages, checksums, misnamed, rest = [], [], [], []
    for file in files:
        if _PASSED_OVER.fullmatch(file.name):
            continue
        if not is_writable(file):
            misnamed.append(file)
            continue
        if by_extension(file) is not None:
            pages.append(file)
        elif file.suffix.lower() in CHECKSUM_LISTS or _CHECKSUM_NAMES.fullmatch(file.name):
            checksums.append(file)
        else:
            rest.append(file)
    texts = [file for file in rest if may_be_text(file)]
    others = [file for file in rest if not may_be_text(file)]
    return WorkFolder(path, tuple(pages), tuple(texts), tuple(checksums), tuple(others), tuple(misnamed))


def _with_text_folders(work: WorkFolder, folders: Iterable[Path]) -> WorkFolder:
    files = [
        file
        for folder in folders
        for file in sorted(folder.iterdir(), key=natural_key)
        if file.is_file() and not _PASSED_OVER.fullmatch(file.name)
    ]
    written = [file for file in files if is_writable(file)]
    texts = tuple(file for file in written if may_be_text(file))
    others = tuple(file for file in written if not may_be_text(file))
    misnamed = tuple(file for file in files if not is_writable(file))
    return replace(work, texts=work.texts + texts, others=work.others + others, misnamed=work.misnamed + misnamed)


def _file_work(file: Path) -> WorkFolder:
    """A single file as a work; text that bears its stem, beside it or in a folder of text, is its text."""
    if by_extension(file) is None:
        return WorkFolder(file, (), others=(file,))
    beside = _sort_files(file.parent, [entry for entry in file.parent.iterdir() if entry.is_file()])
    folders = [entry for entry in file.parent.iterdir() if entry.is_dir() and entry.name.casefold() in TEXT_FOLDERS]
    around = _with_text_folders(beside, sorted(folders))
    texts = tuple(text for text in around.texts if stem_of(text.name) == file.stem)
    return WorkFolder(file, (file,), texts, around.checksums)


def is_writable(path: PurePath) -> bool:
    """Whether the name is text: Linux allows names that are no UTF-8, and no catalogue or manifest can hold them."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return False
    return True


_RECORDS = frozenset({"work.toml", "mets.xml", "mods.xml", "marc.xml", "marc.mrc", "dublin_core.xml", "dc.xml"})


def may_be_text(file: PurePath) -> bool:
    """By its name alone; the root element decides the format later."""
    return file.name.lower() not in _RECORDS and file.name.lower().endswith(ENDINGS)
