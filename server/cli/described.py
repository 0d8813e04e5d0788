"""What `show` tells of a work's record: each thing that is said of it, and which source says it."""

from typing import Any

from manifests.errors import N_
from manifests.metadata.fields import label_of
from manifests.metadata.merging import LINE, PAGES, Merged
from manifests.metadata.record import Place, Texts
from manifests.metadata.serial import to_json
from server.language.printable import printable
from server.language.translator import Translator

PROPERTIES = {
    "id": N_("Id"),
    "label": N_("Title"),
    "summary": N_("Summary"),
    "rights": N_("Licence"),
    "statement": N_("Rights, in words"),
    "provider": N_("Given by"),
    "homepage": N_("Page on the Web"),
    "direction": N_("Viewing direction"),
    "behavior": N_("Way of showing"),
    "date": N_("Date in EDTF"),
    "nav_date": N_("Date for timelines"),
    "start": N_("Opens at"),
    "places": N_("Coordinates"),
    "chapters": N_("Chapters"),
    "sequence": N_("Pages counted"),
    "orders": N_("Other orders of the pages"),
    "part_of": N_("Part of"),
}


def record_row(merged: Merged) -> dict[str, Any] | None:
    """For programs: the record as it is stored, and by the names of its things where each was read."""
    return {**to_json(merged.record), "sources": dict(merged.origins)} if merged.origins else None


def record_lines(translator: Translator, merged: Merged) -> list[str]:
    """For people: one line a thing, with its source in brackets."""
    record, told = merged.record, list[str]()

    def tell(key: str, label: str, value: str) -> None:
        if key in merged.origins:
            told.append(printable(f"  {label}: {value}  [{merged.origins[key]}]"))

    for name, label in PROPERTIES.items():
        tell(name, translator.translate(label), _value(name, getattr(record, name)))
    for entry in record.entries:
        tell(f"{LINE}{entry.field}", translator.label(label_of(entry.field)), _texts(entry.values))
    for place, count in _pages_by_source(merged).items():
        sentence = translator.plural(N_("{count} page described"), N_("{count} pages described"), count)
        told.append(printable(f"  {sentence}  [{place}]"))
    return told


def _pages_by_source(merged: Merged) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, place in merged.origins.items():
        if key.startswith(PAGES):
            found[place] = found.get(place, 0) + 1
    return found


def _value(name: str, said: Any) -> str:
    if name == "part_of":
        return ", ".join(filter(None, (_texts(said.label), said.number))) if said else ""
    if name == "provider":
        return _texts(said.label) if said else ""
    if name == "homepage":
        return ", ".join(link.address for link in said)
    if name == "places":
        return " | ".join(map(_place, said))
    if name in ("chapters", "sequence", "orders"):
        return str(len(said))
    return said if isinstance(said, str) else _texts(said)


def _place(place: Place) -> str:
    """Latitude first, as it is written; of a rectangle both corners."""
    corners = dict.fromkeys([(place.south, place.west), (place.north, place.east)])
    return " – ".join(f"{north:.9g}, {east:.9g}" for north, east in corners)


def _texts(said: Texts) -> str:
    """With its language, where the record says one."""
    parts = [text if tag == "none" else f"{text} ({tag})" for tag, strings in said.items() for text in strings]
    return " | ".join(" ".join(part.split()) for part in parts)
