"""How a run went, at its end: what was found, worst first, and how often, so that silence means that all is well."""

from collections import Counter
from dataclasses import dataclass, field

import click

from manifests.errors import N_
from manifests.findings import FINDING_TYPES
from manifests.fixity.run import FixityOutcome
from manifests.ingest.report import Outcome
from manifests.model import Severity
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
    _first: dict[tuple[Severity, tuple[str, str]], Outcome | FixityOutcome] = field(default_factory=dict)

    def add(self, outcome: Outcome | FixityOutcome) -> None:
        for finding in outcome.findings:
            kind = finding.severity, FINDING_TYPES[finding.code].counted
            self._counts[kind] += 1
            self._first.setdefault(kind, outcome)

    def tell(self, cli: CliContext) -> None:
        """A table on the screen: severity, how many of what, where the first is. Nothing where nothing was found."""
        rows = [
            (
                cli.translator.translate(word),
                cli.translator.plural(*counted, count),
                cli.named(self._first[severity, counted].file, self._first[severity, counted].number),
            )
            for severity, word in SEVERITIES.items()
            for (found, counted), count in self._counts.most_common()
            if found is severity
        ]
        if not rows:
            return
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for severity, sentence, first in rows:
            cells = (severity.ljust(widths[0]), sentence.ljust(widths[1]), first)
            click.echo(printable(_GAP.join(cells)), err=True)
        cli.print_message(N_("`mocban show` tells all that was found of a work."))
