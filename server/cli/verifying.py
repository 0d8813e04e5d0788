"""`verify`: reads what the library holds anew, and tells what is no longer as it was taken in."""

from collections import Counter
from contextlib import closing

import click

from manifests.errors import N_
from manifests.fixity.reading import Pace
from manifests.fixity.run import FixityOutcome
from manifests.model import Fixity, Severity
from server.cli.context import SOME_REFUSED, CliContext, with_context
from server.cli.fixity_told import FIXITY
from server.cli.ingest import finding_row
from server.cli.progress import ProgressBar
from server.cli.summary import Summary

_MEGABYTE = 1_000_000


@click.command(
    help=N_(
        "Read masters, pyramids and texts anew, all or those of the works named, and say which are no longer what was "
        "taken in. Stopped at any moment, it goes on where it was."
    )
)
@click.argument("works", nargs=-1, metavar="[ID]...")
@click.option(
    "--rate", type=click.FloatRange(min=0, min_open=True), metavar="MB", help=N_("At most so many megabytes a second.")
)
@click.option("--again", is_flag=True, help=N_("Begin anew, also where the last check was stopped before its end."))
@with_context
def verify(cli: CliContext, works: tuple[str, ...], rate: float | None, again: bool) -> None:
    counted: Counter[Fixity] = Counter()
    summary = Summary()
    is_all_well = True
    pace = Pace((rate or 0) * _MEGABYTE)
    with closing(cli.library()) as library, ProgressBar(cli.translator) as bar:
        named = [library.any_work(work) for work in works]
        if began := library.fixity.unfinished() if not named and not again else None:
            cli.print_message(
                N_("The check that was begun on {date} goes on; what was found sound since is not read again."),
                date=cli.translator.day(began),
            )
        for outcome in library.fixity.carry_out(named, bar, pace=pace, again=again):
            if outcome.check is not None:
                counted[outcome.check.verdict] += 1
            summary.add(outcome)
            is_all_well &= not any(f.severity is Severity.ERROR for f in outcome.findings)
            _report(cli, outcome)
    summary.tell(cli)
    cli.print_message(
        N_("Files: {sound} sound, {damaged} damaged, {changed} replaced, {missing} missing, {unread} not read."),
        **{verdict.value: counted[verdict] for verdict in Fixity},
    )
    if not is_all_well:
        click.get_current_context().exit(SOME_REFUSED)


def _report(cli: CliContext, outcome: FixityOutcome) -> None:
    sentences = " ".join(cli.translator.translate_finding(finding) for finding in outcome.findings)
    if cli.as_json:
        check = outcome.check
        cli.print_row(
            {
                "file": outcome.file,
                "work": outcome.work,
                "pages": list(outcome.pages),
                "kind": check.kind if check is not None else None,
                "outcome": check.verdict if check is not None else None,
                "findings": [finding_row(finding) for finding in outcome.findings],
                "message": sentences or None,
            }
        )
    elif outcome.findings and outcome.check is not None:
        cli.print_row({}, f"{cli.translator.translate(FIXITY[outcome.check.verdict])}  {outcome.file}  {sentences}")
    elif outcome.findings:
        cli.print_row({}, "  ".join(part for part in (outcome.file, outcome.work, sentences) if part))


COMMANDS = (verify,)
