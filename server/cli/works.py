"""Commands about what the library has: ingest, list, show, search, publish, withdraw, remove, reindex."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from manifests.errors import N_, Damaged
from manifests.findings import FINDING_TYPES
from manifests.ingest.passed_over import CATALOG
from manifests.ingest.report import Outcome, Verdict
from manifests.ingest.run import IngestOptions
from manifests.library import Library
from manifests.model import Finding, Page, Severity, State, Work
from server.cli.context import OWN_FAILURE, SOME_REFUSED, CliContext, with_context
from server.cli.progress import ProgressBar

_AT_ONCE = 500
_WORTH_A_LINE = {Verdict.REFUSED, Verdict.MISSING, Verdict.REMOVED}


@click.command(help=N_("Take in the works at PATHs: folders of scans, or single files."))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, readable=False))
@click.option("--draft", is_flag=True, help=N_("New works wait for `publish`."))
@click.option("--each-file", is_flag=True, help=N_("Every file is a work of its own."))
@click.option("--dry-run", is_flag=True, help=N_("Open every file, say what would be done and refused, store nothing."))
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help=N_("How many cores to use; all where nothing is said.")
)
@click.option("--prune", is_flag=True, help=N_("Take away pages whose masters have gone."))
@with_context
def ingest(cli: CliContext, paths: tuple[Path, ...], dry_run: bool, jobs: int | None, **wishes: bool) -> None:
    if not take_in(cli, paths, dry_run=dry_run, jobs=jobs, **wishes):
        click.get_current_context().exit(SOME_REFUSED)


def take_in(
    cli: CliContext, paths: Sequence[Path], *, dry_run: bool = False, jobs: int | None = None, **wishes: bool
) -> bool:
    """Whether every file was taken in."""
    # Here, so that the commands that make no pyramid start without libvips.
    from server.pyramid.build import RECIPE
    from server.pyramid.worker_pool import WorkerPool

    settings = cli.settings(jobs=jobs)
    cores = settings.jobs or available_cores()
    options = IngestOptions(jobs=cores, dry_run=dry_run, **wishes)

    def open_pyramid_maker(pages: int | None) -> WorkerPool:
        return WorkerPool(
            cores,
            pages=pages,
            max_pixels=settings.max_master_pixels,
            max_decoded=settings.max_decoded_pixels,
            seconds=settings.max_master_seconds,
            memory_megabytes=settings.max_master_memory,
        )

    counted: Counter[Verdict] = Counter()
    notes: Counter[str] = Counter()
    is_all_well = True
    with ExitStack() as stack:
        folder = cli.folder
        if dry_run and not (folder / CATALOG).is_file():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))  # a dry run makes no library
        library = Library.create(folder, settings)
        stack.callback(library.close)
        bar = stack.enter_context(ProgressBar(cli.translator))
        for outcome in library.ingest(paths, options, open_pyramid_maker, RECIPE, bar):
            counted[outcome.verdict] += outcome.page is not None or outcome.verdict is Verdict.REFUSED
            notes.update(finding.code for finding in outcome.findings if finding.severity is Severity.NOTE)
            is_all_well &= not _asks_for_a_hand(outcome)
            _report(cli, outcome)
    cli.print_message(
        N_("Pages: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused."),
        **{verdict.value: counted[verdict] for verdict in Verdict},
    )
    _count(cli, notes)
    return is_all_well


def _asks_for_a_hand(outcome: Outcome) -> bool:
    """Refused, or gone while it was wanted. That a master has gone for good is only to be known."""
    return outcome.verdict is Verdict.REFUSED or any(f.severity is Severity.ERROR for f in outcome.findings)


def _count(cli: CliContext, notes: Counter[str]) -> None:
    """What no line was said of, by kind, so that silence means that all is well."""
    by_kind: Counter[tuple[str, str]] = Counter()
    for code, count in notes.items():
        by_kind[FINDING_TYPES[code].counted] += count
    if by_kind:
        told = [cli.translator.plural(*kind, count) for kind, count in by_kind.most_common()]
        cli.print_message(N_("{notes}: `show` tells which."), notes=", ".join(told))


def available_cores() -> int:
    """Those this process may use; a container may be given fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _report(cli: CliContext, outcome: Outcome) -> None:
    sentences = " ".join(cli.translator.translate_finding(finding) for finding in outcome.findings)
    if cli.as_json:
        row = {
            "file": outcome.file,
            "work": outcome.work,
            "page": outcome.page,
            "outcome": outcome.verdict,
            "findings": [_finding(finding) for finding in outcome.findings],
            "message": sentences or None,
        }
        cli.print_row(row)
    elif outcome.verdict in _WORTH_A_LINE or any(f.severity is not Severity.NOTE for f in outcome.findings):
        cli.print_row(
            {}, f"{cli.translator.translate(VERDICTS[outcome.verdict])}  {outcome.file}  {sentences}".rstrip()
        )


VERDICTS = {
    Verdict.ADDED: N_("added"),
    Verdict.CHANGED: N_("changed"),
    Verdict.UNCHANGED: N_("unchanged"),
    Verdict.REFUSED: N_("REFUSED"),
    Verdict.MISSING: N_("missing"),
    Verdict.REMOVED: N_("taken away"),
}
STATES = {
    State.DRAFT: N_("draft"),
    State.PUBLIC: N_("public"),
    State.WITHDRAWN: N_("withdrawn"),
}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "severity": finding.severity, **finding.values}


@click.command("list", help=N_("List the works, whatever their state."))
@with_context
def list_works(cli: CliContext) -> None:
    with _library(cli) as library:
        for work in _all_works(library):
            row = {
                "id": work.id,
                "label": _label(work),
                "pages": work.pages,
                "state": work.state,
                "updated": _utc(work.updated),
                "manifest": f"/iiif/presentation/3/{work.id}/manifest",
            }
            state = cli.translator.translate(STATES[work.state])
            pages = cli.translator.plural(N_("{count} page"), N_("{count} pages"), work.pages)
            cli.print_row(row, f"{work.id}  {cli.translator.label(work.label)}  {pages}  {state}")


def _all_works(library: Library) -> Iterator[Work]:
    after = None
    while works := library.works(after=after, limit=_AT_ONCE, states=tuple(STATES)):
        yield from works
        after = works[-1].id


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _label(work: Work | Page) -> dict[str, list[str]]:
    return {language: list(texts) for language, texts in work.label.items()}


@click.command(help=N_("Show all that is known of a work."))
@click.argument("work", metavar="ID")
@with_context
def show(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        found = library.any_work(work)
        pages = library.pages(work)
        findings = [
            {"file": file, "page": page, **_finding(finding)} for file, page, finding in library.findings(found)
        ]
        row = {
            "id": found.id,
            "folder": found.folder,
            "root": found.root,
            "label": _label(found),
            "state": found.state,
            "updated": _utc(found.updated),
            "pages": [_page(page) for page in pages],
            "findings": findings,
        }
        cli.print_row(row, *_as_lines(cli, found, pages, library.findings(found)))


def _page(page: Page) -> dict[str, Any]:
    master = asdict(page.master)
    return {
        "id": page.id,
        "image": page.image,
        "label": _label(page),
        "file": page.file,
        "width": page.width,
        "height": page.height,
        **{name: value for name, value in master.items() if name not in {"width", "height"}},
        "sha256": page.sha256,
        "pyramid": page.pyramid.file,
        "text": page.text,
    }


def _as_lines(
    cli: CliContext, work: Work, pages: Sequence[Page], findings: list[tuple[str, str | None, Finding]]
) -> list[str]:
    lines = [
        f"{work.id}  {cli.translator.label(work.label)}  {cli.translator.translate(STATES[work.state])}",
        work.folder,
    ]
    lines += [
        f"  {page.id}  {page.width} x {page.height}  {page.master.format} {page.master.bits} bit"
        f"  {page.master.profile or '-'}  {f'{page.master.ppi:g} ppi' if page.master.ppi else '-'}  {page.text or '-'}"
        for page in pages
    ]
    lines += [f"  {file}: {cli.translator.translate_finding(finding)}" for file, _, finding in findings]
    return lines


@click.command(help=N_("Find words in the text of one work, or of all public ones."))
@click.argument("query")
@click.option("--work", metavar="ID", help=N_("Only inside this work."))
@with_context
def search(cli: CliContext, query: str, work: str | None) -> None:
    lost: list[Damaged] = []
    with _library(cli) as library:
        for hit in library.search(query, work=work, lost=lost.append):
            row = {
                "work": hit.work,
                "page": hit.page,
                "tier": hit.tier,
                "boxes": [list(box) for box in hit.boxes],
                "before": hit.before,
                "match": hit.match,
                "after": hit.after,
            }
            cli.print_row(row, f"{hit.work}  {hit.page}  {hit.before}[{hit.match}]{hit.after}")
    for error in lost:
        cli.print_message(error.sentence, **error.values)
    if lost:
        click.get_current_context().exit(OWN_FAILURE)


@click.command(help=N_("Make a draft or withdrawn work public."))
@click.argument("work", metavar="ID")
@with_context
def publish(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        library.publish(work)


@click.command(help=N_("Take a work out of sight; its address says so, and `publish` brings it back."))
@click.argument("work", metavar="ID")
@with_context
def withdraw(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        library.withdraw(work)


@click.command(help=N_("Remove a work and its pyramids for good; the masters are not touched."))
@click.argument("work", metavar="ID")
@with_context
def remove(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        library.remove(work)


@click.command(help=N_("Make the search index anew from what is stored; nobody who reads has to wait."))
@with_context
def reindex(cli: CliContext) -> None:
    with _library(cli) as library, ProgressBar(cli.translator) as bar:
        library.reindex(bar)


def _library(cli: CliContext) -> closing[Library]:
    return closing(cli.library())


COMMANDS = (ingest, list_works, show, search, publish, withdraw, remove, reindex)
