"""Folders named by a format or a use: which of them gives a work its pages.

decisions.md, 19: "a folder that holds none itself and has a subfolder named by a format or a use (any case) with page
files is a work under its own name: the first of these in this order gives the pages, the others *of this list* are a
finding `derivatives`. A stem that the chosen folder lacks and a derivative has: exit 3 and a finding `stems-missing`
with their number and the first name. A folder that is a work already stays one, also one named `tif`."
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from manifests import findings
from manifests.ingest.folder import WorkFolder, is_pdf, sort_files
from manifests.ingest.listing import Folder, Listing, PathFinding, list_folder
from manifests.master_formats import by_extension
from manifests.natural_order import page_key

FORMAT_FOLDERS = (
    *("tif", "tiff", "master", "masters", "original", "preservation", "jp2", "jpeg2000", "png", "jpg", "jpeg"),
    *("access", "image", "images", "scan", "scans", "pages"),
)


@dataclass(frozen=True, slots=True)
class FormatFolder:
    """One that holds page files, or that cannot be looked into."""

    listing: Listing
    files: WorkFolder

    @property
    def folder(self) -> Folder:
        return self.listing.folder

    @property
    def preference(self) -> tuple[bool, int]:
        """A folder of which no file can be taken in yet stands behind the others."""
        rows = [by_extension(page) for page in self.files.pages]
        none_is_taken = bool(rows) and not any(row is not None and row.taken for row in rows)
        return none_is_taken, FORMAT_FOLDERS.index(self.folder.name.casefold())

    def images(self) -> dict[str, Path]:
        """By stem; scanners and converters write one name in capitals or small letters, as they please."""
        pages = (page for page in self.files.pages if not is_pdf(page))
        return {normalize("NFC", page.stem).casefold(): page for page in pages}


def format_folders(folders: Iterable[Folder]) -> list[FormatFolder]:
    """The best first."""
    named = [folder for folder in folders if folder.name.casefold() in FORMAT_FOLDERS]
    read = [FormatFolder(listing, sort_files(listing)) for listing in map(list_folder, named)]
    return sorted((one for one in read if one.files.pages or one.listing.denied), key=lambda one: one.preference)


def compare(chosen: FormatFolder, derivatives: Sequence[FormatFolder]) -> tuple[list[PathFinding], list[PathFinding]]:
    """What is refused and what is noted beside the chosen folder. Nothing that only a derivative has is lost unsaid."""
    name = chosen.folder.name
    refused = [(one.folder.path, one.listing.denied) for one in derivatives if one.listing.denied is not None]
    used = findings.make_finding("derivatives", chosen=name)
    notes = [(one.folder.path, used) for one in derivatives if one.listing.denied is None]
    there: dict[str, Path] = {}
    for one in reversed(derivatives):
        there |= one.images()
    missing = sorted((there[stem] for stem in there.keys() - chosen.images().keys()), key=page_key)
    if missing:
        first = f"{missing[0].parent.name}/{missing[0].name}"
        about = findings.make_finding("stems-missing", folder=name, number=len(missing), first=first)
        refused.append((chosen.folder.path, about))
    return refused, notes
