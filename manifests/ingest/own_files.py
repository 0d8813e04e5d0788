"""Which files of a folder are works of their own, and what that leaves for the folder.

decisions.md, 21: "A file that is a work of its own is no page of its folder's work (finding `work-of-its-own`); a PATH
that is a page of a known work takes in that work." And: "A file given as PATH, or each file with `--each-file`, is a
work; a folder taken in that way stays so without the flag (finding `each-file`)." So no master is in two works.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from manifests import findings
from manifests.catalog import Catalog
from manifests.ingest.folder import WorkFolder
from manifests.ingest.roots import RootedPath, Roots
from manifests.model import Finding, State
from manifests.text.choice import StemsOfPages


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """`each_file` is the flag of this ingest."""

    catalog: Catalog
    roots: Roots
    each_file: bool
    is_dry: bool

    def start(self, path: Path) -> Path:
        """Where to begin for a PATH: where it is, or holds, pages of a known work, the folder of that work."""
        place = self.roots.known(path)
        if place is None or self._is_work(place):
            return path
        for around in place.around:
            work = self.catalog.work_of_folder(around.root, around.path)
            if work is not None and any(_is_in(page.page.file, place.path) for page in self.catalog.pages(work.id)):
                return self.roots.path(around)
        return path

    def parts_of(self, folder: WorkFolder, reached_by: Path) -> Iterator[WorkFolder]:
        """The works that a folder is, in order of path, the folder's own first."""
        if not folder.pages or folder.is_file:
            yield folder
        elif self._is_file_by_file(folder):
            self._note(folder, reached_by)
            yield from _file_by_file(folder)
        else:
            yield from self._without_own_files(folder)

    def _is_file_by_file(self, folder: WorkFolder) -> bool:
        """A folder that is a work already stays one; a removed one may come back in another way."""
        place = self.roots.known(folder.path)
        work = self.catalog.work_of_folder(place.root, place.path) if place is not None else None
        if work is not None and work.state != State.REMOVED:
            return False
        return self.each_file or (place is not None and self.catalog.is_file_by_file(place.root, place.path))

    def _note(self, folder: WorkFolder, reached_by: Path) -> None:
        if self.each_file and not self.is_dry:
            place = self.roots.place(folder.path, reached_by)
            self.catalog.note_file_by_file(place.root, place.path)

    def _without_own_files(self, folder: WorkFolder) -> Iterator[WorkFolder]:
        own = self._own_of(folder)
        notes = [(file, findings.make_finding("work-of-its-own")) for file in own]
        if self.each_file:
            notes.append((folder.path, findings.make_finding("one-work")))
        stems, owned = StemsOfPages(file.stem for file in folder.may_be_works), {_stem(file.stem) for file in own}
        yield replace(
            folder,
            pages=tuple(page for page in folder.pages if page not in own),
            texts=tuple(t for t in folder.texts if t not in own and stems.master_for(t.name) not in owned),
            notes=(*folder.notes, *notes),
        )
        if own:
            yield from (part for part in folder.each_file() if part.path in own)

    def _own_of(self, folder: WorkFolder) -> list[Path]:
        place = self.roots.known(folder.path)
        if place is None:
            return []
        works = {work.folder for work in self.catalog.works_below(place.root, place.path)}
        return [file for file in folder.may_be_works if place.joined(folder.below(file)).path in works]

    def _is_work(self, place: RootedPath) -> bool:
        return self.catalog.work_of_folder(place.root, place.path) is not None


def _is_in(file: str, path: str) -> bool:
    return file == path or file.startswith(f"{path}/")


def _file_by_file(folder: WorkFolder) -> Iterator[WorkFolder]:
    """What is to be said of the folder comes first, then each of its files."""
    parts = list(folder.each_file())
    told: tuple[Path, Finding] = (folder.path, findings.make_finding("each-file"))
    rest = parts.pop() if not parts[-1].pages else WorkFolder(folder.path)
    yield replace(rest, notes=(*rest.notes, told))
    yield from parts


def _stem(stem: str) -> str:
    return normalize("NFC", stem)
