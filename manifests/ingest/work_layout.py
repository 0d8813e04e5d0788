"""Which folders make up one work, and which of them are to be walked on for others.

decisions.md, 19: "A folder that directly holds page files is a work; its subfolders `alto hocr page ocr text` are its
text; other subfolders are works of their own; a folder without page files, at any depth, is none." And a folder whose
page files lie in one named by a format or a use, or in the `data` of a bag, is a work under its own name. METS has the
last word (`mets_pages`).
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from manifests.ingest.bag_manifest import DECLARATION, PAYLOAD
from manifests.ingest.folder import WorkFolder, as_unused, sort_files
from manifests.ingest.format_folders import FormatFolder, compare, format_folders
from manifests.ingest.listing import Folder, Listing, list_folder
from manifests.ingest.mets_pages import MetsBefore, with_mets
from manifests.ingest.text_folders import IsWork, Layout, is_text_folder, with_text


def lay_out(listing: Listing, is_work: IsWork, mets_before: MetsBefore) -> Layout:
    layout = _by_names(listing, is_work, mets_before)
    if layout.work.pages:
        return with_mets(layout, is_work, mets_before)
    decided = with_mets(Layout(sort_files(listing), listing.folders), is_work, mets_before)
    return decided if decided.work.named is not None else layout


def _by_names(listing: Listing, is_work: IsWork, mets_before: MetsBefore) -> Layout:
    own = sort_files(listing)
    if own.has_images:
        return with_text(own, listing.folders, is_work)
    around = replace(own, pages=(), texts=(*own.texts, *own.pages))  # a PDF beside a folder of images is no page
    layout = _by_format(listing, around, is_work) or _by_payload(listing, around, is_work, mets_before)
    if layout is not None and (layout.work.has_images or not own.pages):
        return layout
    if own.pages:
        return with_text(own, listing.folders, is_work)
    unused = as_unused((*own.texts, *own.records))
    return Layout(replace(own, texts=(), records=(), notes=(*own.notes, *unused)), listing.folders)


def _by_format(listing: Listing, own: WorkFolder, is_work: IsWork) -> Layout | None:
    found = [one for one in format_folders(listing.folders) if not _stands_alone(one, own, is_work)]
    if not any(one.files.pages for one in found) and not (found and is_work(own.path)):
        return None
    outside = tuple(folder for folder in listing.folders if folder not in [one.folder for one in found])
    chosen, *others = found
    if chosen.listing.denied is not None:
        return _denied(own, chosen, outside)
    known = tuple(one.folder for one in others if is_work(one.folder.path))
    derivatives = [one for one in others if one.folder not in known]
    layout = _joined(own, outside, chosen, is_work)
    refused, notes = compare(chosen, derivatives)
    work = replace(layout.work, refused=(*layout.work.refused, *refused), notes=(*layout.work.notes, *notes))
    return Layout(
        work,
        folders=(*layout.folders, *known),
        derived=tuple(folder for one in derivatives for folder in one.listing.folders),
        used=(*layout.used, *(one.folder for one in (chosen, *derivatives))),
    )


def _stands_alone(one: FormatFolder, above: WorkFolder, is_work: IsWork) -> bool:
    """A work of its own beside the one above, or one that cannot be read."""
    return is_work(one.folder.path) and (is_work(above.path) or one.listing.denied is not None)


def _denied(own: WorkFolder, chosen: FormatFolder, others: tuple[Folder, ...]) -> Layout:
    """What would give the pages cannot be looked into: of this work nothing is known today."""
    why = chosen.listing.denied
    refused = (*own.refused, *(((chosen.folder.path, why),) if why is not None else ()))
    walked = tuple(folder for folder in others if not is_text_folder(folder))
    return Layout(WorkFolder(own.path, refused=refused, notes=own.notes, denied=why), walked)


def _joined(own: WorkFolder, outside: Iterable[Folder], chosen: FormatFolder, is_work: IsWork) -> Layout:
    """The pages of the chosen folder, the text in it and beside it."""
    inside = with_text(chosen.files, chosen.listing.folders, is_work)
    beside = with_text(own, outside, is_work)
    return _together(chosen.folder.path if is_work(chosen.folder.path) else own.path, inside, beside)


def _by_payload(listing: Listing, own: WorkFolder, is_work: IsWork, mets_before: MetsBefore) -> Layout | None:
    """A bag is a work where its payload would be one."""
    payload = next((folder for folder in listing.folders if folder.name.casefold() == PAYLOAD), None)
    if payload is None or is_work(payload.path) or not any(f.name == DECLARATION for f in listing.files):
        return None
    inner = lay_out(list_folder(payload), is_work, lambda _: mets_before(own.path))
    if not inner.work.pages or inner.work.path != payload.path:
        return None
    beside = with_text(own, (folder for folder in listing.folders if folder is not payload), is_work)
    return replace(_together(own.path, inner, beside), used=(*inner.used, *beside.used, payload))


def _together(path: Path, inside: Layout, beside: Layout) -> Layout:
    """The pages of the one, the text and the rest of both, as one work."""
    pages, around = inside.work, beside.work
    work = WorkFolder(
        path,
        pages.pages,
        texts=pages.texts + around.texts,
        checksums=pages.checksums + around.checksums,
        records=around.records + pages.records,
        sheets=around.sheets + pages.sheets,
        refused=pages.refused + around.refused,
        notes=pages.notes + around.notes,
    )
    return Layout(work, inside.folders + beside.folders, inside.derived, inside.used + beside.used)
