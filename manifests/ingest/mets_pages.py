"""METS decides which files are pages, in which order, and which text is whose.

decisions.md, 19: "METS, where there, decides pages and text." It names files by their paths below its own folder, or as
another server has them; then the last part of the address is the name of a file here, whatever it ends in. Where none
of its images is here, or where it cannot be used, the folder's own rule stands. No file is lost in silence: what lies
among the pages and is not named is said.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from unicodedata import normalize

from manifests import findings
from manifests.ingest.folder import NamedPages, WorkFolder, as_unused, is_pdf, may_be_text, sort_files
from manifests.ingest.listing import Folder, Listing, PathFinding, list_folder
from manifests.ingest.targets import targets_among
from manifests.ingest.text_folders import IsWork, Layout
from manifests.master_formats import by_extension
from manifests.metadata import mets
from manifests.metadata.mets_files import MetsPage, last_part, path_below
from manifests.metadata.reader import BadRecord, content
from manifests.text.choice import StemsOfPages

MetsBefore: TypeAlias = Callable[[Path], bytes | None]
"""The METS of the work in a folder as it was last read."""


def with_mets(layout: Layout, is_work: IsWork, mets_before: MetsBefore) -> Layout:
    """The layout as METS among its records has it; as it is where there is none, or none that says more. While METS
    cannot be read, what it said before holds: else what it leaves out would be public until it is mended."""
    work = layout.work
    file = next((record for record in work.records if record.name.lower() in mets.FILES), None)
    if file is None or work.denied is not None:
        return layout
    named = _pages_named(file, lambda: mets_before(work.path))
    if named is None:
        return layout
    found = _Found.of(named, layout, file, is_work)
    if not found.pages or (len(found.pages) == 1 and len(named) > 1 and len(found.twice) == len(named) - 1):
        return layout
    alike = found.of_one_name()
    if alike is not None:
        refusal = (file, findings.make_finding("mets-name", name=alike))
        return replace(layout, work=replace(work, refused=(*work.refused, refusal)))
    return _Decided(layout, file, found).layout()


def _pages_named(file: Path, before: Callable[[], bytes | None]) -> Sequence[MetsPage] | None:
    """By METS as it is, else as it was; None where neither can be read, which is said where records are read."""
    with suppress(BadRecord):
        return mets.pages_in(content(file))
    stored = before()
    with suppress(BadRecord):  # an older version of this program may have read more
        return mets.pages_in(stored) if stored is not None else None
    return None


@dataclass(slots=True)
class _Tree:
    """The files below the folder of METS, as far as it asks for them. Links to folders and other works are no part."""

    top: Path
    is_work: IsWork
    _listings: dict[tuple[str, ...], Listing | None] = field(default_factory=dict)
    _files: dict[tuple[str, ...], dict[str, Path]] = field(default_factory=dict)

    def file(self, address: str) -> Path | None:
        *folders, name = path_below(address) or ("",)
        at = tuple(normalize("NFC", part) for part in folders)
        if not name or self.listing(at) is None:
            return None
        return self._files[at].get(normalize("NFC", name))

    def listing(self, at: tuple[str, ...]) -> Listing | None:
        """Walks down part by part: as deep as there are folders, however long the address."""
        for depth in range(len(at) + 1):
            part = at[:depth]
            if part not in self._listings:
                folder = self._folder(part)
                listing = list_folder(folder) if folder is not None else None
                self._listings[part] = listing
                names = listing.files if listing is not None else ()
                self._files[part] = {normalize("NFC", file.name): file for file in names}
            if self._listings[part] is None:
                return None
        return self._listings[at]

    def _folder(self, at: tuple[str, ...]) -> Folder | None:
        if not at:
            return Folder((self.top,))
        above = self._listings[at[:-1]]
        folders = above.folders if above is not None else ()
        found = next((one for one in folders if one.name == at[-1] and not one.is_link), None)
        return found if found is not None and not self.is_work(found.path) else None

    @property
    def entered(self) -> list[Listing]:
        return [listing for at, listing in self._listings.items() if at and listing is not None]


@dataclass(frozen=True, slots=True)
class _Names:
    """Files by the last part of an address: by their names, by their stems, by what stands before the first dot."""

    by_name: dict[str, Path]

    @classmethod
    def of(cls, files: Iterable[Path], *, by_stem: bool) -> "_Names":
        known = list(files)
        begins = Counter(_begin(file.name) for file in known)
        names = {_nfc(file.name): file for file in known}
        if by_stem:
            for file in known:
                names.setdefault(_nfc(file.stem), file)
            for file in known:
                if begins[_begin(file.name)] == 1:
                    names.setdefault(_begin(file.name), file)
        return cls(names)

    def find(self, address: str, *, by_stem: bool) -> Path | None:
        name = _nfc(last_part(address))
        wishes = [name, *((PurePosixPath(name).stem, _begin(name)) if by_stem else ())]
        return next((self.by_name[wish] for wish in wishes if wish in self.by_name), None)


@dataclass(slots=True)
class _Found:
    """`pages` are the images that are here in the order of METS, each with what METS calls its page; `names` the stem
    of the file by each of those names; `twice` the files that it shows once more; `forms` other images of a page, each
    with the page's own; `texts` the page's stem by text."""

    tree: _Tree
    pages: dict[Path, MetsPage] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    twice: list[Path] = field(default_factory=list)
    forms: dict[Path, Path] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)
    without_text: list[MetsPage] = field(default_factory=list)

    @classmethod
    def of(cls, named: Sequence[MetsPage], layout: Layout, file: Path, is_work: IsWork) -> "_Found":
        found = cls(_Tree(file.parent, is_work))
        images = _Names.of(layout.work.pages, by_stem=True)
        texts = _Names.of(layout.work.texts, by_stem=False)
        for page in named:
            image = found._image(page, images)
            if image is None:
                continue
            found.names.setdefault(page.name, _nfc(image.stem))
            if image in found.pages:
                found.twice.append(image)
            else:
                found.pages[image] = page
                found._add_forms(page, image)
                found._add_texts(page, _nfc(image.stem), texts)
        return found

    def _image(self, page: MetsPage, beside: _Names) -> Path | None:
        """By its path, of the nearest to the master that is here; else by its name."""
        exact = (self.tree.file(address) for address in page.images)
        found = next((file for file in exact if file is not None and _may_be_page(file)), None)
        byname = (beside.find(address, by_stem=True) for address in page.images)
        return found or next((file for file in byname if file is not None and _may_be_page(file)), None)

    def _add_forms(self, page: MetsPage, image: Path) -> None:
        """By their paths alone: a name beside them may be that of another page."""
        told = (self.tree.file(address) for address in page.images)
        here = (file for file in told if file is not None and file != image and _may_be_page(file))
        self.forms.update({file: image for file in here if file not in self.forms})

    def _add_texts(self, page: MetsPage, stem: str, beside: _Names) -> None:
        told = [self.tree.file(address) or beside.find(address, by_stem=False) for address in page.texts]
        here = [file for file in told if file is not None and (may_be_text(file) or is_pdf(file))]
        for file in here:
            self.texts.setdefault(file, stem)
        if page.texts and not here:
            self.without_text.append(page)

    def of_one_name(self) -> str | None:
        """Pages are known by the names of their files: two of one name could not be told apart."""
        alike = Counter(_nfc(file.stem).casefold() for file in self.pages)
        return next((file.stem for file in self.pages if alike[_nfc(file.stem).casefold()] > 1), None)


@dataclass(frozen=True)
class _Decided:
    """A work as METS has it: `before` is what the folder's own rule makes of it."""

    before: Layout
    mets: Path
    found: _Found

    def layout(self) -> Layout:
        work = self.before.work
        left_out, seconds = self._not_named
        targets = targets_among([*self.found.pages, *left_out]) & set(left_out)
        left_out = [page for page in left_out if page not in targets]
        texts, unused = self._texts
        named = {*self.found.pages, *self.found.texts, *texts, *(page.parent for page in self.found.pages)}
        more = [sorted_files for _, sorted_files in self._folders]
        notes = (*work.notes, *seconds, *(note for one in more for note in one.notes), *as_unused(unused))
        refused = (*work.refused, *(refusal for one in more for refusal in one.refused))
        records = as_unused(file for one in more for file in (*one.records, *one.sheets))
        decided = replace(
            work,
            pages=(*self.found.pages, *sorted(targets)),
            texts=tuple(texts),
            checksums=(*work.checksums, *(file for one in more for file in one.checksums)),
            refused=tuple((p, said) for p, said in refused if p not in named and said.code != "stems-missing"),
            notes=(*((path, said) for path, said in notes if path not in named), *records, *self._said(left_out)),
            named=NamedPages(self.found.names, self.found.texts, frozenset(left_out)),
        )
        return self._without_entered(decided)

    @cached_property
    def _folders(self) -> list[tuple[Listing, WorkFolder]]:
        """Those that files come from and that did not give the work its files before, each with what is in it."""
        work = self.before.work
        known = {self.mets.parent, work.path, *(file.parent for file in (*work.pages, *work.texts))}
        asked = {file.parent for file in (*self.found.pages, *self.found.texts, *self.found.forms)} - known
        entered = [listing for listing in self.found.tree.entered if listing.folder.path in asked]
        return [(listing, sort_files(listing)) for listing in entered]

    @cached_property
    def _not_named(self) -> tuple[list[Path], list[PathFinding]]:
        """Page files that METS leaves out, and those that are only another form of a page."""
        stems = {_nfc(page.stem): page for page in self.found.pages}
        lying = [*self.before.work.pages, *(page for _, one in self._folders for page in one.pages)]
        others = [p for p in dict.fromkeys(lying) if p not in self.found.pages and not is_pdf(p)]
        same = {page: stems[_nfc(page.stem)] for page in others if _nfc(page.stem) in stems}
        same |= {form: page for form, page in self.found.forms.items() if form in others}
        return [page for page in others if page not in same], [*_derivatives(same)]

    @property
    def _texts(self) -> tuple[list[Path], list[Path]]:
        """What may be text, and what METS has another text for."""
        work = self.before.work
        lying = [*work.texts, *filter(is_pdf, work.pages), *(t for _, one in self._folders for t in one.texts)]
        stems, have = StemsOfPages(page.stem for page in self.found.pages), set(self.found.texts.values())
        others = [file for file in dict.fromkeys(lying) if file not in self.found.texts]
        unused = [file for file in others if stems.stem_for(file.name) in have]
        return [*self.found.texts, *(file for file in others if file not in set(unused))], unused

    def _said(self, left_out: Sequence[Path]) -> list[PathFinding]:
        """With number and first name."""
        absent = [last_part(page.texts[0]) for page in self.found.without_text]
        told = (
            ("mets-unnamed", [page.name for page in left_out]),
            ("mets-twice", [page.name for page in dict.fromkeys(self.found.twice)]),
            ("mets-text-absent", absent),
        )
        return [
            (self.mets, findings.make_finding(code, number=len(names), first=names[0])) for code, names in told if names
        ]

    def _without_entered(self, decided: WorkFolder) -> Layout:
        entered = {listing.folder.path for listing, _ in self._folders}
        inside = [f for listing, _ in self._folders for f in listing.folders if f.path not in entered]
        return Layout(
            decided,
            tuple(folder for folder in (*self.before.folders, *inside) if folder.path not in entered),
            tuple(folder for folder in self.before.derived if folder.path not in entered),
            (*self.before.used, *(listing.folder for listing, _ in self._folders)),
        )


def _derivatives(same: Mapping[Path, Path]) -> Iterator[PathFinding]:
    """A file beside the page that it is another form of; a whole folder of such files once."""
    folders = {page.parent: as_it.parent for page, as_it in same.items() if page.parent != as_it.parent}
    for folder, chosen in folders.items():
        yield folder, findings.make_finding("derivatives", chosen=chosen.name)
    for page, as_it in same.items():
        if page.parent not in folders:
            yield page, findings.make_finding("derivative", page=as_it.name)


def _may_be_page(file: Path) -> bool:
    return by_extension(file) is not None and not is_pdf(file)


def _nfc(name: str) -> str:
    return normalize("NFC", name)


def _begin(name: str) -> str:
    return _nfc(name).partition(".")[0] or _nfc(name)
