"""In which collections a work is to stand, as this ingest has it: what the librarian asks, and what its record says.

A record says it in its line `collection`, and as a volume of a set or an issue of a serial. A collection is meant by
its id or by its name, as a file of collections has it; one that nobody knows is made, with an id made of its name.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from manifests.addresses import TOP
from manifests.catalog import Catalog
from manifests.collection import Collection, CollectionKind, CollectionRecord, Membership, held_after
from manifests.errors import Missing, Misused
from manifests.ids import RESERVED, is_id, slug, with_suffix
from manifests.metadata.record import PartOf, Record, Texts
from manifests.metadata.texts import UNKNOWN, as_label

_LINE, _VOLUME = "collection", "volume"
"""Fields of a record."""
_DAY_OR_LESS = re.compile(r"([0-9]{4})(?:-[0-9]{2}){0,2}")
"""A date of EDTF by which issues can be put in order."""


def check_wishes(catalog: Catalog, given: str | None, left: str | None) -> None:
    """What the command line asks. Raises Misused, Missing."""
    for name in filter(None, (given, left)):
        if not is_id(name) or name.casefold() in RESERVED:
            raise Misused(
                "{id} cannot be the id of a collection: it is made of letters without marks, digits, `.`, `_` and `-`, "
                "and {reserved} mean something else.",
                id=name,
                reserved=", ".join(sorted(RESERVED)),
            )
    if left and left.casefold() not in {one.id.casefold() for one in catalog.collections.all()}:
        raise Missing("There is no collection {collection}.", collection=left)


@dataclass(slots=True)
class CollectionNames:
    """Which id is meant by what a record calls a collection."""

    _by_name: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _called: set[str] = field(default_factory=set)
    """Ids that are made of a name of their collections."""

    @classmethod
    def of(cls, known: Iterable[Collection]) -> "CollectionNames":
        names = cls()
        for one in known:
            names._know(one.id, (text for texts in one.label.values() for text in texts))
        return names

    def id_of(self, label: Texts, said: str = "") -> str:
        """`said` is the id that a record asks for, or empty."""
        told = [text for texts in label.values() for text in texts]
        found = next(filter(None, map(self._known, [said] if said else told)), None) or self._new(said or told[0])
        self._know(found, told)
        return found

    def _known(self, text: str) -> str | None:
        """By its name; by its id; by an id that was once made of this name, and whose collection was renamed since."""
        found = self._by_name.get(_key(text)) or self._ids.get(text.casefold())
        made = slug(text).casefold()
        return found or (self._ids.get(made) if made not in self._called else None)

    def _know(self, name: str, texts: Iterable[str]) -> None:
        self._ids.setdefault(name.casefold(), name)
        for text in texts:
            self._by_name.setdefault(_key(text), name)
            self._called |= {name.casefold()} & {slug(text).casefold()}

    def _new(self, text: str) -> str:
        """Two names that differ in their marks alone are two collections."""
        made = text if is_id(text) else slug(text)
        if made and made.casefold() not in self._ids and made.casefold() not in RESERVED:
            return made
        return with_suffix(made, hashlib.sha256(normalize("NFC", text).encode()).hexdigest()[:6])


def _key(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())


@dataclass(slots=True)
class Standing:
    """`given` and `left`: the collections into which an ingest puts its works, and out of which it takes them."""

    catalog: Catalog
    given: str | None = None
    left: str | None = None
    _names: CollectionNames | None = None

    @property
    def leaves(self) -> Sequence[str]:
        return (self.left,) if self.left else ()

    def wishes(self, record: Record) -> list[Membership]:
        if self._names is None:  # now, when the files of collections have been read
            self._names = CollectionNames.of(one for one in self.catalog.collections.all() if one.id != TOP)
        return list(_wishes(record, self.given, self._names))

    def is_as_stored(self, work: str, wishes: Sequence[Membership]) -> bool:
        held = self.catalog.collections.held(work)
        return held_after(held, wishes, self.leaves) == held


def _wishes(record: Record, given: str | None, names: CollectionNames) -> Iterator[Membership]:
    if given:
        yield Membership(CollectionRecord(given, {UNKNOWN: [given]}), given=True)
    for label in _lines(record):
        yield Membership(CollectionRecord(names.id_of(label), as_label(label)))
    if record.part_of is not None:
        yield _in_whole(record.part_of, record, names)


def _lines(record: Record) -> Iterator[Texts]:
    """Columns in several languages that say as many names are the names of the same; else each is one of its own."""
    for entry in record.entries:
        if entry.field == _LINE:
            several = list(entry.values.items())
            if len({len(texts) for _, texts in several}) == 1 and len(several) > 1:
                yield from ({tag: (texts[n],) for tag, texts in several} for n in range(len(several[0][1])))
            else:
                yield from ({tag: (text,)} for tag, texts in several for text in texts)


def _in_whole(part: PartOf, record: Record, names: CollectionNames) -> Membership:
    kind = CollectionKind.SERIAL if part.is_serial else CollectionKind.SET
    whole = CollectionRecord(names.id_of(part.label, part.id), as_label(part.label), kind=kind)
    if not part.is_serial:
        return Membership(whole, rank=slug(part.number or _volume(record)))
    day_or_less = _DAY_OR_LESS.fullmatch(record.date)
    if day_or_less is None:
        return Membership(whole, rank=slug(part.number or _volume(record)))
    year = day_or_less[1]
    date = f"{year}-01-01T00:00:00Z"
    name = with_suffix(whole.id, year)
    of_year = CollectionRecord(name, {UNKNOWN: [year]}, kind=CollectionKind.YEAR, nav_date=date)
    return Membership(of_year, rank=record.date, within=(whole,))


def _volume(record: Record) -> str:
    lines = (entry.values for entry in record.entries if entry.field == _VOLUME)
    return next((text for values in lines for texts in values.values() for text in texts), "")
