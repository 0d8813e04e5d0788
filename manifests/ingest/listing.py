"""What one folder directly holds: its files, its folders, and what in it has to be refused by name.

Nothing here knows what a page is, and nothing opens a file. decisions.md, 19: "a name that leads nowhere, a file or
folder that cannot be read or goes away meanwhile, a twin (the same name in NFC and NFD) is taken in, or refused by
name". The catalogue writes paths in NFC: two folders whose names differ in that alone are one folder to it, and are
read as one; of two such files the one in NFC is taken in.
"""

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

from manifests import findings
from manifests.ingest.passed_over import is_passed_over
from manifests.ingest.report import printable_path
from manifests.model import Finding
from manifests.natural_order import natural_key
from manifests.os_reasons import reason_of

PathFinding: TypeAlias = tuple[Path, Finding]

_LONGEST_PATH = 4095
"""In bytes: Linux's PATH_MAX, which counts the zero at the end too."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its name: one path, or several where the name stands there in NFC and in NFD."""

    spellings: tuple[Path, ...]
    is_link: bool = False

    @property
    def path(self) -> Path:
        return self.spellings[0]

    @property
    def name(self) -> str:
        return normalize("NFC", self.path.name)


@dataclass(frozen=True, slots=True)
class Listing:
    """In natural order. `odd` are pipes, sockets and devices: to open one could mean to wait for ever.

    `denied` says why the folder cannot be read; then nothing is known of what it holds.
    """

    folder: Folder
    files: tuple[Path, ...] = ()
    odd: tuple[Path, ...] = ()
    folders: tuple[Folder, ...] = ()
    refused: tuple[PathFinding, ...] = ()
    denied: Finding | None = None


def list_folder(folder: Folder) -> Listing:
    """Never raises: what is wrong is said by findings."""
    try:
        entries = [entry for path in folder.spellings for entry in _entries(path)]
    except OSError as error:
        return Listing(folder, denied=_why_denied(error))
    names = {entry.name for entry in entries}
    sorting = _Sorting()
    for entry in sorted((e for e in entries if not is_passed_over(e.name, names)), key=_key):
        sorting.add(entry)
    return Listing(
        folder, tuple(sorting.files.values()), tuple(sorting.odd), sorting.all_folders(), tuple(sorting.refused)
    )


def is_text(path: Path) -> bool:
    """Whether the whole path is text: Linux allows names that are no UTF-8, and no catalogue can hold them."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _entries(path: Path) -> list[os.DirEntry[str]]:
    os.stat(f"{path}/.")  # a folder may be listed without the right to look at what it lists
    with os.scandir(path) as entries:
        return list(entries)


def _key(entry: os.DirEntry[str]) -> tuple[object, ...]:
    """Of two spellings of a name the one in NFC comes first; within the same one the order of the folders stays."""
    composed = normalize("NFC", entry.name)
    return natural_key(composed), entry.name != composed


@dataclass(slots=True)
class _Sorting:
    """Entries by what they are; files and folders by their names in NFC."""

    files: dict[str, Path] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    linked: list[Folder] = field(default_factory=list)
    odd: list[Path] = field(default_factory=list)
    refused: list[PathFinding] = field(default_factory=list)

    def add(self, entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        try:
            fault = _fault_of_name(path)
            if fault is not None:
                self.refused.append((path, fault))
            elif entry.is_dir():
                self._add_folder(path, entry.is_symlink())
            elif entry.is_file():
                self._add_file(path)
            else:
                entry.stat()  # raises where the name leads nowhere
                self.odd.append(path)
        except OSError as error:
            self.refused.append((path, _why_refused(entry, error)))

    def _add_folder(self, path: Path, is_link: bool) -> None:
        if is_link:
            self.linked.append(Folder((path,), is_link=True))  # what it leads to is known by its own path
            return
        name = normalize("NFC", path.name)
        spellings = self.folders[name].spellings if name in self.folders else ()
        self.folders[name] = Folder((*spellings, path))

    def _add_file(self, path: Path) -> None:
        first = self.files.setdefault(normalize("NFC", path.name), path)
        if first != path:
            self.refused.append((path, findings.make_finding("twin", other=printable_path(first))))

    def all_folders(self) -> tuple[Folder, ...]:
        return tuple(sorted((*self.folders.values(), *self.linked), key=lambda folder: natural_key(folder.name)))


def _fault_of_name(path: Path) -> Finding | None:
    if not is_text(path):
        return findings.make_finding("name-encoding")
    if len(os.fsencode(path)) > _LONGEST_PATH:
        return findings.make_finding("path-too-long", limit=_LONGEST_PATH)
    return None


def _why_refused(entry: os.DirEntry[str], error: OSError) -> Finding:
    if error.errno in (errno.ENOENT, errno.ELOOP):
        return findings.make_finding("dangling-link") if entry.is_symlink() else findings.make_finding("vanished")
    return findings.make_finding("no-access", reason=reason_of(error))


def _why_denied(error: OSError) -> Finding:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return findings.make_finding("vanished")
    if error.errno == errno.ENAMETOOLONG:
        return findings.make_finding("path-too-long", limit=_LONGEST_PATH)
    return findings.make_finding("folder-unreadable", reason=reason_of(error))
