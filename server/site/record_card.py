"""A work's record as a reader sees it: a catalogue card of labels and values, in the reader's language.

Values are plain text, whatever mark-up the record holds; the template escapes them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manifests.errors import N_
from manifests.metadata.fields import label_of
from manifests.metadata.record import Entry, Record, Texts
from manifests.metadata.rights import in_words
from manifests.model import LanguageMap
from manifests.presentation.described import RIGHTS
from manifests.presentation.markup import as_plain
from manifests.text.languages import language_name
from server.language.translator import Translator, written_in


@dataclass(frozen=True, slots=True)
class Value:
    """`language` is a tag for the browser, empty where nobody knows it."""

    text: str
    language: str = ""
    address: str = ""
    is_licence: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: Sequence[Value]


def card(record: Record, translator: Translator) -> Sequence[Row]:
    """Empty where no record describes the work: its title alone is no card."""
    rows = list(_rows(record, translator))
    return [row for row in rows if row.values] if len(rows) > 1 else []


def _rows(record: Record, translator: Translator) -> Iterable[Row]:
    if not record.label:
        return
    yield Row(translator.label(label_of("title")), _values(record.label))
    for entry in record.entries:
        yield Row(translator.label(label_of(entry.field)), _of_entry(entry, translator))
    if record.summary:
        yield Row(translator.label(SUMMARY), _values(record.summary))
    if record.provider:
        label = record.provider.label
        held = Value(as_plain(translator.label(label)), translator.language_of(label), record.provider.homepage)
        yield Row(translator.translate(N_("Held by")), [held])
    if record.rights:
        words = translator.translate(in_words(record.rights))
        yield Row(translator.translate(N_("Licence")), [Value(words, address=record.rights, is_licence=True)])
    if record.statement:
        yield Row(translator.label(RIGHTS), _values(record.statement))
    if record.homepage:
        links = [Value(link.address, address=link.address) for link in record.homepage]
        yield Row(translator.translate(N_("Page on the Web")), links)


SUMMARY: LanguageMap = {"vi": ["Tóm tắt"], "en": ["Summary"]}


def _of_entry(entry: Entry, translator: Translator) -> list[Value]:
    if entry.field == "language":
        said = [text for strings in entry.values.values() for text in strings]
        return [Value(language_name(text, translator.language) or text) for text in said]
    return _values(entry.values)


def _values(texts: Texts) -> list[Value]:
    found = [(tag, as_plain(text)) for tag, strings in texts.items() for text in strings]
    return [Value(text, tag if tag != "none" else written_in(text)) for tag, text in found]
