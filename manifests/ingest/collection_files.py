"""The files that describe collections: which an ingest reads, and what becomes of each.

`collections.toml`, `.csv` or `.xlsx` in the library's own folder, then in each folder that the ingest was given, or
given itself as a PATH. What the library's own says of a collection counts more. Elsewhere such a file is noted as
unused. One that cannot be used changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from manifests import findings
from manifests.addresses import TOP
from manifests.catalog import Catalog
from manifests.collection import CollectionRecord
from manifests.errors import N_
from manifests.ingest.report import Outcome, Verdict, printable_path
from manifests.metadata import collections_table, collections_toml
from manifests.metadata.collection_file import (
    MAX_BYTES,
    MAX_COLLECTIONS,
    bad,
    check_ids,
    check_parents,
    without,
)
from manifests.metadata.reader import BadRecord, content
from manifests.model import Finding

NAMES = (*collections_toml.FILES, *collections_table.FILES)
"""Of two in one folder the first counts."""


def is_collection_file(path: Path) -> bool:
    return path.name.lower() in NAMES and path.is_file()


@dataclass(slots=True)
class CollectionFiles:
    """Those of one ingest. `library` is the library's own folder."""

    catalog: Catalog
    library: Path
    is_dry: bool
    read: set[Path] = field(default_factory=set)
    _told: dict[str, str] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)

    def take_in(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        """Before any work, so that what records say of collections finds them."""
        self._parents = {
            one.id.casefold(): (one.parent or TOP).casefold() for one in self.catalog.collections.all() if one.id != TOP
        }
        for place in dict.fromkeys((self.library, *paths)):
            here = [place] if is_collection_file(place) else _files_in(place)
            for file in here[:1]:
                yield self._take(file)
            for file in here[1:]:
                self.read.add(file)
                said = findings.make_finding("collections-unused", file=here[0].name)
                yield Outcome(printable_path(file), None, None, Verdict.UNCHANGED, (said,))

    def _take(self, file: Path) -> Outcome:
        self.read.add(file)
        try:
            records = _records_in(file)
            check_ids(records)
            check_parents(records, self._parents)
        except BadRecord as error:
            return Outcome(printable_path(file), None, None, Verdict.REFUSED, (error.finding,))
        said = self._told_before(records)
        here = without(records, self._told)
        self._told.update({record.id.casefold(): file.name for record in here})
        self._parents.update({record.id.casefold(): record.parent.casefold() for record in here})
        is_news = not self.is_dry and self.catalog.collections.describe(here, datetime.now(UTC))
        verdict = Verdict.CHANGED if is_news else Verdict.UNCHANGED
        return Outcome(printable_path(file), None, None, verdict, said)

    def _told_before(self, records: Sequence[CollectionRecord]) -> list[Finding]:
        double = [record.id for record in records if record.id.casefold() in self._told]
        return [
            findings.make_finding("collections-elsewhere", id=name, other=self._told[name.casefold()])
            for name in double
        ]


def _files_in(folder: Path) -> list[Path]:
    try:
        here = {path.name.lower(): path for path in sorted(folder.iterdir()) if path.name.lower() in NAMES}
    except OSError:
        return []  # the walk says what cannot be looked into
    return [here[name] for name in NAMES if name in here and here[name].is_file()]


def _records_in(file: Path) -> list[CollectionRecord]:
    """Raises BadRecord."""
    told = content(file)
    if len(told) > MAX_BYTES:
        raise bad(N_("it is larger than a list of collections can be"))
    name = file.name.lower()
    try:
        records = collections_table.read(name, told) if name in collections_table.FILES else collections_toml.read(told)
    except BadRecord as error:
        raise _of_collections(error) from error
    if len(records) > MAX_COLLECTIONS:
        raise bad(N_("it is larger than a list of collections can be"))
    return records


def _of_collections(error: BadRecord) -> BadRecord:
    """What the readers of sheets say of a record, of a list of collections."""
    reason = error.finding.values.get("reason")
    return bad(reason) if error.finding.code == "record-refused" else error
