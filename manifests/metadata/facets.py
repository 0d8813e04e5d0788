"""By what works are browsed: one entry a facet, which says what a record gives for it and how people call that.

A value is what stands in an address and in the catalogue. Values that are known are brought to one form (`Tiếng Pháp`,
`French` and `fre` are `fr`); any other is kept as it is written.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from manifests.metadata.fields import FIELDS
from manifests.metadata.kinds import kind_name, kind_of
from manifests.metadata.record import Record, Texts
from manifests.metadata.years import century_of, is_century, periods
from manifests.model import LanguageMap
from manifests.text.languages import language_name, tag_of_name

RECIPE = 1
"""Raised whenever the same record would give other values; those of all works are then taken anew."""

LONGEST = 100
"""Characters of a value; what is longer is prose."""

Values: TypeAlias = Callable[[Record], Iterable[str]]
Say: TypeAlias = Callable[[str, str], str | None]


def _nothing_above(_value: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` is its word in addresses. `say` gives what readers of a language call a value, None where it is called as
    it is written; `above` the wider value that it is a part of, where it has one: it is offered once that is chosen.
    """

    name: str
    label: LanguageMap
    values: Values
    say: Say
    above: Callable[[str], str | None] = _nothing_above
    in_order: bool = False
    """Shown in the order of the values; else the most frequent first."""


def facets_of(record: Record) -> list[tuple[str, str]]:
    """Facet and value, each pair once."""
    found = ((facet.name, " ".join(value.split())) for facet in FACETS for value in facet.values(record))
    return list(dict.fromkeys((name, value) for name, value in found if value and len(value) <= LONGEST))


def _said(record: Record, field: str) -> list[Texts]:
    return [entry.values for entry in record.entries if entry.field == field]


def _languages(record: Record) -> Iterable[str]:
    for values in _said(record, "language"):
        for text in (text for strings in values.values() for text in strings):
            parts = [text] if tag_of_name(text) else [part for part in re.split(r"[;,/|]", text) if part.strip()]
            tags = [tag_of_name(part) for part in parts]
            yield from [tag for tag in tags if tag] if all(tags) else [text]


def _dates(record: Record) -> Iterable[str]:
    said = (text for values in _said(record, "date") for strings in values.values() for text in strings)
    return periods([*said, record.date])


def _kinds(record: Record) -> Iterable[str]:
    """Of what is said in several languages, one: they are names of the same thing."""
    for values in _said(record, "type"):
        chosen = values.get("none") or values.get("vi") or next(iter(values.values()), ())
        yield from (kind_of(text) or text for text in chosen)


_PERIOD = re.compile(r"[0-9]{2}XX|[0-9]{3}X")  # as an address may say anything
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def _period_name(period: str, language: str) -> str | None:
    if not _PERIOD.fullmatch(period):
        return None
    number = int(period[: 2 if is_century(period) else 3])
    if not is_century(period):
        return f"Thập niên {number}0" if language == "vi" else f"{number}0s"
    ordinal = "th" if 10 < (number + 1) % 100 < 14 else _ORDINALS.get((number + 1) % 10, "th")
    return f"Thế kỷ {number + 1}" if language == "vi" else f"{number + 1}{ordinal} century"


def _wider_period(period: str) -> str | None:
    return century_of(period) if _PERIOD.fullmatch(period) and not is_century(period) else None


COLLECTION = Facet(
    "collection",
    {"vi": ["Bộ sưu tập"], "en": ["Collection"]},
    lambda _record: (),
    lambda _value, _language: None,
    in_order=True,
)
"""Values are ids. Which works stand in which, how these are called and what lies in what, the catalogue knows."""

FACETS: Sequence[Facet] = (
    COLLECTION,
    Facet("kind", {"vi": ["Loại hình"], "en": ["Kind"]}, _kinds, kind_name),
    Facet("date", {"vi": ["Thời gian"], "en": ["Date"]}, _dates, _period_name, above=_wider_period, in_order=True),
    Facet("language", FIELDS["language"], _languages, lambda tag, language: language_name(tag, language)),
)
"""In the order in which they are shown."""
