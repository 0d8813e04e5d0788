"""The folders that hold the text of a work's pages.

decisions.md, 19: "its subfolders `alto hocr page ocr text` are its text (images in them are refused by name)". Text
lies directly in them; what lies deeper is named and not used. A folder that is a work already stays one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from manifests import findings
from manifests.ingest.folder import WorkFolder, as_unused, is_pdf, sort_files
from manifests.ingest.listing import Folder, Listing, list_folder
from manifests.master_formats import by_extension

IsWork: TypeAlias = Callable[[Path], bool]
"""Whether the catalogue knows a folder as a work."""

TEXT_FOLDERS = frozenset({"alto", "hocr", "page", "ocr", "text"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Which folders make up a work. `work` without pages is none, `used` are the folders that it is made from.

    `folders` are to be walked for more works, `derived` for known ones alone.
    """

    work: WorkFolder
    folders: tuple[Folder, ...] = ()
    derived: tuple[Folder, ...] = ()
    used: tuple[Folder, ...] = ()


def with_text(work: WorkFolder, folders: Iterable[Folder], is_work: IsWork) -> Layout:
    """The work with what its folders of text hold."""
    layout = Layout(work)
    for folder in folders:
        if is_text_folder(folder) and not is_work(folder.path):
            layout = _add_folder(layout, folder, is_work)
        else:
            layout = replace(layout, folders=(*layout.folders, folder))
    return layout


def is_text_folder(folder: Folder) -> bool:
    return folder.name.casefold() in TEXT_FOLDERS


def _add_folder(layout: Layout, top: Folder, is_work: IsWork) -> Layout:
    work, others, used = layout.work, list(layout.folders), list(layout.used)
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        if folder is not top and (folder.is_link or is_work(folder.path)):
            others.append(folder)
            continue
        used.append(folder)
        listing = list_folder(folder)
        if listing.denied is not None:
            work = replace(work, refused=(*work.refused, (folder.path, listing.denied)))
        else:
            work = _add_files(work, listing, is_top=folder is top)
            waiting += reversed(listing.folders)
    return Layout(work, tuple(others), used=tuple(used))


def _add_files(work: WorkFolder, listing: Listing, is_top: bool) -> WorkFolder:
    is_image = {file: by_extension(file) is not None and not is_pdf(file) for file in listing.files}
    images = [file for file in listing.files if is_image[file]]
    found = sort_files(replace(listing, files=tuple(file for file in listing.files if not is_image[file])))
    misplaced = [(file, findings.make_finding("image-among-texts")) for file in images]
    texts = (*found.texts, *found.pages)  # pages of that kind are PDFs: nothing else is left
    return replace(
        work,
        texts=(*work.texts, *texts) if is_top else work.texts,
        checksums=(*work.checksums, *found.checksums),
        refused=(*work.refused, *found.refused, *misplaced),
        notes=(
            *work.notes,
            *found.notes,
            *as_unused((*found.records, *found.sheets)),
            *(() if is_top else as_unused(texts)),
        ),
    )
