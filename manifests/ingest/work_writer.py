"""From a work's carved pages to its one transaction, and the row of the report for each of its files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from manifests import findings
from manifests.catalog import Catalog, FileFindings, PageRecord, WorkUpdate
from manifests.ids import image_id
from manifests.ingest.checksums import Checksums
from manifests.ingest.folder import WorkFolder
from manifests.ingest.natural_order import page_key
from manifests.ingest.new_ids import label_of
from manifests.ingest.report import Outcome, Verdict, printable_path
from manifests.ingest.texts import WorkTexts, read_texts
from manifests.ingest.work_plan import Action, PagePlan, WorkPlan
from manifests.model import Finding, LanguageMap, Master, Page, PageState, Pyramid, PyramidResult, State, Work

Documents = Callable[[Work, Sequence[Page]], dict[int, tuple[str, str, bytes]]]
"""Builds the stored documents of a work: by version, who made it, its digest, the bytes."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page file after carving: its page, or why there is none, and what is to be said of it."""

    plan: PagePlan
    page: PageRecord | None
    verdict: Verdict
    findings: tuple[Finding, ...]


class WorkWriter:
    def __init__(self, catalog: Catalog, texts: Path, documents: Documents) -> None:
        self._catalog = catalog
        self._texts = texts
        self._documents = documents

    def finish(
        self, plan: WorkPlan, carved: Mapping[str, PyramidResult], *, draft: bool, prune: bool
    ) -> Iterator[Outcome]:
        before = self._findings_before(plan)
        checksums = Checksums.of(plan.folder)
        taken = [_take(page, plan, carved.get(page.id), before.get(page.file.name, ())) for page in plan.pages]
        texts = read_texts(plan.folder, _in_order(taken, plan, prune), self._known_words(plan))
        rows = [
            *(_row(t, plan.id, checksums, texts) for t in taken),
            *(_row_of_gone(gone, plan, prune) for gone in plan.gone if gone.state != PageState.PRUNED),
            *rows_beside(plan.folder, plan.id),
            *(_row_of_refused(file, plan.id, finding) for file, finding in checksums.unreadable),
            *(_row_of_note(file, plan.id, findings.make_finding("unused")) for file in texts.unused),
        ]
        self._save(plan, texts, rows, draft)
        yield from rows

    def _findings_before(self, plan: WorkPlan) -> dict[str, tuple[Finding, ...]]:
        """By file name: what was said of a page that is not carved again still holds."""
        before: dict[str, tuple[Finding, ...]] = {}
        for file, _, finding in self._catalog.findings(plan.place.root, plan.place.path):
            if not finding.code.startswith(("master-gone", "unused")):
                name = Path(file).name
                before[name] = (*before.get(name, ()), finding)
        return before

    def _known_words(self, plan: WorkPlan) -> bytes | None:
        if plan.known is None or plan.known.text is None:
            return None
        try:
            return (self._texts / plan.known.text).read_bytes()
        except OSError:
            return None

    def _save(
        self,
        plan: WorkPlan,
        texts: WorkTexts,
        rows: Sequence[Outcome],
        draft: bool,
    ) -> None:
        root, way, pages = plan.place.root, plan.place.path, texts.pages
        found: FileFindings = [(row.file, row.page, finding) for row in rows for finding in row.findings]
        printable_path = [known.page for known in pages if known.state != PageState.PRUNED]
        if not pages:
            self._catalog.note_findings(root, way, found)
            return
        text = texts.write(self._texts, plan.id) if texts.changed else (plan.known.text if plan.known else None)
        work = _work(plan, len(printable_path), text)
        edition = WorkUpdate(
            work=plan.id,
            root=root,
            folder=way,
            label=work.label,
            draft=draft,
            returns=plan.returns,
            pages=pages,
            text=text,
            text_changed=texts.changed,
            documents=self._documents(work, printable_path),
            findings=found,
        )
        if not self._is_as_known(plan, edition):
            self._catalog.save(edition, datetime.now(UTC))

    def _is_as_known(self, plan: WorkPlan, edition: WorkUpdate) -> bool:
        """Whether writing would change nothing: then nothing is written, and `updated` stays."""
        if plan.known is None or plan.returns or edition.text_changed:
            return False
        if any(page.action is not Action.KEEP for page in plan.pages) or plan.known.pages == 0:
            return False
        known = self._catalog.pages(plan.id)
        stored = {v: document for v in edition.documents if (document := self._catalog.document(plan.id, v))}
        same_documents = {v: (d[0], d[1]) for v, d in stored.items()} == {
            v: (d[0], d[1]) for v, d in edition.documents.items()
        }
        told = self._catalog.findings(edition.root, edition.folder)
        return same_documents and list(edition.pages) == known and told == list(edition.findings)


def _take(page: PagePlan, plan: WorkPlan, carved: PyramidResult | None, before: tuple[Finding, ...]) -> PageResult:
    if page.action is Action.KEEP and page.known is not None:
        known = replace(page.known, state=PageState.PRESENT, length=page.length, mtime=page.mtime)
        moved = replace(known.page, file=_below_root(plan, page.file), label=_label(page.file))
        return PageResult(page, replace(known, page=moved), Verdict.UNCHANGED, before)
    new = Verdict.ADDED if page.known is None else Verdict.CHANGED
    if page.action is Action.TAKE_STAGED and page.staged is not None:
        s = page.staged
        return PageResult(page, _new(page, plan, s.sha256, s.master, s.pyramid), new, s.findings)
    if carved is None:
        raise LookupError(page.file)  # the run hands over every page that it planned to carve
    examined = carved.examined
    said = tuple(examined.findings)
    if carved.pyramid is None or examined.master is None:
        return PageResult(page, page.known, Verdict.REFUSED, said)
    return PageResult(page, _new(page, plan, examined.sha256, examined.master, carved.pyramid), new, said)


def _new(page: PagePlan, plan: WorkPlan, sha256: str, master: Master, pyramid: Pyramid) -> PageRecord:
    made = Page(
        id=page.id,
        image=image_id(plan.id, page.id),
        label=_label(page.file),
        file=_below_root(plan, page.file),
        sha256=sha256,
        master=master,
        pyramid=pyramid,
    )
    return PageRecord(made, PageState.PRESENT, page.length, page.mtime)


def _below_root(plan: WorkPlan, file: Path) -> str:
    if plan.folder.is_file:
        return plan.place.path
    return plan.place.joined(plan.folder.below(file)).path


def _label(file: Path) -> LanguageMap:
    """The stem, a number without its leading zeros; the language of a file name is not known."""
    stem = label_of(file.stem)
    return {"none": [stem.lstrip("0") or "0" if stem.isdecimal() else stem]}


def _in_order(taken: Sequence[PageResult], plan: WorkPlan, prune: bool) -> list[PageRecord]:
    """Every page there ever was, in the order of people, gone ones among the others by the names they had."""
    after = PageState.PRUNED if prune else PageState.MISSING
    gone = [page if page.state == PageState.PRUNED else replace(page, state=after) for page in plan.gone]
    here = [t.page for t in taken if t.page is not None]
    return sorted([*here, *gone], key=lambda known: page_key(PurePosixPath(known.page.file)))


def _work(plan: WorkPlan, pages: int, text: str | None) -> Work:
    """The work as its documents are made from it; state and time are the catalogue's to say."""
    label = plan.known.label if plan.known is not None else {"none": [plan.label]}
    return Work(
        id=plan.id,
        root=plan.place.root,
        folder=plan.place.path,
        label=label,
        state=State.PUBLIC,
        updated=datetime.now(UTC),
        pages=pages,
        generation=0,
        text=text,
    )


def _row(taken: PageResult, work: str, checksums: Checksums, texts: WorkTexts) -> Outcome:
    """What was said before of the checksum and of a text that is read anew is said again, or no longer."""
    was_wrong = any(finding.code == "checksum-differs" for finding in taken.findings)
    is_new = taken.verdict is not Verdict.UNCHANGED
    differs = checksums.compare(taken.plan.file, taken.page, doubted=is_new or was_wrong)
    stale = ("checksum-", "text-") if texts.changed else ("checksum-",)
    said = [finding for finding in taken.findings if not finding.code.startswith(stale)]
    said += [differs] if differs is not None else []
    said += texts.findings.get(taken.plan.id, ())
    return Outcome(str(taken.plan.file), work, taken.plan.id, taken.verdict, said)


def _row_of_gone(gone: PageRecord, plan: WorkPlan, prune: bool) -> Outcome:
    file = str(plan.where_was(gone))
    if prune:
        return Outcome(file, plan.id, gone.page.id, Verdict.REMOVED)
    return Outcome(file, plan.id, gone.page.id, Verdict.MISSING, (findings.make_finding("master-gone"),))


def rows_beside(folder: WorkFolder, work: str | None) -> Iterator[Outcome]:
    """What is to be said of a folder's other files, and of what in it had to be refused by name."""
    yield from (_row_of_refused(path, work, finding) for path, finding in folder.refused)
    yield from (_row_of_note(path, work, finding) for path, finding in folder.notes)


def _row_of_refused(path: Path, work: str | None, finding: Finding) -> Outcome:
    return Outcome(printable_path(path), work, None, Verdict.REFUSED, (finding,))


def _row_of_note(path: Path, work: str | None, finding: Finding) -> Outcome:
    return Outcome(printable_path(path), work, None, Verdict.UNCHANGED, (finding,))
