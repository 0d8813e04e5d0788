"""From a work's pages and their pyramids to its one transaction, and the row of the report for each of its files."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests.catalog import Catalog, FileFinding, FileFindings, IdChanged, PageRecord, WorkUpdate, under
from manifests.ingest.checksums import Checksums
from manifests.ingest.folder import WorkFolder
from manifests.ingest.new_ids import told_apart
from manifests.ingest.recognised_texts import RecognisedTexts
from manifests.ingest.records import RecordsInHand, WorkRecords, describe, findings_of, work_records
from manifests.ingest.report import Outcome, Verdict
from manifests.ingest.rows import (
    gaps_of,
    row_of_gone,
    row_of_removed,
    rows_beside,
    rows_of_notes,
    rows_of_refused,
)
from manifests.ingest.standing import Standing
from manifests.ingest.taken_pages import PageResult, take_page
from manifests.ingest.targets import Targets, targets_among
from manifests.ingest.texts import StoredWords, WorkTexts, read_texts
from manifests.ingest.work_plan import WorkPlan
from manifests.metadata.record import Record
from manifests.metadata.texts import as_label
from manifests.model import Finding, LanguageMap, Page, PageState, PyramidResult, Severity, State, Work
from manifests.natural_order import page_key
from manifests.text import TEXT_READERS, TextReader

Documents = Callable[[Work, Sequence[Page], Record], dict[int, tuple[str, str, bytes]]]
"""Builds the stored documents of a work: by version, who made it, its digest, the bytes."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a work when all its files have been looked at, and a row for each of them."""

    taken: Sequence[PageResult]
    texts: WorkTexts
    records: WorkRecords
    pages: Sequence[PageRecord]
    rows: list[Outcome]


class WorkWriter:
    def __init__(
        self,
        catalog: Catalog,
        texts: Path,
        documents: Documents,
        readers: Sequence[TextReader] = TEXT_READERS,
        standing: Standing | None = None,
    ) -> None:
        self._standing = standing or Standing(catalog)
        self._readers = readers
        self._catalog = catalog
        self._texts = texts
        self._documents = documents
        self.records = RecordsInHand()

    def begin(self, folder: WorkFolder) -> None:
        """Asked of every work in order of path, so that what follows from the records of several, such as the ids of
        new collections, does not depend on which work is ready first."""
        self._standing.expect(self.records.begin(folder))

    def finish(
        self,
        plan: WorkPlan,
        results: Mapping[str, PyramidResult],
        *,
        draft: bool,
        prune: bool,
        text_encoding: str | None,
    ) -> Iterator[Outcome]:
        before = self._catalog.findings(plan.place.root, plan.place.path)
        judged = self._judge(plan, results, before, prune, text_encoding)
        self._save(plan, judged, draft)
        rows = judged.rows
        if plan.known is not None and self._catalog.work(plan.id).state == State.REMOVED:
            rows = [row_of_removed(plan.folder, plan.known)]  # while its pyramids were made; nothing was taken in
        yield from rows

    def rehearse(
        self, plan: WorkPlan, results: Mapping[str, PyramidResult], *, prune: bool, text_encoding: str | None
    ) -> Iterator[Outcome]:
        """The rows of `finish`, nothing stored, every text read. Pages that are as they were may have results, too."""
        before = self._catalog.findings(plan.place.root, plan.place.path)
        yield from self._judge(plan, results, before, prune, text_encoding, reads_all=True).rows

    def _judge(
        self,
        plan: WorkPlan,
        results: Mapping[str, PyramidResult],
        before: FileFindings,
        prune: bool,
        text_encoding: str | None,
        *,
        reads_all: bool = False,
    ) -> Judged:
        said = _of_pages(before)
        checksums = Checksums.of(plan.folder)
        targets = Targets(targets_among(plan.folder.pages))
        taken = [
            _marked(_proved(take_page(page, plan, results.get(page.id), said.get(page.id, ())), checksums), targets)
            for page in plan.pages
        ]
        gone = _after(plan, taken, prune)
        records = self._records(plan, _targets(taken))
        recognised = RecognisedTexts(self._texts.parent, self._catalog.recognitions(plan.id))
        texts = read_texts(
            plan.folder,
            _in_order(taken, gone, records.merged.record.sequence),
            self._stored_words(plan, before),
            recognised,
            text_encoding,
            self._readers,
            reads_all=reads_all,
        )
        described = describe(texts.pages, records.merged.record)
        about = findings_of(records.merged.record, described.absent, plan.id, is_new=plan.known is None)
        missing = [note.page for note in records.merged.record.pages if note.is_missing]
        gaps = gaps_of(plan.folder, _targets(taken), missing)
        rows = [
            *records.rows(plan.id),
            *_rows(taken, plan.id, checksums, texts, targets),
            *(row_of_gone(page, plan, page.state) for page in _leaving(gone, plan)),
            *rows_of_refused((*plan.unknown, *texts.refused, *checksums.unreadable), plan.id),
            *rows_beside(plan.folder, plan.id),
            *rows_of_notes((*checksums.absences(), *gaps, *texts.notes), plan.id),
            *rows_of_notes(((plan.folder.path, finding) for finding in about), plan.id),
        ]
        if _is_no_work(plan, texts):
            rows = [replace(row, verdict=Verdict.UNCHANGED) if row.verdict is Verdict.ADDED else row for row in rows]
        return Judged(taken, texts, records, described.pages, rows)

    def _records(self, plan: WorkPlan, targets: Collection[Path]) -> WorkRecords:
        before = self._catalog.records(plan.id) if plan.known is not None else ()
        label = plan.known.label if plan.known is not None else {"none": [plan.label]}
        return work_records(plan.folder, self.records.end(plan.folder), before, label, targets)

    def _stored_words(self, plan: WorkPlan, before: FileFindings) -> StoredWords:
        notes: dict[str, list[Finding]] = defaultdict(list)
        for said in before:
            if said.page is None and said.finding.severity != Severity.ERROR:
                notes[said.file].append(said.finding)
        text = plan.known.text if plan.known is not None else None
        return StoredWords(self._texts / text if text is not None else None, notes)

    def _save(self, plan: WorkPlan, judged: Judged, draft: bool) -> None:
        """Again under the id that it has by now, where somebody has renamed it meanwhile."""
        while True:
            try:
                return self._save_as(self._id_now(plan), plan, judged, draft)
            except IdChanged:
                continue

    def _id_now(self, plan: WorkPlan) -> str:
        if plan.known is not None:
            return self._catalog.work(plan.id).id
        return told_apart(plan.id, plan.place, self._catalog.is_taken)

    def _save_as(self, name: str, plan: WorkPlan, judged: Judged, draft: bool) -> None:
        texts, rows = judged.texts, judged.rows
        root, way = plan.place.root, plan.place.path
        found = [FileFinding(row.file, row.page, finding, row.number) for row in rows for finding in row.findings]
        pages = [under(name, known) for known in judged.pages]
        shown = [known.page for known in pages if known.is_shown]
        if _is_no_work(plan, texts):
            self._catalog.note_findings(root, way, found)
            return
        before = plan.known.text if plan.known is not None else None
        text = before if texts.is_as_stored else texts.write(self._texts, name)
        record = judged.records.merged.record
        work = _work(name, plan, as_label(record.label), len(shown), text)
        stands_in = self._standing.wishes(record)
        update = WorkUpdate(
            work=name,
            root=root,
            folder=way,
            label=work.label,
            draft=draft,
            returns=plan.returns,
            pages=pages,
            text=text,
            text_changed=text != before,
            records=judged.records.sources,
            documents=self._documents(work, shown, record),
            findings=found,
            is_new=plan.known is None,
            is_visible=True,
            stands_in=stands_in,
            leaves=self._standing.leaves,
        )
        is_visible = judged.records.share_other_files or self._is_visible(plan, judged.taken, update)
        update = replace(update, is_visible=is_visible)
        is_as_stored = (
            judged.records.are_as_stored
            and self._catalog.pages(name) == list(update.pages)
            and self._standing.is_as_stored(name, stands_in)
        )
        if update.is_visible or not is_as_stored or _moved(plan):
            self._catalog.save(update, datetime.now(UTC))
        else:
            self._catalog.note_findings(root, way, found)

    def _is_visible(self, plan: WorkPlan, taken: Sequence[PageResult], update: WorkUpdate) -> bool:
        """Whether anybody outside could see a difference: else `updated` stays, and nothing is harvested again."""
        if plan.known is None or plan.returns or update.text_changed or plan.known.pages == 0:
            return True
        made = [one.page for one in taken if one.verdict in (Verdict.ADDED, Verdict.CHANGED)]
        if any(page is not None and page.is_shown for page in made):
            return True
        stored = {version: self._catalog.document(update.work, version) for version in update.documents}
        return any(old is None or old[:2] != update.documents[v][:2] for v, old in stored.items())


_OF_GONE = ("master-gone", "page-gone", "page-unnamed")


def _is_no_work(plan: WorkPlan, texts: WorkTexts) -> bool:
    """Nothing of it could be shown: every page was refused. What it has of targets is taken in with the first page."""
    return not any(page.is_shown for page in texts.pages) and (plan.known is None or not plan.known.pages)


def _targets(taken: Sequence[PageResult]) -> set[Path]:
    return {one.plan.file for one in taken if one.page is not None and one.page.page.is_target}


def _of_pages(before: FileFindings) -> dict[str, tuple[Finding, ...]]:
    """What was said of each page, by id: of one that is not made again it still holds, unless it was refused."""
    said: dict[str, tuple[Finding, ...]] = {}
    for _, page, finding, _ in before:
        if page is not None and finding.severity != Severity.ERROR and finding.code not in _OF_GONE:
            said[page] = (*said.get(page, ()), finding)
    return said


def _moved(plan: WorkPlan) -> bool:
    return plan.known is not None and (plan.known.root, plan.known.folder) != (plan.place.root, plan.place.path)


def _proved(taken: PageResult, checksums: Checksums) -> PageResult:
    """What a bag holds damaged is not taken in; the page stays as it was."""
    if taken.page is None or taken.verdict not in (Verdict.ADDED, Verdict.CHANGED):
        return taken
    damage = checksums.damage(taken.plan.file, taken.page)
    return PageResult(taken.plan, taken.plan.known, Verdict.REFUSED, (damage,)) if damage is not None else taken


def _marked(taken: PageResult, targets: Targets) -> PageResult:
    if taken.page is None or taken.verdict in (Verdict.REFUSED, Verdict.MISSING):
        return taken
    return replace(taken, page=targets.marked(taken.plan.file, taken.page, taken.plan.known))


def _after(plan: WorkPlan, taken: Sequence[PageResult], prune: bool) -> list[PageRecord]:
    """The pages for which there is no file, as they are from now on. A work is never emptied: that is `remove`'s."""
    is_left = any(one.page.state == PageState.PRESENT for one in taken if one.page is not None and one.page.is_shown)

    def after(page: PageRecord) -> PageState:
        if page.state == PageState.PRUNED or (prune and is_left and page.page.id not in plan.vanished):
            return PageState.PRUNED
        return PageState.MISSING

    return [replace(page, state=after(page)) for page in plan.gone]


def _leaving(gone: Sequence[PageRecord], plan: WorkPlan) -> list[PageRecord]:
    """Without those that were pruned before."""
    return [now for now, was in zip(gone, plan.gone, strict=True) if was.state != PageState.PRUNED]


def _in_order(taken: Sequence[PageResult], gone: Sequence[PageRecord], sequence: Sequence[str]) -> list[PageRecord]:
    """Every page there ever was: as the record counts them, by the stems of their files; what it does not count behind
    them, in the order of people, gone ones among the others by the names they had."""
    here = [one.page for one in taken if one.page is not None]
    places = {normalize("NFC", stem): place for place, stem in enumerate(sequence)}

    def key(known: PageRecord) -> tuple[object, ...]:
        file = PurePosixPath(known.page.file)
        return places.get(normalize("NFC", file.stem), len(places)), page_key(file), known.page.number

    return sorted([*here, *gone], key=key)


def _work(name: str, plan: WorkPlan, label: LanguageMap, pages: int, text: str | None) -> Work:
    """The work as its documents are made from it; state and time are the catalogue's to say."""
    return Work(
        id=name,
        root=plan.place.root,
        folder=plan.place.path,
        label=label,
        state=State.PUBLIC,
        updated=datetime.now(UTC),
        pages=pages,
        generation=0,
        text=text,
    )


def _rows(
    taken: Sequence[PageResult], work: str, checksums: Checksums, texts: WorkTexts, targets: Targets
) -> Iterator[Outcome]:
    """Of a file's checksum the first of its pages tells that was taken in."""
    told = set[Path]()
    with_text = {known.page.id for known in texts.pages if known.page.text is not None}
    for one in taken:
        is_refused = one.verdict in (Verdict.REFUSED, Verdict.MISSING)
        is_first = not is_refused and one.plan.file not in told
        told |= {one.plan.file} if is_first else set()
        yield _row(one, work, checksums if is_first else None, texts, targets, with_text)


def _row(
    taken: PageResult,
    work: str,
    checksums: Checksums | None,
    texts: WorkTexts,
    targets: Targets,
    with_text: Collection[str],
) -> Outcome:
    """What was said before of name and checksum, and of a text that is read anew, is said again, or no longer."""
    page = taken.plan
    if taken.verdict in (Verdict.REFUSED, Verdict.MISSING):
        return Outcome(str(page.file), work, page.id, taken.verdict, taken.findings, page.number_if_several)
    was_wrong = any(finding.code == "checksum-differs" for finding in taken.findings)
    is_new = taken.verdict is not Verdict.UNCHANGED
    differs = checksums.compare(page.file, taken.page, doubted=is_new or was_wrong) if checksums else None
    stale = ["target", "checksum-", *(("text-", "ocr-") if page.id in texts.judged else ())]
    stale += ["recognition-"] if page.id in with_text else []
    said = [finding for finding in taken.findings if not finding.code.startswith(tuple(stale))]
    said += targets.told(page.file, taken.page) if taken.page is not None else []
    said += [differs] if differs is not None else []
    said += texts.findings.get(page.id, ())
    return Outcome(str(page.file), work, page.id, taken.verdict, said, page.number_if_several)
