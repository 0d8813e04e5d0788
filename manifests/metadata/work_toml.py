"""`work.toml`: a record that somebody wrote by hand. `config/work.toml` is the template, with every key explained.

What is not a key of ours stands in the table `[metadata]`, under a field's name or any heading.
https://toml.io/en/v1.0.0.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from manifests import findings
from manifests.errors import N_
from manifests.metadata.coordinates import COORDINATES, places_in
from manifests.metadata.reader import BadRecord, Reading, bad, bad_value
from manifests.metadata.record import (
    BEHAVIORS,
    DIRECTIONS,
    PAGE_BEHAVIORS,
    Chapter,
    Entry,
    Link,
    PageNote,
    PageOrder,
    PartOf,
    Place,
    Provider,
    Record,
    Texts,
)
from manifests.metadata.stating import date_stated, field_named, nav_date_stated, rights_said
from manifests.metadata.texts import clean, is_tag, language_of
from manifests.metadata.toml_texts import strings_at, texts_at

NAME = "work.toml"
FILES: tuple[str, ...] = ("work.toml",)

_KEYS = (
    "id", "title", "summary", "language", "rights", "statement", "viewing-direction", "behavior", "homepage",
    "start", "coordinates", "edtf", "nav-date", "provider", "metadata", "pages", "chapters", "orders", "set", "serial",
)  # fmt: skip
_PROVIDER_KEYS = ("name", "homepage", "logo")
_HOMEPAGE_KEYS = ("address", "label", "language")
_PART_OF_KEYS = ("title", "id", "number")
_NAMELESS = "note"
"""What a line is whose heading says nothing."""
_ORDER_KEYS = ("label", "pages")
_CHAPTER_KEYS = ("label", "first", "last", "chapters")
_DEEPEST = 10
"""Chapters in chapters: more is a mistake in writing."""
_PAGE_KEYS = ("label", "behavior", "note", "coordinates", "missing", "after")
_PAGE_WORDS = {"double": "facing-pages", "foldout": "non-paged"}
"""What a scanning operator calls it."""


def read(content: bytes) -> Reading:
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise bad(N_("it is not UTF-8")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise bad(error) from error  # with its line and column
    _known("", told, _KEYS)
    rights = rights_said(_texts("rights", told.get("rights", {})))
    record = Record(
        id=_text("id", told.get("id", "")),
        label=_texts("title", told.get("title", {})),
        summary=_texts("summary", told.get("summary", {})),
        entries=_entries(told),
        rights=rights.uri,
        statement=_texts("statement", told.get("statement", {})) or rights.statement,
        provider=_provider(told.get("provider")),
        homepage=_homepage(told.get("homepage", "")),
        direction=_one_of("viewing-direction", told.get("viewing-direction", ""), DIRECTIONS),
        behavior=_one_of("behavior", told.get("behavior", ""), BEHAVIORS),
        date=date_stated("edtf", str(told.get("edtf", ""))),
        nav_date=nav_date_stated("nav-date", _moment(told.get("nav-date", ""))),
        pages=_pages(told.get("pages", {})),
        chapters=_chapters("chapters", told.get("chapters", []), _DEEPEST),
        start=_text("start", told.get("start", "")),
        places=_places("coordinates", told.get("coordinates", [])),
        orders=_orders(told.get("orders", [])),
        part_of=_part_of(told),
    )
    return Reading(record, rights.findings)


def _known(place: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """A key that nobody reads is a mistake in writing: it would be missing without a word."""
    unknown = next((key for key in table if key not in keys), None)
    if unknown is not None:
        raise BadRecord(findings.make_finding("record-key", key=f"{place}{unknown}"[:200], allowed=", ".join(keys)))


def _one_of(key: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value == "" or value in allowed:
        return str(value)
    raise bad_value(key, value, allowed)


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise bad_value(key, value, [N_("a text")])
    return value.strip()


def _moment(value: Any) -> str:
    """TOML has days and moments of its own."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return f"{value}T00:00:00Z" if isinstance(value, date) else _text("nav-date", value)


def _texts(key: str, value: Any) -> Texts:
    return texts_at(key, value, bad_value)


def _strings(key: str, value: Any) -> list[str]:
    return strings_at(key, value, bad_value)


def _entries(told: Mapping[str, Any]) -> tuple[Entry, ...]:
    table = told.get("metadata", {})
    if not isinstance(table, Mapping):
        raise bad_value("metadata", table, [N_("a table")])
    lines = [
        (field_named(key) or clean(key) or _NAMELESS, _texts(f"metadata.{key}", value)) for key, value in table.items()
    ]
    spoken = _texts("language", told.get("language", {}))
    return tuple(Entry(name, said) for name, said in [*lines, ("language", spoken)] if said)


def _homepage(value: Any) -> tuple[Link, ...]:
    """An address, several, or with what it is called and in which language it is written."""
    several = value if isinstance(value, list) else [value]
    return tuple(_link(one) for one in several if one)


def _link(told: Any) -> Link:
    if not isinstance(told, Mapping):
        return Link(_address("homepage", told))
    _known("homepage.", told, _HOMEPAGE_KEYS)
    language = _text("homepage.language", told.get("language", ""))
    if language and not is_tag(language):
        raise bad_value("homepage.language", language, ["vi", "en", "fr"])
    address = _address("homepage.address", told.get("address", ""))
    if not address:
        raise bad_value("homepage.address", "", ["https://..."])
    return Link(address, _texts("homepage.label", told.get("label", {})), language_of(language) if language else "")


def _places(key: str, value: Any) -> tuple[Place, ...]:
    return tuple(place for text in _strings(key, value) for place in _place(key, text))


def _place(key: str, text: str) -> tuple[Place, ...]:
    found = places_in(text)
    if not found:
        raise bad_value(key, text, COORDINATES)
    return found


def _tables(key: str, value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise bad_value(key, value, [f"[[{key}]]"])
    return value


def _orders(value: Any) -> tuple[PageOrder, ...]:
    return tuple(map(_order, _tables("orders", value)))


def _order(told: Mapping[str, Any]) -> PageOrder:
    _known("orders.", told, _ORDER_KEYS)
    label, pages = _texts("orders.label", told.get("label", {})), _strings("orders.pages", told.get("pages", []))
    if not label:
        raise bad_value("orders.label", "", [N_("a text")])
    return PageOrder(label, tuple(pages))


def _chapters(key: str, value: Any, deeper: int) -> tuple[Chapter, ...]:
    if value and not deeper:
        raise bad(N_("its chapters lie in each other too deep"))
    return tuple(_chapter(key, one, deeper) for one in _tables(key, value))


def _chapter(key: str, told: Mapping[str, Any], deeper: int) -> Chapter:
    _known(f"{key}.", told, _CHAPTER_KEYS)
    label = _texts(f"{key}.label", told.get("label", {}))
    first, last = (_page_named(f"{key}.{end}", told.get(end, "")) for end in ("first", "last"))
    for end, said in (("label", label), ("first", first)):
        if not said:
            raise bad_value(f"{key}.{end}", "", [N_("a text")])
    return Chapter(label, first, last, _chapters(f"{key}.chapters", told.get("chapters", []), deeper - 1))


def _page_named(key: str, value: Any) -> str:
    return next(iter(_strings(key, value)), "").strip()


def _address(key: str, value: Any) -> str:
    address = _text(key, value)
    if address and not address.startswith(("http://", "https://")):
        raise bad_value(key, address, ["https://..."])
    return address


def _provider(told: Any) -> Provider | None:
    if told is None:
        return None
    if not isinstance(told, Mapping):
        raise bad_value("provider", told, [N_("a table")])
    _known("provider.", told, _PROVIDER_KEYS)
    name = _texts("provider.name", told.get("name", {}))
    if not name:
        raise bad_value("provider.name", "", [N_("a text")])
    links = {key: _address(f"provider.{key}", told.get(key, "")) for key in ("homepage", "logo")}
    return Provider(name, **links)


def _part_of(told: Mapping[str, Any]) -> PartOf | None:
    """A volume of a set, or an issue of a serial, which its date puts in order."""
    key = next((key for key in ("set", "serial") if key in told), None)
    if key is None:
        return None
    said = told[key] if isinstance(told[key], Mapping) else {"title": told[key]}
    _known(f"{key}.", said, _PART_OF_KEYS)
    title = _texts(f"{key}.title", said.get("title", {}))
    if not title:
        raise bad_value(f"{key}.title", "", [N_("a text")])
    number = next(iter(_strings(f"{key}.number", said.get("number", ""))), "")
    return PartOf(title, _text(f"{key}.id", said.get("id", "")), number.strip(), is_serial=key == "serial")


def _pages(table: Any) -> tuple[PageNote, ...]:
    if not isinstance(table, Mapping):
        raise bad_value("pages", table, [N_("a table")])
    return tuple(_page(stem, told) for stem, told in table.items())


def _page(stem: str, told: Any) -> PageNote:
    if not isinstance(told, Mapping):
        return PageNote(stem, _texts(f"pages.{stem}", told))
    if not set(told) & set(_PAGE_KEYS) and all(map(is_tag, told)):
        return PageNote(stem, _texts(f"pages.{stem}", told))
    _known(f"pages.{stem}.", told, _PAGE_KEYS)
    wish = told.get("behavior", "")
    behavior = _PAGE_WORDS.get(wish, wish) if isinstance(wish, str) else wish
    key = f"pages.{stem}.behavior"
    missing = told.get("missing", False)
    if not isinstance(missing, bool):
        raise bad_value(f"pages.{stem}.missing", missing, ["true", "false"])
    after = _text(f"pages.{stem}.after", told.get("after", ""))
    return PageNote(
        stem,
        _texts(f"pages.{stem}.label", told.get("label", {})),
        _one_of(key, behavior, (*PAGE_BEHAVIORS, *_PAGE_WORDS)),
        _texts(f"pages.{stem}.note", told.get("note", {})),
        _places(f"pages.{stem}.coordinates", told.get("coordinates", [])),
        missing or bool(after),
        after,
    )
