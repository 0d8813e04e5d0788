"""What a record says of a work, as both versions of the Presentation API tell it; nothing here knows their spelling.

Languages stand in a record as codes and tags; people read names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.metadata.fields import label_of
from manifests.metadata.record import Record, Texts
from manifests.model import LanguageMap
from manifests.presentation import markup
from manifests.text.languages import language_name

RIGHTS: LanguageMap = {"vi": ["Bản quyền"], "en": ["Rights"]}
"""The label of `requiredStatement`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One pair of `metadata`. `values` may hold HTML (`markup`)."""

    label: LanguageMap
    values: LanguageMap


def lines(record: Record) -> Sequence[Line]:
    return [
        Line(label_of(entry.field), _languages(entry.values) if entry.field == "language" else values(entry.values))
        for entry in record.entries
    ]


def values(texts: Texts) -> LanguageMap:
    """For a property that may hold HTML."""
    return {tag: [markup.as_value(text) for text in strings] for tag, strings in texts.items()}


def _languages(said: Texts) -> LanguageMap:
    """A tag by its name in Vietnamese and English; what is a name already stays."""
    told = [text for strings in said.values() for text in strings]
    if not any(language_name(text, "en") for text in told):
        return values(said)
    return {tag: [language_name(text, tag) or markup.as_value(text) for text in told] for tag in ("vi", "en")}
