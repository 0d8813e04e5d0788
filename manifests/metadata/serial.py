"""A record as JSON and back: as the catalogue keeps it. What a field holds at its default is left out."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from manifests.metadata.record import Chapter, Entry, Link, PageNote, PageOrder, PartOf, Place, Provider, Record


def to_json(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = _json(record)
    return found


def _json(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _json(said) for f in fields(value) if (said := getattr(value, f.name))}
    if isinstance(value, Mapping):
        return {name: list(strings) for name, strings in value.items()}
    return [_json(part) for part in value] if isinstance(value, tuple) else value


def from_json(stored: Mapping[str, Any]) -> Record:
    return Record(
        **{
            **stored,
            **{name: _texts(stored[name]) for name in ("label", "summary", "statement") if name in stored},
            "entries": tuple(Entry(e.get("field", ""), _texts(e.get("values", {}))) for e in stored.get("entries", ())),
            "provider": _provider(stored["provider"]) if "provider" in stored else None,
            "homepage": tuple(Link(**{"address": "", **_labelled(link)}) for link in stored.get("homepage", ())),
            "pages": tuple(map(_page, stored.get("pages", ()))),
            "chapters": tuple(map(_chapter, stored.get("chapters", ()))),
            "places": _places(stored),
            "orders": tuple(map(_order, stored.get("orders", ()))),
            "files": tuple(stored.get("files", ())),
            "sequence": tuple(stored.get("sequence", ())),
            "targets": tuple(stored.get("targets", ())),
            "part_of": PartOf(**_labelled(stored["part_of"])) if "part_of" in stored else None,
        }
    )


def _provider(stored: Mapping[str, Any]) -> Provider:
    return Provider(**_labelled(stored))


def _page(stored: Mapping[str, Any]) -> PageNote:
    return PageNote(
        **{"page": "", **_labelled(stored), "note": _texts(stored.get("note", {})), "places": _places(stored)}
    )


def _places(stored: Mapping[str, Any]) -> tuple[Place, ...]:
    return tuple(
        Place(**{"west": 0.0, "south": 0.0, "east": 0.0, "north": 0.0, **_labelled(place)})
        for place in stored.get("places", ())
    )


def _order(stored: Mapping[str, Any]) -> PageOrder:
    return PageOrder(_texts(stored.get("label", {})), tuple(stored.get("pages", ())))


def _chapter(stored: Mapping[str, Any]) -> Chapter:
    return Chapter(**{"first": "", **_labelled(stored), "chapters": tuple(map(_chapter, stored.get("chapters", ())))})


def _labelled(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "label": _texts(stored.get("label", {}))}


def _texts(stored: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(strings) for language, strings in stored.items()}
