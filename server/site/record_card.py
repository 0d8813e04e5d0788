"""A work's record as a reader sees it: titles, summary, labels with values, rights, holder, in the reader's language.

Values are plain text, whatever mark-up the record holds; the template escapes them. Addresses are those that readers of
records let through: http and https alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manifests.metadata.fields import label_of
from manifests.metadata.record import Entry, Record, Texts
from manifests.metadata.rights import explained, in_words, looks_like_an_address
from manifests.model import LanguageMap
from manifests.presentation.markup import as_plain
from manifests.text.languages import language_name
from server.language.translator import Translator, written_in

RESOLVERS: Mapping[str, str] = {"doi": "https://doi.org/", "ark": "https://n2t.net/"}
"""Where an identifier leads, by the line that it stands in."""
_BARE = {"doi": re.compile(r"10\.\d{4,9}/\S+"), "ark": re.compile(r"ark:/?\d+/\S+")}


@dataclass(frozen=True, slots=True)
class Value:
    """`language` is a tag for the browser, empty where nobody knows it; `called` is its name for the reader."""

    text: str
    language: str = ""
    address: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Rights:
    """`name` is the full one of a licence; `allowed` says what a reader may do. Both may be empty."""

    words: str
    name: str
    allowed: str
    address: str


@dataclass(frozen=True, slots=True)
class Holder:
    name: Value
    homepage: str
    logo: str


@dataclass(frozen=True, slots=True)
class RecordCard:
    """`titles` begins with the one for this reader. Whatever the record does not say is empty or None."""

    titles: Sequence[Value]
    summary: Sequence[Value] = ()
    rows: Sequence[Row] = ()
    rights: Rights | None = None
    statement: Sequence[Value] = ()
    holder: Holder | None = None
    links: Sequence[Value] = ()


def card(label: LanguageMap, record: Record, translator: Translator) -> RecordCard:
    """`label` is the work's, which may have no record."""
    return RecordCard(
        titles=_titles(label, translator),
        summary=_for_reader(record.summary, translator),
        rows=[Row(translator.label(label_of(entry.field)), _of_entry(entry, translator)) for entry in record.entries],
        rights=_rights(record.rights, translator),
        statement=_for_reader(record.statement, translator),
        holder=_holder(record, translator),
        links=[
            Value(as_plain(translator.label(link.label)) or _shown(link.address), address=link.address)
            for link in record.homepage
        ],
    )


def _titles(label: LanguageMap, translator: Translator) -> list[Value]:
    first = translator.pick(label)
    ordered = [first, *(tag for tag in label if tag != first)]
    return [
        Value(as_plain(text), tag if tag != "none" else written_in(text), called=_called(tag, translator))
        for tag in ordered
        for text in label.get(tag, ())
    ]


def _called(tag: str, translator: Translator) -> str:
    return language_name(tag, translator.language) or ""


def _rights(uri: str, translator: Translator) -> Rights | None:
    if not uri:
        return None
    name, version, allowed = explained(uri)
    return Rights(
        translator.translate(in_words(uri)),
        translator.translate(name, version=version) if name else "",
        translator.translate(allowed) if allowed else "",
        uri,
    )


def _holder(record: Record, translator: Translator) -> Holder | None:
    given = record.provider
    if given is None:
        return None
    name = Value(as_plain(translator.label(given.label)), translator.language_of(given.label))
    return Holder(name, given.homepage, given.logo)


def _of_entry(entry: Entry, translator: Translator) -> list[Value]:
    if entry.field == "language":
        said = [text for strings in entry.values.values() for text in strings]
        return [Value(language_name(text, translator.language) or text) for text in said]
    return [Value(value.text, value.language, _leads_to(entry.field, value.text)) for value in _values(entry.values)]


def _leads_to(field: str, text: str) -> str:
    if looks_like_an_address(text):
        return text
    bare = _BARE[field].search(text) if field in RESOLVERS else None
    return f"{RESOLVERS[field]}{bare[0]}" if bare else ""


def _shown(address: str) -> str:
    """An address as people write it."""
    return re.sub(r"^https?://|/$", "", address)


def _for_reader(texts: Texts, translator: Translator) -> list[Value]:
    """What is said in several languages is shown in the one that serves this reader."""
    return _values({tag: texts[tag] for tag in [translator.pick(texts)] if tag in texts})


def _values(texts: Texts) -> list[Value]:
    found = [(tag, as_plain(text)) for tag, strings in texts.items() for text in strings]
    return [Value(text, tag if tag != "none" else written_in(text)) for tag, text in found]
