"""From a path to the works that lie there, one after another, in the order of their paths.

Lazy, and with a stack of its own: a tree may be as deep as the disk allows, and may change while it is walked. Links
to folders are followed, and what they lead to is known by its own path. A folder is entered once, however many paths
lead to it: device and inode tell, of what exists now.
"""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from manifests import findings
from manifests.ingest.bag_manifest import DECLARATION
from manifests.ingest.bags import BagCheck, check_bag
from manifests.ingest.folder import WorkFolder, as_unused, sort_files
from manifests.ingest.listing import Folder, Listing, is_text, list_folder
from manifests.ingest.mets_pages import MetsBefore
from manifests.ingest.passed_over import lies_in_a_library
from manifests.ingest.same_folder import Identities, real, spellings
from manifests.ingest.text_folders import IsWork, Layout, is_text_folder, with_text
from manifests.ingest.work_layout import lay_out
from manifests.master_formats import by_extension
from manifests.natural_order import natural_key
from manifests.text.choice import StemsOfPages


def works_at(
    path: Path, is_work: IsWork = lambda _: False, mets_before: MetsBefore = lambda _: None
) -> Iterator[WorkFolder]:
    """The works at an absolute path without links in it, and what there is to say of what else lies there.

    `is_work` tells what the catalogue knows as one, `mets_before` what METS it holds of one.
    """
    if os.path.exists(path) and not os.path.isdir(path):
        yield _file_work(path, is_work)
    else:
        yield from _Walk(path, is_work, mets_before)


@dataclass(frozen=True, slots=True)
class _Step:
    """A folder to enter, with the checksum lists of the folders above it."""

    folder: Folder
    checksums: tuple[Path, ...] = ()
    only_known: bool = False
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class _LeftBehind:
    """Lists of a folder that is no work, to be looked at again when all below it has been walked."""

    checksums: tuple[Path, ...]


class _Walk:
    def __init__(self, start: Path, is_work: IsWork, mets_before: MetsBefore) -> None:
        self._is_work = is_work
        self._mets_before = mets_before
        self._around = Identities(start.parents)
        self._entered = Identities()
        self._compared: set[Path] = set()
        self._waiting: list[_Step | _LeftBehind] = [_Step(Folder(spellings(start)), is_start=True)]
        self._links: deque[_Step] = deque()

    def __iter__(self) -> Iterator[WorkFolder]:
        """Links last: by then each folder that can be reached without them has its place."""
        while self._waiting or self._links:
            step = self._waiting.pop() if self._waiting else self._links.popleft()
            if isinstance(step, _LeftBehind):
                unused = [file for file in step.checksums if file not in self._compared]
                yield from (WorkFolder(file, notes=((file, findings.make_finding("unused")),)) for file in unused)
            else:
                yield from self._visit(step)

    def _visit(self, step: _Step) -> Iterator[WorkFolder]:
        folder = Folder((real(step.folder.path),)) if step.folder.is_link else step.folder
        if (step.is_start or step.folder.is_link) and lies_in_a_library(folder.path):
            return
        if not is_text(folder.path):
            yield WorkFolder.unread(folder.path, findings.make_finding("name-encoding"))
        elif self._around.find(folder.path) is not None:
            link = step.folder.path
            yield WorkFolder(link, notes=((link, findings.make_finding("link-upwards")),))
        elif self._enter(folder):
            yield from self._lay_out(replace(step, folder=folder))

    def _enter(self, folder: Folder) -> bool:
        """Whether it was not entered before. What cannot be looked at is entered, so that somebody says why."""
        is_new = not self._is_entered(folder)
        for path in folder.spellings:
            self._entered.add(path)
        return is_new

    def _is_entered(self, folder: Folder) -> bool:
        return all(self._entered.find(path) is not None for path in folder.spellings)

    def _lay_out(self, step: _Step) -> Iterator[WorkFolder]:
        folder = step.folder
        listing = list_folder(folder)
        if listing.denied is not None:
            yield WorkFolder.unread(folder.path, listing.denied)
        elif (bag := _checked(listing)).fault is not None:
            yield WorkFolder.unread(folder.path, bag.fault)
        elif step.only_known and not self._is_work(folder.path):
            self._wait(folder, listing.folders, step.checksums, only_known=True)
        else:
            layout = self._layout(listing)
            work = replace(layout.work, checksums=(*step.checksums, *layout.work.checksums))
            work = replace(work, notes=(*work.notes, *bag.notes))
            if work.says_something:
                yield work
            if work.pages:
                self._compared.update(work.checksums)
            elif layout.work.checksums:
                self._waiting.append(_LeftBehind(layout.work.checksums))
            self._wait(folder, layout.derived, work.checksums, only_known=True)
            self._wait(folder, layout.folders, work.checksums)

    def _layout(self, listing: Listing) -> Layout:
        """What a work is made from is entered with it; what another has already is not there for this one."""
        free = (folder for folder in listing.folders if is_text_folder(folder) or not self._is_entered(folder))
        layout = lay_out(replace(listing, folders=tuple(free)), self._is_work, self._mets_before)
        for used in layout.used:
            self._enter(used)
        return layout

    def _wait(
        self, above: Folder, folders: tuple[Folder, ...], checksums: tuple[Path, ...], only_known: bool = False
    ) -> None:
        depth = len(above.path.parts)
        ordered = sorted(folders, key=lambda folder: [natural_key(part) for part in folder.path.parts[depth:]])
        steps = [_Step(folder, checksums, only_known) for folder in ordered]
        self._waiting += [step for step in reversed(steps) if not step.folder.is_link]
        self._links += [step for step in steps if step.folder.is_link]


def _checked(listing: Listing) -> BagCheck:
    """RFC 8493: a bag is checked before anything in it is read."""
    is_bag = any(file.name == DECLARATION for file in listing.files)
    return check_bag(listing.folder.path) if is_bag else BagCheck()


def _file_work(file: Path, is_work: IsWork) -> WorkFolder:
    """A single file as a work; text that bears its stem, beside it or in a folder of text, is its text."""
    if not is_text(file):
        return WorkFolder.unread(file, findings.make_finding("name-encoding"))
    if not os.path.isfile(file):
        return WorkFolder(file, refused=((file, findings.make_finding("no-file")),))
    if by_extension(file) is None:
        return WorkFolder(file, notes=tuple(as_unused([file])))
    listing = list_folder(Folder((file.parent,)))
    around = with_text(sort_files(listing), listing.folders, is_work).work
    stem, stems = normalize("NFC", file.stem), StemsOfPages([file.stem, *(page.stem for page in around.pages)])
    texts = tuple(text for text in around.texts if stems.master_for(text.name) == stem)
    return WorkFolder(file, (file,), texts, around.checksums)
