"""The rows of the report: what is said of each file, by verdict and findings. Decides nothing and stores nothing."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from manifests import findings
from manifests.catalog import PageRecord
from manifests.ingest.folder import WorkFolder
from manifests.ingest.listing import PathFinding
from manifests.ingest.numbering import gaps_among
from manifests.ingest.report import Outcome, Verdict, printable_path
from manifests.ingest.work_plan import Action, PagePlan, WorkPlan
from manifests.model import Finding, PageState, Severity, Work


def rows_beside(folder: WorkFolder, work: str | None) -> Iterator[Outcome]:
    """What is to be said of a folder's other files, and of what in it had to be refused by name."""
    yield from rows_of_refused(folder.refused, work)
    yield from rows_of_notes(folder.notes, work)


def rows_of_refused(refused: Iterable[PathFinding], work: str | None) -> Iterator[Outcome]:
    return (Outcome(printable_path(path), work, None, Verdict.REFUSED, (finding,)) for path, finding in refused)


def rows_of_notes(notes: Iterable[PathFinding], work: str | None) -> Iterator[Outcome]:
    """What is said of a file in one breath is one row."""
    for path, said in groupby(notes, key=itemgetter(0)):
        found = tuple(finding for _, finding in said)
        yield Outcome(printable_path(path), work, None, Verdict.UNCHANGED, found)


def gaps_of(folder: WorkFolder, targets: Collection[Path], missing: Iterable[str]) -> list[PathFinding]:
    """METS counts its pages itself. `missing` are the stems of pages of which a record says that there is no file."""
    if folder.named is not None:
        return []
    here = [page.stem for page in folder.pages if page not in targets]
    return gaps_among(folder.path, [*here, *missing])


def rows_of_sheets(said: Iterable[PathFinding]) -> Iterator[Outcome]:
    for path, finding in said:
        verdict = Verdict.REFUSED if finding.severity is Severity.ERROR else Verdict.UNCHANGED
        yield Outcome(printable_path(path), None, None, verdict, (finding,))


def row_of_removed(folder: WorkFolder, work: Work) -> Outcome:
    finding = findings.make_finding("removed")
    return Outcome(printable_path(folder.path), work.id, None, Verdict.UNCHANGED, (finding,))


def row_of_gone(gone: PageRecord, plan: WorkPlan, after: PageState) -> Outcome:
    """Of a page for which there is no file."""
    file, number = plan.where_was(gone), gone.page.number_if_several
    if after == PageState.PRUNED:
        return Outcome(str(file), plan.id, gone.page.id, Verdict.REMOVED, number=number)
    is_there = number is not None and file in plan.folder.pages
    is_left_out = plan.folder.named is not None and file in plan.folder.named.left_out
    said = findings.make_finding("page-unnamed" if is_left_out else "page-gone" if is_there else "master-gone")
    return Outcome(
        str(file), plan.id, gone.page.id, Verdict.MISSING, (plan.vanished.get(gone.page.id) or said,), number
    )


def verdict_of(page: PagePlan) -> Verdict:
    """Where all goes well."""
    if page.action is Action.KEEP:
        return Verdict.UNCHANGED
    return Verdict.CHANGED if page.known is not None else Verdict.ADDED


def why_refused(page: PagePlan, said: Iterable[Finding] = ()) -> tuple[Verdict, tuple[Finding, ...]]:
    """What became of a page that was not taken in: its file may have gone since it was seen."""
    if page.seen.fault is not None:
        return Verdict.REFUSED, (page.seen.fault,)
    if Path(page.file).exists():
        return Verdict.REFUSED, tuple(said)
    return Verdict.MISSING if page.known is not None else Verdict.REFUSED, (findings.make_finding("vanished"),)
