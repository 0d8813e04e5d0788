"""Several records of one work as one: which source wins for which thing that they say.

One rule for all: the first of `STRENGTH` that says a thing says it alone, so that no line is half of one record and
half of another. A thing is a property (label, summary, rights ...), a line of the record by its field, or one page's
label. What was written by hand for this library stands before what was exported, and what describes this copy before
what describes any.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, TypeAlias

from manifests.metadata.dates import edtf_of
from manifests.metadata.edtf import nav_date_of
from manifests.metadata.fields import ORDER
from manifests.metadata.record import NOTHING, Entry, PageNote, Record, SourceRecord, Texts

FOLDER = "folder"
"""The weakest source is the name of the folder: it gives the label where no record says one."""
STRENGTH = ("work.toml", "table", "mets", "mods", "marcxml", "marc21", "dublin-core", FOLDER)
"""Readers by name, the strongest first."""

LINE = "metadata:"
PAGES = "pages:"
"""How the origins name a line of the record and a page."""

_WHOLE = (
    "id", "label", "summary", "rights", "statement", "provider", "homepage", "direction", "behavior", "chapters",
    "start", "places", "orders", "sequence", "date", "nav_date", "part_of", "targets",
)  # fmt: skip
_LINES_OF_THEIR_OWN = frozenset({"title"})
"""The title is the label already; as a line it would be said twice."""

Origins: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """`origins` says of each thing where it was read: `label`, `metadata:creator`, `pages:0001` to a place."""

    record: Record = NOTHING
    origins: Origins = field(default_factory=dict)


def merged(sources: Iterable[SourceRecord]) -> Merged:
    ordered = sorted(sources, key=_strength)
    origins: dict[str, str] = {}
    whole = {name: _first(name, ordered, origins, attrgetter(name)) for name in _WHOLE}
    files = tuple(source.shared_as for source in ordered if source.shared_as)
    parts = {"entries": _entries(ordered, origins), "pages": _pages(ordered, origins), "files": files}
    return Merged(_dated(Record(**{**whole, **parts}), origins), origins)


def _dated(record: Record, origins: dict[str, str]) -> Record:
    """With the date of its line `date`, and the moment of its date, where no record states them."""
    date, nav_date = record.date, record.nav_date
    said = next((entry.values for entry in record.entries if entry.field == "date"), {})
    if not date and (date := edtf_of(text for texts in said.values() for text in texts)):
        origins["date"] = origins[f"{LINE}date"]
    if not nav_date and (nav_date := nav_date_of(date)):
        origins["nav_date"] = origins["date"]
    return replace(record, date=date, nav_date=nav_date)


def _strength(source: SourceRecord) -> int:
    return STRENGTH.index(source.name) if source.name in STRENGTH else len(STRENGTH)


def _first(key: str, ordered: Sequence[SourceRecord], origins: dict[str, str], say: Callable[[Record], Any]) -> Any:
    for source in ordered:
        said = say(source.record)
        if said:
            origins[key] = source.place
            return said
    return say(NOTHING)


def _entries(ordered: Sequence[SourceRecord], origins: dict[str, str]) -> tuple[Entry, ...]:
    """Known lines in the order of a catalogue card, others behind them as the records have them."""
    found: dict[str, Texts] = {}
    for source in ordered:
        for entry in source.record.entries:
            key = f"{LINE}{entry.field}"
            if entry.field in _LINES_OF_THEIR_OWN or origins.get(key, source.place) != source.place:
                continue
            origins[key] = source.place
            found.setdefault(entry.field, entry.values)
    known = [name for name in ORDER if name in found]
    return tuple(Entry(name, found[name]) for name in [*known, *(name for name in found if name not in ORDER)])


def _pages(ordered: Sequence[SourceRecord], origins: dict[str, str]) -> tuple[PageNote, ...]:
    found: dict[str, PageNote] = {}
    for source in ordered:
        for note in source.record.pages:
            if note.page not in found:
                found[note.page] = note
                origins[f"{PAGES}{note.page}"] = source.place
    return tuple(found.values())
