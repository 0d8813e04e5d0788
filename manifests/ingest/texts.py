"""The text of a work's pages: which file is whose, whether any has changed, the words of all of them as one file.

Text goes to the page that is there: never to one whose master has gone, which keeps what it had. So does a page whose
text cannot be read at the moment; it is read when it may be. What has not changed is not opened.
"""

import errno
import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field, replace
from pathlib import Path
from unicodedata import normalize

from manifests import findings, text
from manifests.catalog import PageRecord
from manifests.errors import Damaged, disk_fault
from manifests.ingest.folder import WorkFolder, as_unused
from manifests.ingest.listing import PathFinding
from manifests.ingest.own_layers import OwnLayers
from manifests.ingest.recognised_texts import NO_OWN, FoundText, RecognisedTexts, encoding_in, stamp_of
from manifests.ingest.report import printable_path
from manifests.ingest.text_folders import TEXT_FOLDERS
from manifests.ingest.text_names import TextNames
from manifests.ingest.whole_texts import WholeText, WholeTexts
from manifests.model import Finding, PageState, PageText
from manifests.text.choice import StemsOfPages
from manifests.text.store import WorkText

Stamp = tuple[str, int, int]
"""Name, length and time of a file."""


@dataclass(frozen=True, slots=True)
class WorkTexts:
    """`pages` are the work's pages with what is now known of their text; `words` None where no page has any.

    `judged` are the pages of whose text everything was said anew, in `findings`. `is_as_stored`: no text was read, and
    none has gone.
    """

    pages: Sequence[PageRecord]
    findings: Mapping[str, Sequence[Finding]]
    judged: Collection[str]
    refused: Sequence[PathFinding]
    notes: Sequence[PathFinding]
    is_as_stored: bool
    words: WorkText | None = None

    def write(self, folder: Path, work: str) -> str | None:
        return write_words(self.words, folder, work)


def write_words(words: WorkText | None, folder: Path, work: str) -> str | None:
    """The name of the file below `folder` that holds the words; content decides the name."""
    if words is None:
        return None
    content = words.to_bytes()
    file = folder / f"{work}.{_digest(content)}.words"
    if not _is_whole(file):
        write_whole(file, content)
    return file.name


@dataclass(frozen=True, slots=True)
class StoredWords:
    """The words of the work as they are stored; read only where some have to be kept beside new ones."""

    file: Path | None
    notes: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    """What was said of files that are no pages, by their paths as they are printed."""

    @property
    def are_there(self) -> bool:
        return self.file is not None and _is_whole(self.file)

    def read(self) -> WorkText | None:
        try:
            return WorkText.from_bytes(self.file.read_bytes()) if self.file is not None else None
        except (OSError, Damaged):
            return None


def read_texts(
    folder: WorkFolder,
    pages: Sequence[PageRecord],
    stored: StoredWords,
    recognised: RecognisedTexts,
    encoding: str | None = None,
    readers: Sequence[text.TextReader] = text.TEXT_READERS,
    *,
    reads_all: bool = False,
) -> WorkTexts:
    """`encoding` is one of `text.ENCODINGS` that the librarian has named for these texts, `auto` to find out again; a
    page for which nothing is named keeps what was named for it before. With `reads_all` what is unchanged is read too.
    """
    return _Reading(folder, pages, stored, recognised, encoding, readers, reads_all).of(pages)


def words_of(pages: Sequence[PageRecord], read: Mapping[str, PageText], stored: StoredWords) -> WorkText | None:
    """What was read now, by page, and of the other pages what they had."""
    old = stored.read()
    texts = []
    for page in pages:
        if page.page.id in read:
            texts.append((page.page.id, read[page.page.id]))
        elif page.page.text is not None and old is not None:
            texts.append((page.page.id, PageText(page.page.text, old.words(page.page.id), old.blocks(page.page.id))))
    return WorkText.build(texts) if texts else None


_FIND_OUT = "auto"
_DOUBTED = "-"
"""Of a page for whose text nothing stands but an encoding."""


@dataclass(slots=True)
class _Reading:
    folder: WorkFolder
    pages: InitVar[Sequence[PageRecord]]
    stored: StoredWords
    recognised: RecognisedTexts
    encoding: str | None
    readers: Sequence[text.TextReader]
    reads_all: bool
    names: TextNames = field(init=False)
    layers: OwnLayers = field(init=False)
    stems: StemsOfPages = field(init=False)
    by_stem: dict[str, list[Path]] = field(init=False)
    shown: Sequence[tuple[str, str]] = field(init=False)
    loose: Sequence[Path] = field(init=False)
    among: str = field(init=False)
    stamps: dict[Path, Stamp | OSError] = field(init=False)
    seen: Counter[tuple[int, int]] = field(init=False)
    texts: dict[str, PageText] = field(default_factory=dict)
    said: dict[str, Sequence[Finding]] = field(default_factory=dict)
    refused: list[PathFinding] = field(default_factory=list)
    notes: list[PathFinding] = field(default_factory=list)
    whole: WholeTexts | None = None
    loose_faults: Sequence[PathFinding] = ()
    has_stored: bool = field(init=False)

    def __post_init__(self, pages: Sequence[PageRecord]) -> None:
        self.has_stored = self.stored.are_there
        self.stamps = {file: _stamp(file) for file in self.folder.texts}
        self.seen = Counter(stamp[1:] for stamp in self.stamps.values() if not isinstance(stamp, OSError))
        held = [page for page in pages if page.state != PageState.PRUNED]
        self.names = TextNames.of(held)
        self.layers = OwnLayers(self.folder.pages, self.readers)
        self.stems = StemsOfPages(self.names.of_page.values())
        self.by_stem = defaultdict(list)
        told = self.folder.named.texts if self.folder.named is not None else {}
        for file in self.folder.texts:
            self.by_stem[told.get(file) or self.stems.stem_for(file.name)].append(file)
        self.shown = [(page.page.id, self.names.of_page[page.page.id]) for page in held if page.is_shown]
        names = [stem for stem in self.by_stem if not self.stems.has(stem)]
        self.loose = [file for stem in names for file in self.by_stem.pop(stem)]
        self.among = _digest(repr(self.shown).encode()) if self.loose else ""

    def of(self, pages: Sequence[PageRecord]) -> WorkTexts:
        found = {p.page.id: self._of_page(p) for p in pages if p.state == PageState.PRESENT and p.is_shown}
        for page in pages:
            if page.state == PageState.MISSING:
                self.by_stem.pop(self.names.of_page[page.page.id], None)
        now = [found[page.page.id] if page.page.id in found else self._of_gone(page) for page in pages]
        self.notes += as_unused(file for files in self.by_stem.values() for file in files)
        self.notes += self._notes_of_loose()
        is_as_stored = all(a.page.text == b.page.text for a, b in zip(now, pages, strict=True)) and not self.texts
        words = None if is_as_stored else words_of(now, self.texts, self.stored)
        return WorkTexts(now, self.said, self.said.keys(), self.refused, self.notes, is_as_stored, words)

    def _of_gone(self, page: PageRecord) -> PageRecord:
        if page.state == PageState.MISSING and page.is_shown and (self.has_stored or page.page.text is None):
            return page
        return _without_text(page)

    def _of_page(self, page: PageRecord) -> PageRecord:
        stem = self.names.of_page[page.page.id]
        files = self.by_stem.pop(stem, [])
        can_keep = not self.reads_all and (page.page.text is None or self.has_stored)
        if page.text_stamp is not None and page.text_stamp == self._stamp_of(page, files) and can_keep:
            self.notes += self._said_before(files)
            return page
        whole = self._whole()
        faults = list(self._faults(files))
        self.refused += faults
        faults += self.loose_faults
        if can_keep and page.page.text is not None and (faults or self._is_withheld(stem)):
            return page
        return self._read(page, [f for f in files if f not in dict(faults)], whole.of(page.page.id), is_all=not faults)

    def _read(self, page: PageRecord, files: Sequence[Path], whole: Iterable[WholeText], *, is_all: bool) -> PageRecord:
        places = {one.opened.file: (one.opened, one.places[page.page.id], image_of(page)) for one in whole}
        choice = text.choose(files, [opened for opened, *_ in places.values()], self.readers)
        layer, about_layer = self.layers.of(page) if self._may_be_layer(choice) else (None, ())
        if layer is not None:
            upright = replace(image_of(page), orientation=1)
            places[layer.opened.file] = (layer.opened, layer.places[page.page.id], upright)
            choice = text.choose(files, [opened for opened, *_ in places.values()], self.readers)
        self.notes += as_unused(choice.unused)
        read, about = self._words(page, choice.taken, places) if choice.taken is not None else (None, ())
        if read is None and choice.left and any(one.code == "text-no-layer" for one in about):
            taken, *left = choice.left  # a PDF that holds nothing but pictures is no text
            choice = replace(choice, taken=taken, left=left)
            read, about = self._words(page, taken, places)
        if read is None and layer is not None and choice.taken == layer.opened.file:
            choice = replace(choice, taken=None)
            about = [finding for finding in about if finding.code != "text-no-layer"]  # a scan need not have a text
        about = [*choice.findings, *about_layer, *about]
        own = FoundText(read, choice.taken.name if choice.taken else None, about)
        stamp = self._stamp_of(page, files) if is_all else None
        found = self.recognised.beside(own, page, stamp)
        self.said[page.page.id] = found.findings
        if found.text is not None:
            self.texts[page.page.id] = found.text
        return found.of(page, stamp or self._doubted(page))

    def _words(
        self, page: PageRecord, file: Path, places: Mapping[Path, tuple[text.OpenText, int, text.PageImage]]
    ) -> tuple[PageText | None, Sequence[Finding]]:
        if file in places:
            opened, place, image = places[file]
            return opened.read(place, image, self._encoding(page))
        name = self.names.of_page[page.page.id]
        return text.read(file, image_of(page), name, self._encoding(page), self.readers)

    def _may_be_layer(self, choice: text.TextChoice) -> bool:
        """Where no text was delivered beside the PDF, or none that knows the places of words."""
        return choice.reader is None or choice.reader is self.readers[-1]

    def _encoding(self, page: PageRecord) -> str | None:
        """What was named now, else what was named when the text was read: the stamp ends in it."""
        if self.encoding is not None:
            return self.encoding if self.encoding != _FIND_OUT else None
        return encoding_in(page.text_stamp)

    def _whole(self) -> WholeTexts:
        """Opened when the first page needs it: what has not changed is not opened."""
        if self.whole is None:
            self.loose_faults = list(self._faults(self.loose))
            self.refused += self.loose_faults
            readable = [file for file in self.loose if file not in dict(self.loose_faults)]
            self.whole = WholeTexts.open(readable, self.folder.path, self.shown, self.names.files, self.readers)
        return self.whole

    def _notes_of_loose(self) -> Sequence[PathFinding]:
        if self.whole is not None:
            return self.whole.notes
        return self._said_before(self.loose) if self.shown else as_unused(self.loose)

    def _said_before(self, files: Sequence[Path]) -> list[PathFinding]:
        return [(file, finding) for file in files for finding in self.stored.notes.get(printable_path(file), ())]

    def _stamp_of(self, page: PageRecord, files: Sequence[Path]) -> str | None:
        """Stands for what a page's text is made from; None where only reading can tell whether it is the same."""
        stamps = [self.stamps[file] for file in (*files, *self.loose)]
        told = [stamp for stamp in stamps if not isinstance(stamp, OSError) and self.seen[stamp[1:]] == 1]
        recognition, layer = self.recognised.of(page), self.layers.stamp(page)
        if len(told) < len(stamps) or not (stamps or recognition or layer):
            return None
        made_of = f"{sorted(told)}{self.among}{layer}".encode()
        own = hashlib.sha256(made_of).hexdigest()[:16] if stamps or layer else NO_OWN
        return stamp_of(image_of(page), own, recognition, self._encoding(page))

    def _doubted(self, page: PageRecord) -> str | None:
        encoding = self._encoding(page)
        return f"{_DOUBTED} {encoding}" if encoding is not None else None

    def _faults(self, files: Sequence[Path]) -> Iterator[PathFinding]:
        for file in files:
            try:
                with file.open("rb"):
                    pass
            except OSError as error:
                yield file, _why_unread(error)

    def _is_withheld(self, stem: str) -> bool:
        """Whether the page may have a text that was refused by name, alone or with its folder."""
        return any(
            path.name.casefold() in TEXT_FOLDERS or self.stems.stem_for(path.name) == stem
            for path, _ in self.folder.refused
        )


def image_of(page: PageRecord) -> text.PageImage:
    master = page.page.master
    return text.PageImage(page.page.width, page.page.height, master.orientation, master.ppi)


def _digest(words: bytes) -> str:
    return hashlib.sha256(words).hexdigest()[:12]


def _is_whole(file: Path) -> bool:
    """Whether a file of words holds what its name says: what a disk has spoiled is read and written again."""
    try:
        return file.name.split(".")[-2] == _digest(file.read_bytes())
    except OSError:
        return False


def _stem(stem: str) -> str:
    return normalize("NFC", stem)


def _stamp(file: Path) -> Stamp | OSError:
    try:
        seen = file.stat()
    except OSError as error:
        return error
    return normalize("NFC", file.name), seen.st_size, seen.st_mtime_ns


def _why_unread(error: OSError) -> Finding:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return findings.make_finding("vanished")
    return findings.make_finding("no-access", reason=error.strerror or str(error))


def _without_text(page: PageRecord) -> PageRecord:
    return replace(page, text_file=None, text_stamp=None, page=replace(page.page, text=None))


def write_whole(file: Path, content: bytes) -> None:
    """Aside, to the disk, then under its name: the file is there whole or not at all."""
    aside = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise disk_fault(file, error) from error
