"""What each file of a folder is: page, text, checksum list, record, or nothing that is read yet. By names alone.

decisions.md, 19, "What is found where": of several page files with one stem the first by format is the page; beside
page images a PDF is never pages, but may be text; a record describes the work; files that nothing reads are noted as
`unused`. Nothing here walks: listings are handed in.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from unicodedata import normalize

from manifests import findings
from manifests.ingest.likely_records import name_for
from manifests.ingest.listing import Listing, PathFinding
from manifests.master_formats import MASTER_FORMATS, by_extension
from manifests.metadata import RECORD_FILES, SHEET_FILES
from manifests.model import Finding
from manifests.natural_order import page_key
from manifests.text.choice import ENDINGS, StemsOfPages

_CHECKSUM_LIST = re.compile(r".*\.(md5|sha256)|(tag)?manifest-(md5|sha1|sha256|sha512)\.txt", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedPages:
    """What METS says of a work's files: the stem of each page's file by the name that METS has for it, the stem of the
    page by its text, and the page files that it leaves out."""

    stems: Mapping[str, str]
    texts: Mapping[Path, str]
    left_out: frozenset[Path]


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """One folder as it was found, or the file itself where a single file is the work; without pages it is no work.

    `path` is as it is called on disk. `texts` are the files that may hold the text of a page, `checksums` the lists to
    compare with, those of folders above among them, `records` what describes the work, `sheets`
    what describes works in this folder. `refused` holds what had to be refused by name, `notes` what is to be said of
    other files. `named` is there where METS decides: then `pages` are in its order. `denied` says why a folder cannot
    be read (it is among `refused` too): of what it holds nothing is known, so nothing of it has gone.
    """

    path: Path
    pages: tuple[Path, ...] = ()
    texts: tuple[Path, ...] = ()
    checksums: tuple[Path, ...] = ()
    records: tuple[Path, ...] = ()
    sheets: tuple[Path, ...] = ()
    refused: tuple[PathFinding, ...] = ()
    notes: tuple[PathFinding, ...] = ()
    denied: Finding | None = None
    named: NamedPages | None = None

    @property
    def has_images(self) -> bool:
        """Pages that are no PDF."""
        return not all(map(is_pdf, self.pages))

    @property
    def is_file(self) -> bool:
        return self.pages == (self.path,)

    def below(self, file: Path) -> tuple[str, ...]:
        """The path of one of its files from here on; two spellings of a name are equally deep."""
        return file.parts[len(self.path.parts) :]

    @property
    def says_something(self) -> bool:
        return bool(self.pages or self.sheets or self.refused or self.notes or self.denied)

    def without_notes(self, files: Collection[Path]) -> "WorkFolder":
        """Nothing is to be said of these here."""
        return replace(self, notes=tuple(note for note in self.notes if note[0] not in files)) if files else self

    @classmethod
    def unread(cls, path: Path, why: Finding) -> "WorkFolder":
        return cls(path, refused=((path, why),), denied=why)

    @property
    def may_be_works(self) -> tuple[Path, ...]:
        """Where each file is a work of its own: the pages, and the PDFs beside them that bear no page's stem."""
        stems = StemsOfPages(page.stem for page in self.pages)
        pdfs = (text for text in self.texts if is_pdf(text) and text.parent == self.path)
        works = (pdf for pdf in pdfs if not stems.has(stems.master_for(pdf.name)))
        return tuple(sorted((*self.pages, *works), key=page_key))

    def each_file(self) -> Iterator["WorkFolder"]:
        """Every file as a work of its own, with the texts that bear its stem; then what is left to be said."""
        by_stem: dict[str, list[Path]] = defaultdict(list)
        files = self.may_be_works
        stems = StemsOfPages(file.stem for file in files)
        for text in self.texts:
            if text not in files:
                by_stem[stems.master_for(text.name)].append(text)
        for file in files:
            texts = by_stem.pop(normalize("NFC", file.stem), [])
            yield WorkFolder(file, (file,), tuple(texts), self.checksums)
        unused = as_unused((*(text for texts in by_stem.values() for text in texts), *self.records))
        rest = replace(self, pages=(), texts=(), records=(), notes=(*self.notes, *unused), named=None)
        if rest.says_something:
            yield rest


def sort_files(listing: Listing) -> WorkFolder:
    """The files of one folder, as if it were a work."""
    promised: list[Path] = []
    texts: list[Path] = []
    checksums: list[Path] = []
    records: list[Path] = []
    sheets = tuple(file for file in listing.files if is_sheet(file))
    unused: list[Path] = []
    for file in listing.files:
        if file not in sheets:
            _heap_of(file, promised, texts, checksums, records, unused).append(file)
    images = [file for file in promised if not is_pdf(file)]
    texts += [file for file in promised if images and is_pdf(file)]
    pages, derivatives = choose_pages(images or promised)
    odd = [(file, by_extension(file)) for file in listing.odd]
    return WorkFolder(
        listing.folder.path,
        tuple(pages),
        tuple(texts),
        tuple(checksums),
        tuple(records),
        sheets,
        refused=(*listing.refused, *((file, findings.make_finding("no-file")) for file, row in odd if row is not None)),
        notes=(*derivatives, *as_unused(unused), *as_unused(file for file, row in odd if row is None)),
    )


def _heap_of(
    file: Path,
    promised: list[Path],
    texts: list[Path],
    checksums: list[Path],
    records: list[Path],
    unused: list[Path],
) -> list[Path]:
    if is_record(file):
        return records
    if by_extension(file) is not None:
        return promised
    if _CHECKSUM_LIST.fullmatch(file.name):
        return checksums
    return texts if may_be_text(file) else unused


def choose_pages(promised: Iterable[Path]) -> tuple[list[Path], list[PathFinding]]:
    """Of files that promise pages those that are, in natural order, and what is to be said of the others."""
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for file in sorted(promised, key=page_key):
        by_stem[normalize("NFC", file.stem)].append(file)
    pages, notes = [], list[PathFinding]()
    for files in by_stem.values():
        page, *others = sorted(files, key=_preference)
        pages.append(page)
        notes += [(file, findings.make_finding("derivative", page=page.name)) for file in others]
    return pages, notes


def _preference(file: Path) -> tuple[bool, int]:
    """The table's order; a format that is not taken in yet stands behind those that are."""
    row = by_extension(file)
    return (not row.taken, MASTER_FORMATS.index(row)) if row is not None else (True, len(MASTER_FORMATS))


def as_unused(files: Iterable[Path]) -> list[PathFinding]:
    """With the name under which a file would be read that looks like a record."""
    return [(file, finding) for file in files for finding in _unused(file)]


def _unused(file: Path) -> Iterator[Finding]:
    yield findings.make_finding("unused")
    name = name_for(file)
    if name is not None:
        yield findings.make_finding("record-name", name=name)


def is_pdf(file: PurePath) -> bool:
    row = by_extension(file)
    return row is not None and row.name == "pdf"


def may_be_text(file: PurePath) -> bool:
    """By its name alone; the root element decides the format later."""
    return not is_record(file) and file.name.lower().endswith(ENDINGS)


def is_record(file: PurePath) -> bool:
    return file.name.lower() in RECORD_FILES


def is_sheet(file: PurePath) -> bool:
    return file.name.lower() in SHEET_FILES
