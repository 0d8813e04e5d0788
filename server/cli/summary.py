"""How a run went, at its end: what was found, worst first, and how often, so that silence means that all is well."""

from collections import Counter
from dataclasses import dataclass, field

import click

from manifests.errors import N_
from manifests.findings import FINDING_TYPES
from manifests.fixity.run import FixityOutcome
from manifests.ingest.report import Outcome
from manifests.model import Finding, Severity
from server.cli.context import CliContext
from server.language.printable import printable

SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.NOTE: N_("note"),
}
"""The worst first."""

_GAP = "   "


@dataclass(slots=True)
class Summary:
    """What has been found so far. Kinds that are counted in one sentence are one row."""

    _counts: Counter[tuple[Severity, tuple[str, str]]] = field(default_factory=Counter)
    _first: dict[tuple[Severity, tuple[str, str]], tuple[str, int | None]] = field(default_factory=dict)

    def add(self, outcome: Outcome | FixityOutcome) -> None:
        for finding in outcome.findings:
            self.count(outcome.file, outcome.number, finding)

    def count(self, file: str, number: int | None, finding: Finding) -> None:
        """`number` is that of the page in its file, where that has several."""
        kind = finding.severity, FINDING_TYPES[finding.code].counted
        self._counts[kind] += 1
        self._first.setdefault(kind, (file, number))

    def tell(self, cli: CliContext) -> None:
        """On the screen, at the end of a run. Nothing where nothing was found."""
        lines = self.table(cli)
        for line in lines:
            click.echo(line, err=True)
        if lines:
            cli.print_message(N_("`mocban show` tells all that was found of a work."))

    def table(self, cli: CliContext) -> list[str]:
        """Severity, how many of what, where the first is."""
        rows = [
            (
                cli.translator.translate(word),
                cli.translator.plural(*counted, count),
                cli.named(*self._first[severity, counted]),
            )
            for severity, word in SEVERITIES.items()
            for (found, counted), count in self._counts.most_common()
            if found is severity
        ]
        widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
        return [
            printable(_GAP.join((severity.ljust(widths[0]), sentence.ljust(widths[1]), first)))
            for severity, sentence, first in rows
        ]
