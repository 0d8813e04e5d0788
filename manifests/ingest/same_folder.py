"""When two paths are one folder, and how the disk itself spells a path.

decisions.md, 21: "A folder is known by its path below its root, however it was reached (NFC or NFD; device and inode
compare two paths that exist now, as on a disk that ignores letter case or a bind mount; they are never stored)."
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """For a look-up; `is_same` decides. None where nothing is there, or where the disk has no inodes."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def is_same(one: Path, other: Path) -> bool:
    """Whether both exist at this moment and are one folder or file; some disks give an inode away again."""
    first, second = identity(one), identity(other)
    return first is not None and first == second


class Identities:
    """Paths by what they lead to."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self._paths: dict[Identity, Path] = {}
        for path in paths:
            self.add(path)

    def add(self, path: Path) -> None:
        """The first path that leads to a folder stays the one."""
        found = identity(path)
        if found is not None:
            self._paths.setdefault(found, path)

    def find(self, path: Path) -> Path | None:
        """The path added before that is the same folder now."""
        found = identity(path)
        earlier = self._paths.get(found) if found is not None else None
        return earlier if earlier is not None and is_same(earlier, path) else None


def real(path: Path) -> Path:
    """Absolute and without links. A link that leads to itself stays: what is wrong with it is said when it is read."""
    return Path(os.path.realpath(path))


NamesIn: TypeAlias = Callable[[Path], Mapping[str, str]]


def names_in(folder: Path) -> Mapping[str, str]:
    """As the folder spells them, by their NFC; none where it cannot be read."""
    try:
        return {normalize("NFC", name): name for name in os.listdir(folder)}
    except OSError:
        return {}


def spellings(folder: Path) -> tuple[Path, ...]:
    """Every folder whose path differs in NFC and NFD alone, and so is one path in the catalogue; NFC before NFD."""
    found = [Path(folder.anchor)]
    for name in folder.parts[1:]:
        composed = normalize("NFC", name)
        found = [above / there for above in found for there in {name, *_alike(above, composed)}]
    real_ones = [path for path in found if path == folder or (os.path.isdir(path) and path == real(path))]
    return tuple(sorted(real_ones, key=lambda path: (str(path) != normalize("NFC", str(path)), str(path))))


def _alike(folder: Path, composed: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if normalize("NFC", name) == composed]
    except OSError:
        return []


def as_spelled(path: Path, names_in: NamesIn = names_in) -> Path:
    """An absolute path in the letters that the disk has: its case, its NFC or NFD. What is not there stays as it is."""
    spelled = Path(path.anchor)
    for name in path.parts[1:]:
        spelled = spelled / _name_on_disk(spelled, name, names_in(spelled))
    return spelled


def _name_on_disk(folder: Path, name: str, names: Mapping[str, str]) -> str:
    there = names.get(normalize("NFC", name))
    if there == name or not os.path.exists(folder / name):
        return there or name
    # The disk takes this name for one of its own: it ignores letter case, say.
    likely_first = sorted(names.values(), key=lambda other: other.casefold() != name.casefold())
    return next((other for other in likely_first if is_same(folder / other, folder / name)), name)
