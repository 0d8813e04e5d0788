"""Checksum lists beside masters (`*.md5`, `*.sha256`, the manifests of bags): compared, never believed or written.

A line names a file by its path below the list's folder (GNU coreutils, md5sum; RFC 8493, section 2.1.3), or from a
folder further above, or in full, as the program that wrote it saw the disk: all that lies below the list's folder has
to agree. A bare name may also mean a page in the folder of a format below the list. Without any name the line is about
the file that the list is named after (`0001.tif.md5`). A page file that is named and is not there is said, too.
"""

import codecs
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests import findings
from manifests.catalog import PageRecord
from manifests.ingest.bag_manifest import DECLARATION, Declaration, Unusable, declaration_of
from manifests.ingest.folder import WorkFolder
from manifests.master_formats import by_extension
from manifests.model import Finding
from manifests.natural_order import natural_key
from manifests.os_reasons import reason_of

_GNU = re.compile(r"(?P<escaped>\\?)(?P<digits>[0-9a-fA-F]+)\s+\*?(?P<path>\S.*)", re.DOTALL)
_BSD = re.compile(r"[A-Z0-9-]+ ?\((?P<path>.+)\) ?= ?(?P<digits>[0-9a-fA-F]+)")
_DIGITS_ALONE = re.compile(r"[0-9a-fA-F]+")
_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
"""By the number of hex digits."""
_LONGEST_LIST = 64 * 1024 * 1024
_LEAST_OF_A_FULL_PATH = 2
"""Folder and name: no more of a full path need be the same here."""


@dataclass(frozen=True, slots=True)
class _Line:
    parts: tuple[str, ...]
    digits: str
    is_full_path: bool

    @property
    def algorithm(self) -> str:
        return _ALGORITHMS[len(self.digits)]

    def means(self, file: tuple[str, ...], depth: int) -> bool:
        """Whether it names this path, of which so many parts lie below the list's folder."""
        pairs = zip(reversed(file), reversed(self.parts), strict=False)
        agreeing = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if self.is_full_path:
            return agreeing >= max(depth, _LEAST_OF_A_FULL_PATH)
        return agreeing == len(self.parts) >= depth


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one list: by the name of the file; and those about page files by the folder below the list's own."""

    by_name: Mapping[str, Sequence[_Line]]
    by_folder: Mapping[tuple[str, ...], Sequence[_Line]]


@dataclass(frozen=True, slots=True)
class Checksums:
    """What the lists of one work say. `unreadable` are lists of its own that cannot be read.

    `near` are the folders of the work, its own and those of its pages; `of_a_folder` says that it is no single file.
    """

    lists: Sequence[tuple[Path, _Lines]]
    near: frozenset[Path]
    unreadable: Sequence[tuple[Path, Finding]]
    of_a_folder: bool
    _digests: dict[tuple[Path, str], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: WorkFolder) -> "Checksums":
        near = frozenset({folder.path, *(page.parent for page in folder.pages)})
        lists, unreadable = [], []
        for file in folder.checksums:
            try:
                seen = file.stat()
                lists.append((file, _lines_of(file, seen.st_size, seen.st_mtime_ns)))
            except OSError as error:
                if file.parent in near:
                    unreadable.append((file, findings.make_finding("no-access", reason=reason_of(error))))
        return cls(lists, near, unreadable, not folder.is_file)

    def compare(self, file: Path, page: PageRecord | None, doubted: bool) -> Finding | None:
        """A finding where a list gives this master another checksum.

        SHA-256 is at hand; for others the master is read once more, so only one that is new or was found wrong before.
        """
        if page is None:
            return None
        for written, line in self._about(file):
            if line.algorithm != "sha256" and not doubted:
                continue
            if self._differs(file, page, line):
                return findings.make_finding("checksum-differs", list=written.name)
        return None

    def damage(self, file: Path, page: PageRecord) -> Finding | None:
        """A finding where a manifest of its bag gives this master another checksum: what a bag promises is proved."""
        for written, line in self._about(file):
            if (written.parent / DECLARATION).exists() and self._differs(file, page, line):
                return findings.make_finding("bag-damaged", list=written.name)
        return None

    def _differs(self, file: Path, page: PageRecord, line: _Line) -> bool:
        """The file is read once for each algorithm but SHA-256, which is known."""
        key = (file, line.algorithm)
        if line.algorithm != "sha256" and key not in self._digests:
            self._digests[key] = _digest(*key)
        found = page.page.sha256 if line.algorithm == "sha256" else self._digests[key]
        return found is not None and found != line.digits

    def absences(self) -> Iterator[tuple[Path, Finding]]:
        """Each list that names page files of this work which are not there, with their number and the first of them.

        Paths below other folders are other works' affair; full ones may be those of another disk.
        """
        names = cache(_names_in)
        for written, lines in self.lists if self.of_a_folder else ():
            absent = set(self._absent(written.parent, lines, names))
            if absent:
                first = min(absent, key=natural_key)
                yield written, findings.make_finding("listed-absent", number=len(absent), first=first)

    def _absent(self, beside: Path, lines: _Lines, names: Callable[[Path], Collection[str] | None]) -> Iterator[str]:
        """A bare name may be anywhere in the work, or in a folder of derivatives beside the list."""
        for folder in self.near:
            below = _below(beside, folder)
            asked = lines.by_folder.get(below, ()) if below is not None else ()
            if not asked:
                continue
            searched = [folder] if below else [folder, *self.near, *_folders_in(folder)]
            found = [names(each) for each in searched]
            for line in asked:
                if not any(held is None or line.parts[-1] in held for held in found):
                    yield "/".join(line.parts)

    def _about(self, file: Path) -> Iterator[tuple[Path, _Line]]:
        parts = tuple(normalize("NFC", part) for part in file.parts)
        for written, lines in self.lists:
            depth = len(parts) - len(written.parent.parts)
            for line in lines.by_name.get(parts[-1], ()):
                is_bare = len(line.parts) == 1 and written.parent in self.near
                if is_bare or line.means(parts, depth):
                    yield written, line


def _below(folder: Path, other: Path) -> tuple[str, ...] | None:
    """The path from a folder to one below it, or to itself, in NFC; None where it lies elsewhere."""
    above, parts = (normalize("NFC", str(path)).split("/") for path in (folder, other))
    return tuple(parts[len(above) :]) if parts[: len(above)] == above else None


def _names_in(folder: Path) -> frozenset[str] | None:
    """In NFC; None where nobody may look."""
    try:
        return frozenset(normalize("NFC", name) for name in os.listdir(folder))
    except OSError:
        return None


def _folders_in(folder: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []


@lru_cache(maxsize=8)
def _lines_of(file: Path, _length: int, _mtime: int) -> _Lines:
    """One list stands above many works and is read once; one that has changed is read anew."""
    with file.open("rb") as stream:
        content = stream.read(_LONGEST_LIST)
    by_name: dict[str, list[_Line]] = defaultdict(list)
    by_folder: dict[tuple[str, ...], list[_Line]] = defaultdict(list)
    declared = _declared(file.parent)
    for text in (declared.text_of(content) if declared else _decoded(content)).splitlines():
        words = declared.path_of(text.strip()) if declared else text.strip()
        line = _line(f"{words}  {file.stem}" if _DIGITS_ALONE.fullmatch(words) else words)
        if line is not None and line.parts:
            by_name[line.parts[-1]].append(line)
            if not line.is_full_path and by_extension(PurePosixPath(line.parts[-1])) is not None:
                by_folder[line.parts[:-1]].append(line)
    return _Lines(by_name, by_folder)


def _declared(folder: Path) -> Declaration | None:
    """How the manifests of a bag are written; None in a folder that is none."""
    try:
        return declaration_of(folder)
    except (OSError, Unusable):
        return None


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")


def _line(text: str) -> _Line | None:
    found = _GNU.fullmatch(text) or _BSD.fullmatch(text)
    if found is None or len(found["digits"]) not in _ALGORITHMS:
        return None
    path = found["path"]
    if found.groupdict().get("escaped"):
        path = re.sub(r"\\(.)", lambda escape: {"n": "\n", "r": "\r"}.get(escape[1], escape[1]), path)
    elif "/" not in path:
        path = path.replace("\\", "/")
    return _Line(_parts(path), found["digits"].lower(), re.match(r"/|[A-Za-z]:", path) is not None)


def _parts(path: str) -> tuple[str, ...]:
    """Without what leads upwards, which means nothing here; a drive's letter never agrees with anything."""
    parts = PurePosixPath(normalize("NFC", path)).parts
    above = max((place + 1 for place, part in enumerate(parts) if part == ".."), default=0)
    return parts[above:]


def _digest(file: Path, algorithm: str) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.new(algorithm, usedforsecurity=False)).hexdigest()
    except OSError:
        return None  # it was there a moment ago; the next ingest says more
