"""The roots of the masters: named folders in `library.toml`, so that a moved disk is one changed line.

Masters are recorded relative to a root. A folder is known by its full path, however it was reached: the root nearest
to it says its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from unicodedata import normalize

import tomlkit

from manifests.errors import Misused
from manifests.ids import slug


@dataclass(frozen=True, slots=True)
class RootedPath:
    """A path as the catalogue writes it: the root's name and the way below it, NFC, with `/`."""

    root: str
    path: str


class Roots:
    """The roots as an ingest finds them; `add` hears of each that it adds, by name and folder."""

    def __init__(self, known: Mapping[str, str], add: Callable[[str, str], None]) -> None:
        self.folders = dict(known)
        self._add = add

    def known(self, path: Path) -> RootedPath | None:
        """Where an absolute path lies; None below no root. The deepest root wins."""
        holding = [
            (len(folder.parts), name, folder)
            for name, folder in ((name, Path(folder).resolve()) for name, folder in self.folders.items())
            if path.is_relative_to(folder)
        ]
        if not holding:
            return None
        _, name, folder = max(holding)
        way = path.relative_to(folder).as_posix()
        return RootedPath(name, normalize("NFC", "" if way == "." else way))

    def place(self, work: Path, reached_by: Path) -> RootedPath:
        """The same for a work, below a new root if there is none: the path that led to it, if that lies above it.

        Else its parent, so that its neighbours share the root.
        """
        found = self.known(work)
        if found is not None:
            return found
        folder = reached_by if work != reached_by and work.is_relative_to(reached_by) else work.parent
        wished = slug(folder.name) or "root"
        taken = {name.casefold() for name in self.folders}
        further = (f"{wished}-{number}" for number in count(2))
        name = next(name for name in chain((wished,), further) if name.casefold() not in taken)
        self.folders[name] = str(folder)
        self._add(name, str(folder))
        return self.place(work, reached_by)

    def path(self, place: RootedPath) -> Path:
        """Where a place is on disk; of one whose root is no longer in `library.toml`, only the way is known."""
        return Path(self.folders.get(place.root, "/")).resolve() / place.path


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
