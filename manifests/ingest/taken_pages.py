"""From what is planned for each page of a file, and what its reader gave, to the page as it is from now on.

A page that could not be read stays as it was. Stores nothing and opens nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manifests import findings
from manifests.catalog import PageRecord
from manifests.ids import image_id
from manifests.ingest.new_ids import label_of
from manifests.ingest.report import Verdict
from manifests.ingest.rows import verdict_of, why_refused
from manifests.ingest.work_plan import Action, PagePlan, WorkPlan
from manifests.model import (
    Finding,
    LanguageMap,
    Master,
    MasterReport,
    Page,
    PageState,
    Pyramid,
    PyramidResult,
)


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page file, its pyramid made: its page, or why there is none, and what is to be said of it."""

    plan: PagePlan
    page: PageRecord | None
    verdict: Verdict
    findings: tuple[Finding, ...]


def take_page(page: PagePlan, plan: WorkPlan, results: PyramidResult | None, before: tuple[Finding, ...]) -> PageResult:
    if page.action is Action.REFUSE:
        return PageResult(page, page.known, *why_refused(page))
    length, mtime = page.seen.stamp
    if page.action is Action.KEEP and page.known is not None:
        known = replace(page.known, state=PageState.PRESENT, length=length, mtime=mtime)
        label = _label(page, plan, known.page.master)
        moved = replace(known.page, file=_below_root(plan, page.file), label=label)
        kept = replace(known, page=moved)
        if results is None:
            return PageResult(page, kept, Verdict.UNCHANGED, before)
        return _looked_at_again(PageResult(page, kept, Verdict.UNCHANGED, before), results.examined)
    if page.action is Action.TAKE_STAGED and page.staged is not None:
        s = page.staged
        return PageResult(page, _new(page, plan, s.sha256, s.master, s.pyramid), verdict_of(page), s.findings)
    if results is None:
        raise LookupError(page.file)  # the run hands over every page that it planned to build
    examined = results.examined
    if results.pyramid is None or examined.master is None:
        return _not_taken(page, examined.findings)
    made = _new(page, plan, examined.sha256, examined.master, results.pyramid)
    return PageResult(page, made, verdict_of(page), tuple(examined.findings))


def _looked_at_again(taken: PageResult, examined: MasterReport) -> PageResult:
    """A page that is as it was by name, length and time: so is its content, unless the disk has spoiled it."""
    if examined.master is None:
        return _not_taken(taken.plan, examined.findings)
    said = tuple(examined.findings)
    if taken.page is not None and examined.sha256 != taken.page.page.sha256:
        said = (*said, findings.make_finding("content-differs"))
    return replace(taken, findings=said)


def _not_taken(page: PagePlan, said: Sequence[Finding]) -> PageResult:
    """The page stays as it was, or is missing where its file has gone meanwhile."""
    verdict, said = why_refused(page, said)
    kept = page.known
    if kept is not None and verdict is Verdict.MISSING and kept.state == PageState.PRESENT:
        kept = replace(kept, state=PageState.MISSING)
    return PageResult(page, kept, verdict, tuple(said))


def _new(page: PagePlan, plan: WorkPlan, sha256: str, master: Master, pyramid: Pyramid) -> PageRecord:
    made = Page(
        id=page.id,
        image=image_id(plan.id, page.id),
        label=_label(page, plan, master),
        file=_below_root(plan, page.file),
        sha256=sha256,
        master=master,
        pyramid=pyramid,
        number=page.number,
    )
    known = page.known
    text = (
        (known.text_file, known.text_stamp) if known is not None and known.state != PageState.PRUNED else (None, None)
    )
    if known is not None and known.state != PageState.PRUNED:
        made = replace(made, text=known.page.text)
    return PageRecord(made, PageState.PRESENT, *page.seen.stamp, *text)


def _below_root(plan: WorkPlan, file: Path) -> str:
    if plan.folder.is_file:
        return plan.place.path
    return plan.place.joined(plan.folder.below(file)).path


def _label(page: PagePlan, plan: WorkPlan, master: Master) -> LanguageMap:
    """The stem, a number without its leading zeros; of a page among several what its file calls it, else its number.

    The stem goes without saying where the file is the whole work. The language of a file name is not known.
    """
    stem = label_of(page.file.stem)
    stem = stem.lstrip("0") or "0" if stem.isdecimal() else stem
    if page.number_if_several is None:
        return {"none": [stem]}
    name = label_of(master.page_label or "") or str(page.number)
    return {"none": [name if len(plan.folder.pages) == 1 else f"{stem}, {name}"]}
