"""The roots of the masters: named folders in `library.toml`, so that a moved disk is one changed line.

Masters are recorded relative to a root. A folder is known by its path below the deepest root that holds it, however it
was reached (decisions.md, 21): in NFC or NFD, in another letter case where the disk ignores that, by a second mount.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, count
from pathlib import Path, PurePosixPath
from unicodedata import normalize

import tomlkit

from manifests.errors import Misused
from manifests.ids import slug
from manifests.ingest.same_folder import Identities, as_spelled, names_in, real


@dataclass(frozen=True, slots=True)
class RootedPath:
    """A path as the catalogue writes it: the root's name and the path below it, NFC, with `/`."""

    root: str
    path: str

    def joined(self, names: Iterable[str]) -> "RootedPath":
        below = PurePosixPath(self.path, *names).as_posix()
        return RootedPath(self.root, normalize("NFC", "" if below == "." else below))

    @property
    def around(self) -> Iterator["RootedPath"]:
        """The folders that hold it, the root last."""
        for parent in PurePosixPath(self.path).parents:
            yield RootedPath(self.root, "" if str(parent) == "." else str(parent))

    def holds(self, other: "RootedPath") -> bool:
        """Whether the other is this folder or lies in it."""
        return self.root == other.root and (self.path in ("", other.path) or other.path.startswith(f"{self.path}/"))


class Roots:
    """The roots as an ingest finds them.

    `add` hears of each that is added, by name and folder. `works` gives the folders that the catalogue knows: a folder
    may be one of them by another path.
    """

    def __init__(
        self,
        known: Mapping[str, str],
        add: Callable[[str, str], None],
        works: Callable[[], Iterable[RootedPath]] = tuple,
    ) -> None:
        self.folders = dict(known)
        self._add = add
        self._works = works
        self._resolved: dict[str, Path] = {}
        self._names_in = cache(names_in)

    def known(self, path: Path) -> RootedPath | None:
        """Where an absolute path lies; None below no root. The deepest root wins."""
        return self._by_name(path) or self._roots_now.place(path)

    def place(self, work: Path, reached_by: Path) -> RootedPath:
        """The same for a work, below a new root if there is none: the path that led to it, if that lies above it.

        Else its parent, so that its neighbours share the root.
        """
        found = self._by_name(work)
        if found is None or found not in self._works_now:
            found = self._works_now.place(work) or self.known(work) or self._below_new_root(work, reached_by)
            self._works_now.add(work, found)
        return found

    def path(self, place: RootedPath) -> Path:
        """Where a place is, as the disk spells it; where its root has left `library.toml` only the rest is known."""
        path = self._folder(place.root) / place.path
        return path if os.path.exists(path) else as_spelled(path, self._names_in)

    def label(self, root: str) -> str:
        """What people call a root: the name of its folder, with its marks, where the root was named after that."""
        folder = Path(self.folders.get(root, "")).name
        return folder if re.fullmatch(rf"{re.escape(slug(folder))}(-[0-9]+)?", root) else root

    def _folder(self, root: str) -> Path:
        folder = self.folders.get(root, "/")
        if folder not in self._resolved:
            self._resolved[folder] = real(Path(folder))
        return self._resolved[folder]

    def _by_name(self, path: Path) -> RootedPath | None:
        names = _names(path)
        holding = [(len(above), root) for root in self.folders if names[: len(above := self._names_of(root))] == above]
        if not holding:
            return None
        depth, root = max(holding)
        return RootedPath(root, "").joined(names[depth:])

    def _names_of(self, root: str) -> list[str]:
        return _names(self._folder(root))

    @property
    def _roots_now(self) -> "_Places":
        """As they are at this moment: a disk may have been mounted since."""
        return _Places({self._folder(root): RootedPath(root, "") for root in self.folders})

    @cached_property
    def _works_now(self) -> "_Places":
        """The folders of known works, and those around them."""
        places = {around for work in self._works() for around in (work, *work.around)}
        return _Places({self.path(place): place for place in places})

    def _below_new_root(self, work: Path, reached_by: Path) -> RootedPath:
        folder = reached_by if work != reached_by and work.is_relative_to(reached_by) else work.parent
        wished = slug(folder.name) or "root"
        taken = {name.casefold() for name in self.folders}
        further = (f"{wished}-{number}" for number in count(2))
        name = next(name for name in chain((wished,), further) if name.casefold() not in taken)
        self.folders[name] = str(folder)
        self._add(name, str(folder))
        return RootedPath(name, "").joined(_names(work)[len(folder.parts) :])


class _Places:
    """Folders that exist now, known by what they are and not by their names."""

    def __init__(self, places: Mapping[Path, RootedPath]) -> None:
        self._by_path: dict[Path, RootedPath] = {}
        self._places: set[RootedPath] = set()
        self._folders = Identities()
        for path, place in places.items():
            self.add(path, place)

    def __contains__(self, place: RootedPath) -> bool:
        return place in self._places

    def add(self, path: Path, place: RootedPath) -> None:
        """A file is known by its name alone: two hard links are two files."""
        self._places.add(place)
        if os.path.isdir(path):
            self._by_path[path] = place
            self._folders.add(path)

    def place(self, path: Path) -> RootedPath | None:
        """By the nearest of the folders that holds it."""
        for around in (path, *path.parents):
            same = self._folders.find(around) if os.path.isdir(around) else None
            if same is not None:
                return self._by_path[same].joined(path.parts[len(around.parts) :])
        return None


def _names(path: Path) -> list[str]:
    return [normalize("NFC", name) for name in path.parts]


def write_root(file: Path, name: str, folder: str) -> None:
    """Adds one line to `[roots]` of `library.toml`; the rest of the file stays as the librarian wrote it."""
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8-sig") if file.exists() else "")
    except tomlkit.exceptions.TOMLKitError as error:
        raise Misused("{file} is not valid TOML: {reason}", file=file, reason=error) from error
    document.setdefault("roots", tomlkit.table())[name] = folder
    aside = file.with_name(file.name + ".part")
    aside.write_text(tomlkit.dumps(document), encoding="utf-8")
    aside.replace(file)
