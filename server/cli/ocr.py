"""The command ocr. What OCR does beside an ingest is the option `--ocr` of that."""

from collections import Counter
from contextlib import ExitStack, closing

import click

from manifests.errors import N_
from manifests.ingest.report import Verdict
from server.cli.context import SOME_REFUSED, CliContext, with_context
from server.cli.ingest import available_cores, report
from server.cli.progress import ProgressBar
from server.cli.summary import Summary


@click.command(
    help=N_("Read a work by OCR (Tesseract): the pages named, or all that have no text of the library's own.")
)
@click.argument("work", metavar="ID")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option(
    "--lang", default="vie", metavar="LANGS", help=N_("Languages as Tesseract names them; `vie` if not said.")
)
@click.option("--replace", is_flag=True, help=N_("Read pages too that have a text of the library's own, in its place."))
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help=N_("How many cores to use; all where nothing is said.")
)
@with_context
def ocr(cli: CliContext, work: str, pages: tuple[str, ...], lang: str, replace: bool, jobs: int | None) -> None:
    from server.ocr.tesseract_pool import open_pool  # and with it libvips

    settings = cli.settings(jobs=jobs)
    counted: Counter[Verdict] = Counter()
    summary = Summary()
    with ExitStack() as stack:
        library = stack.enter_context(closing(cli.library()))
        library.any_work(work)
        recogniser = stack.enter_context(open_pool(lang, settings, settings.jobs or available_cores()))
        bar = stack.enter_context(ProgressBar(cli.translator))
        for outcome in library.recognise(work, pages, recogniser, bar, replaces=replace):
            counted[outcome.verdict] += 1
            summary.add(outcome)
            report(cli, outcome)
    summary.tell(cli)
    cli.print_message(
        N_("Pages: {changed} with new text, {unchanged} left as they were, {refused} failed."),
        **{verdict.value: counted[verdict] for verdict in Verdict},
    )
    if counted[Verdict.REFUSED]:
        click.get_current_context().exit(SOME_REFUSED)


COMMANDS = (ocr,)
