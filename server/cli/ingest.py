"""`ingest` and `check`, and how what was done is told: a row for each file, then a summary."""

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from manifests.errors import N_
from manifests.ingest.passed_over import CATALOG
from manifests.ingest.pyramid_maker import OpenPyramidMaker
from manifests.ingest.report import Outcome, Verdict
from manifests.ingest.run import IngestOptions, IngestTools
from manifests.library import Library
from manifests.model import Finding, Severity
from manifests.settings import Settings
from manifests.text import ENCODINGS, with_pdf
from server.cli.context import SOME_REFUSED, CliContext, with_context
from server.cli.progress import ProgressBar
from server.cli.summary import Summary

_WORTH_A_LINE = {Verdict.REFUSED, Verdict.MISSING, Verdict.REMOVED}


@click.command(help=N_("Take in the works at PATHs: folders of scans, or single files."))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, readable=False))
@click.option("--collection", metavar="ID", help=N_("Put the works into this collection; a new one is made."))
@click.option("--leave-collection", "left", metavar="ID", help=N_("Take the works out of this collection again."))
@click.option("--draft", is_flag=True, help=N_("New works wait for `publish`."))
@click.option("--each-file", is_flag=True, help=N_("Every file is a work of its own."))
@click.option("--dry-run", is_flag=True, help=N_("Open every file, say what would be done and refused, store nothing."))
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help=N_("How many cores to use; all where nothing is said.")
)
@click.option("--prune", is_flag=True, help=N_("Take away pages whose masters have gone."))
@click.option("--ocr", metavar="LANGS", help=N_("Read pages without text by Tesseract, in these languages: `vie+fra`."))
@click.option(
    "--text-encoding",
    type=click.Choice(["auto", *ENCODINGS]),
    help=N_("How the letters of these texts are encoded, where it was not recognised; it is remembered."),
)
@with_context
def ingest(
    cli: CliContext,
    paths: tuple[Path, ...],
    dry_run: bool,
    jobs: int | None,
    ocr: str | None,
    text_encoding: str | None,
    collection: str | None,
    left: str | None,
    **wishes: bool,
) -> None:
    asked = {"text_encoding": text_encoding, "collection": collection, "left": left}
    if not take_in(cli, paths, dry_run=dry_run, jobs=jobs, ocr=ocr, asked=asked, **wishes):
        click.get_current_context().exit(SOME_REFUSED)


@click.command(
    help=N_("Open every file at PATHs as `ingest` would, known ones too, say what is wrong, and store nothing.")
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, readable=False))
@click.option("--each-file", is_flag=True, help=N_("Every file is a work of its own."))
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help=N_("How many cores to use; all where nothing is said.")
)
@with_context
def check(cli: CliContext, paths: tuple[Path, ...], jobs: int | None, each_file: bool) -> None:
    if not take_in(cli, paths, dry_run=True, opens_all=True, jobs=jobs, each_file=each_file):
        click.get_current_context().exit(SOME_REFUSED)


def take_in(
    cli: CliContext,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    opens_all: bool = False,
    jobs: int | None = None,
    ocr: str | None = None,
    asked: Mapping[str, Any] = MappingProxyType({}),
    **wishes: bool,
) -> bool:
    """Whether every file was taken in. `asked` and `wishes` are options of the ingest, by their names there."""
    # Here, so that the commands that make no pyramid start without libvips.
    from server.ocr.tesseract_pool import open_pool
    from server.pdf_text.bounded_pdf import BoundedPdf
    from server.pyramid.build import RECIPE

    settings = cli.settings(jobs=jobs)
    cores = settings.jobs or available_cores()
    options = IngestOptions(jobs=cores, dry_run=dry_run, opens_all=opens_all, **{**asked, **wishes})
    open_workers = _pyramid_makers(settings, cores)
    counted: Counter[Verdict] = Counter()
    summary = Summary()
    is_all_well = True
    with ExitStack() as stack:
        # First, so that nothing is begun that would stop where Tesseract is wanted and missing.
        recogniser = stack.enter_context(open_pool(ocr, settings, cores)) if ocr is not None else None
        folder = cli.folder
        if dry_run and not (folder / CATALOG).is_file():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))  # a dry run makes no library
        library = Library.create(folder, settings)
        stack.callback(library.close)
        bar = stack.enter_context(ProgressBar(cli.translator))
        tools = IngestTools(recogniser, with_pdf(stack.enter_context(BoundedPdf.of(settings))))
        for outcome in library.ingest(paths, options, open_workers, RECIPE, bar, tools):
            counted[outcome.verdict] += outcome.page is not None or outcome.verdict is Verdict.REFUSED
            summary.add(outcome)
            is_all_well &= not _asks_for_a_hand(outcome)
            report(cli, outcome)
    summary.tell(cli)
    cli.print_message(
        N_("Pages: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused."),
        **{verdict.value: counted[verdict] for verdict in Verdict},
    )
    return is_all_well


def _pyramid_makers(settings: Settings, cores: int) -> OpenPyramidMaker:
    from server.pyramid.worker_pool import WorkerPool

    return lambda: WorkerPool(
        cores,
        max_pixels=settings.max_master_pixels,
        max_decoded=settings.max_decoded_pixels,
        pdf_ppi=settings.pdf_ppi,
        seconds=settings.max_master_seconds,
        memory_megabytes=settings.max_master_memory,
    )


def _asks_for_a_hand(outcome: Outcome) -> bool:
    """Refused, or gone while it was wanted. That a master has gone for good is only to be known."""
    return outcome.verdict is Verdict.REFUSED or any(f.severity is Severity.ERROR for f in outcome.findings)


def available_cores() -> int:
    """Those this process may use; a container may be given fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def report(cli: CliContext, outcome: Outcome) -> None:
    sentences = " ".join(cli.translator.translate_finding(finding) for finding in outcome.findings)
    if cli.as_json:
        row = {
            "file": outcome.file,
            "work": outcome.work,
            "page": outcome.page,
            "number": outcome.number,
            "outcome": outcome.verdict,
            "findings": [finding_row(finding) for finding in outcome.findings],
            "message": sentences or None,
        }
        cli.print_row(row)
    elif outcome.verdict in _WORTH_A_LINE or any(f.severity is not Severity.NOTE for f in outcome.findings):
        verdict, file = cli.translator.translate(VERDICTS[outcome.verdict]), cli.named(outcome.file, outcome.number)
        cli.print_row({}, f"{verdict}  {file}  {sentences}".rstrip())


VERDICTS = {
    Verdict.ADDED: N_("added"),
    Verdict.CHANGED: N_("changed"),
    Verdict.UNCHANGED: N_("unchanged"),
    Verdict.REFUSED: N_("REFUSED"),
    Verdict.MISSING: N_("missing"),
    Verdict.REMOVED: N_("taken away"),
}


def finding_row(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "severity": finding.severity, **finding.values}


COMMANDS = (ingest, check)
