"""The records of one work: which files describe it, what each of them says, and what that means for its pages.

Records are read at every ingest, and nothing is done where they say what they said before. One that cannot be used is
refused by name and costs no image; what it said before it was spoiled stays.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import normalize

from manifests import findings
from manifests.catalog import PageRecord
from manifests.ids import is_id, slug
from manifests.ingest.folder import NamedPages, WorkFolder, as_unused
from manifests.ingest.report import Outcome, Verdict, printable_path
from manifests.ingest.rows import rows_of_notes
from manifests.ingest.sheets import NO_ROW, Sheets
from manifests.metadata import RECORD_READERS, mets, table
from manifests.metadata.merging import FOLDER, Merged, merged
from manifests.metadata.page_names import as_named, notes_of, places_of
from manifests.metadata.reader import BadRecord, RecordReader, content
from manifests.metadata.record import PageNote, Record, SourceRecord
from manifests.metadata.shared_formats import shared_as
from manifests.metadata.texts import as_label
from manifests.model import Finding, LanguageMap, PageState

OWN_RECORD = "record-own"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What came of one file or row, by the name of its reader. Without `source` it could not be used; `is_sheets`:
    because of the whole sheet."""

    name: str
    path: Path
    source: SourceRecord | None
    findings: Sequence[Finding] = ()
    is_sheets: bool = False

    @property
    def says(self) -> bool:
        """A sheet that cannot be used is named once, and not again for each work."""
        return self.source is not None or bool(self.findings)

    @property
    def has_no_row(self) -> bool:
        """Nothing is wrong, but nothing is said of the work either."""
        return any(finding.code in (NO_ROW, OWN_RECORD) for finding in self.findings)


@dataclass(frozen=True, slots=True)
class WorkRecords:
    """`sources` are what the catalogue keeps: none where no record describes the work."""

    sources: tuple[SourceRecord, ...]
    read: Sequence[FileRecord]
    merged: Merged
    before: Mapping[str, SourceRecord]
    unused: Sequence[Path] = ()

    @property
    def are_as_stored(self) -> bool:
        return {source.name: source for source in self.sources} == self.before

    @property
    def share_other_files(self) -> bool:
        """Whether others would have other bytes than before."""
        return _shared(self.sources) != _shared(self.before.values())

    def rows(self, work: str) -> list[Outcome]:
        return [
            *(Outcome(printable_path(r.path), work, None, self._verdict(r), r.findings) for r in self.read if r.says),
            *rows_of_notes(as_unused(self.unused), work),
        ]

    def _verdict(self, read: FileRecord) -> Verdict:
        if read.source is None:
            return Verdict.UNCHANGED if read.has_no_row else Verdict.REFUSED
        known = self.before.get(read.name)
        if known is None:
            return Verdict.ADDED
        return Verdict.UNCHANGED if known.record == read.source.record else Verdict.CHANGED


def _shared(sources: Iterable[SourceRecord]) -> set[tuple[str, str]]:
    return {(source.shared_as, source.digest) for source in sources if source.shared_as}


@dataclass(slots=True)
class RecordsInHand:
    """The records of works that are begun and not yet finished: each is read once, when its work is begun."""

    sheets: Sheets = field(default_factory=Sheets)
    _read: dict[Path, Sequence[FileRecord]] = field(default_factory=dict)

    def begin(self, folder: WorkFolder) -> Record:
        """What they say together. A folder without pages has gone, its records with it."""
        rows = [_told_once(one, self.sheets) for one in _of_sheet(folder, self.sheets)] if folder.pages else []
        self._read[folder.path] = [*_of_files(folder), *rows] if folder.pages else []
        return self.together(folder)

    def together(self, folder: WorkFolder) -> Record:
        return merged(one.source for one in self._read[folder.path] if one.source is not None).record

    def end(self, folder: WorkFolder) -> Sequence[FileRecord]:
        return self._read.pop(folder.path)


def work_records(
    folder: WorkFolder,
    read: Sequence[FileRecord],
    before: Sequence[SourceRecord],
    label: LanguageMap,
    targets: Iterable[Path] = (),
) -> WorkRecords:
    """What `read` means for a work of which `before` was said before; `label` is what it is called without records,
    `targets` are files of it that are no pages. What a folder said that has gone stays, as its pages do."""
    chosen = _chosen(folder)
    known = {source.name: source for source in before}
    own = SourceRecord(FOLDER, folder.path.name, Record(label={tag: tuple(said) for tag, said in label.items()}))
    if not folder.pages:
        return WorkRecords(tuple(before), (), merged(before or [own]), known)
    usable = {one.source.name: one.source for one in read if one.source is not None}
    spoiled = {one.name for one in read if one.source is None and not one.has_no_row}
    kept = {name: source for name, source in known.items() if name in spoiled and name not in usable}
    found = [*usable.values(), *kept.values()]
    own = known.get(FOLDER) or own
    stems = tuple(sorted({normalize("NFC", path.stem) for path in targets}))
    own = replace(own, place=folder.path.name, record=replace(own.record, targets=stems))
    unused = [path for path in folder.records if path not in [path for path, _ in chosen.values()]]
    return WorkRecords(tuple([*found, own] if found else ()), read, merged([*found, own]), known, unused)


def _of_files(folder: WorkFolder) -> list[FileRecord]:
    return [_read(path, reader, folder.named) for path, reader in _chosen(folder).values()]


def _told_once(read: FileRecord, sheets: Sheets) -> FileRecord:
    """Not again for each work what is wrong with its whole sheet."""
    return replace(read, findings=()) if read.is_sheets and not sheets.is_news(read.path) else read


def id_of(said: str) -> str | None:
    return said if is_id(said) else slug(said) or None


def _chosen(folder: WorkFolder) -> dict[str, tuple[Path, RecordReader]]:
    """One file for each reader: of two the one whose name it gives first."""
    found: dict[str, tuple[Path, RecordReader]] = {}
    for path in sorted(folder.records, key=lambda path: _reader_and_rank(path)[1]):
        reader, _ = _reader_and_rank(path)
        found.setdefault(reader.NAME, (path, reader))
    return found


def _chosen_first(folder: WorkFolder) -> Path:
    return next(path for path, _ in _chosen(folder).values())


def _reader_and_rank(path: Path) -> tuple[RecordReader, int]:
    name = path.name.lower()
    reader = next(reader for reader in RECORD_READERS if name in reader.FILES)
    return reader, reader.FILES.index(name)


def _read(path: Path, reader: RecordReader, named: NamedPages | None) -> FileRecord:
    try:
        body = content(path)
        reading = reader.read(body)
    except BadRecord as error:
        return FileRecord(reader.NAME, path, None, [error.finding])
    record = as_named(reading.record, named.stems) if named is not None and reader is mets else reading.record
    source = SourceRecord(reader.NAME, normalize("NFC", path.name), record)
    form = shared_as(reader.NAME, body)
    if form:
        source = replace(source, shared_as=form, digest=hashlib.sha256(body).hexdigest(), body=body)
    return FileRecord(reader.NAME, path, source, reading.findings)


def _of_sheet(folder: WorkFolder, sheets: Sheets) -> list[FileRecord]:
    row = sheets.row_of(folder.path, is_file=folder.is_file)
    if row is None:
        return []
    if row.is_missing and folder.records:
        said = findings.make_finding(OWN_RECORD, sheet=row.sheet.name, record=_chosen_first(folder).name)
        return [FileRecord(table.NAME, folder.path, None, [said])]
    if row.reading is None:
        path = folder.path if row.is_missing else row.sheet
        return [FileRecord(table.NAME, path, None, [row.finding] if row.finding is not None else [], row.is_sheets)]
    source = SourceRecord(table.NAME, normalize("NFC", row.place), row.reading.record)
    return [FileRecord(table.NAME, row.sheet, source, row.reading.findings)]


# What it means for the pages


@dataclass(frozen=True, slots=True)
class Described:
    """The pages as their record calls them; `absent` are pages that it tells of and that are not there."""

    pages: list[PageRecord]
    absent: Sequence[str]


def describe(pages: Sequence[PageRecord], record: Record) -> Described:
    held = [known for known in pages if known.state != PageState.PRUNED]
    here = [(known.page.file, known.page.id) for known in held]
    told = notes_of(record, here)
    notes = {held[place].page.id: note for place, note in told.items()}
    now = [_described(known, notes.get(known.page.id)) for known in pages]
    return Described(now, _absent(record, here))


def _absent(record: Record, here: Sequence[tuple[str, str]]) -> list[str]:
    """The pages that it names one by one may be meant by their order; those in its contents may not."""
    named = [note.page for note in record.pages if not note.is_missing]
    known = {note.page for note in record.pages} | set(record.sequence)
    in_contents = [name for chapter in record.chapters for name in chapter.names()]
    in_orders = [name for order in record.orders for name in order.pages]
    others = [name for name in (record.start, *in_contents, *in_orders) if name and name not in known]
    found = {**places_of(others, here, may_count=False), **places_of(named, here)}
    return list(dict.fromkeys(name for name in (*named, *others) if name not in found))


def _described(known: PageRecord, note: PageNote | None) -> PageRecord:
    if known.state == PageState.PRUNED:
        return known
    page = replace(known.page, behavior=note.behavior if note else "")
    return replace(known, page=replace(page, label=as_label(note.label)) if note and note.label else page)


def findings_of(record: Record, absent: Sequence[str], work: str, is_new: bool) -> list[Finding]:
    """What there is to say of the work as its records have it together."""
    said: list[Finding] = []
    if absent:
        said.append(findings.make_finding("record-page", number=len(absent), page=absent[0]))
    if record.id and id_of(record.id) != work:
        given = findings.make_finding("record-id", id=record.id)
        kept = findings.make_finding("record-id-kept", id=record.id, work=work)
        said.append(given if is_new else kept)
    return said
