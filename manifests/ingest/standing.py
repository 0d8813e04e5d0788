"""In which collections a work is to stand, as this ingest has it: what the librarian asks, and what its record says.

A record says it in its line `collection`, and as a volume of a set or an issue of a serial. A collection is meant by
its id or by its name, as a file of collections has it; one that nobody knows is made, with an id made of its name.
Which of several works tells first of a new one is a matter of their paths, never of which is ready first: `expect`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from manifests.addresses import TOP
from manifests.catalog import Catalog
from manifests.collection import CollectionKind, CollectionRecord, Membership, held_after
from manifests.errors import Missing, Misused
from manifests.ids import RESERVED, is_id, with_suffix
from manifests.ingest.collection_names import CollectionNames
from manifests.metadata.record import PartOf, Record, Texts
from manifests.metadata.texts import UNKNOWN
from manifests.metadata.volume_numbers import volume_rank

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
class Standing:
    """`given` and `left`: the collections into which an ingest puts its works, and out of which it takes them."""

    catalog: Catalog
    given: str | None = None
    left: str | None = None
    _names: CollectionNames | None = None
    _around: dict[str, CollectionRecord | None] = field(default_factory=dict)
    """Of each set and serial, by its id, the collection in which it lies where it is new."""

    @property
    def leaves(self) -> Sequence[str]:
        return (self.left,) if self.left else ()

    def expect(self, record: Record) -> None:
        """Told of works in order of their paths, before any of them is written."""
        self.wishes(record)

    def wishes(self, record: Record) -> list[Membership]:
        names = self._known()
        given = [CollectionRecord(self.given, {UNKNOWN: [self.given]})] if self.given else []
        plain = [*given, *(names.called(label) for label in _lines(record))]
        wishes = [Membership(one, given=one in given) for one in plain]
        return [*wishes, *self._in_whole(record, plain)]

    def _in_whole(self, record: Record, plain: Sequence[CollectionRecord]) -> Iterator[Membership]:
        """A set that nobody has put anywhere lies in the collection into which its first work is put."""
        if record.part_of is None:
            return
        wish = _of_part(record.part_of, record, self._known())
        whole = next(iter(wish.within), wish.collection)
        around = self._around.setdefault(whole.id, next(iter(plain), None))
        yield replace(wish, within=(around, *wish.within)) if around is not None else wish

    def _known(self) -> CollectionNames:
        if self._names is None:  # now, when the files of collections have been read
            self._names = CollectionNames.of(one for one in self.catalog.collections.all() if one.id != TOP)
            if self.given:
                self._names.know(self.given, [self.given])
        return self._names

    def is_as_stored(self, work: str, wishes: Sequence[Membership]) -> bool:
        held = self.catalog.collections.held(work)
        return held_after(held, wishes, self.leaves) == held


def _lines(record: Record) -> Iterator[Texts]:
    """Columns in several languages that say as many names are the names of the same; else each is one of its own."""
    for entry in record.entries:
        if entry.field == _LINE:
            several = list(entry.values.items())
            if len({len(texts) for _, texts in several}) == 1 and len(several) > 1:
                yield from ({tag: (texts[n],) for tag, texts in several} for n in range(len(several[0][1])))
            else:
                yield from ({tag: (text,)} for tag, texts in several for text in texts)


def _of_part(part: PartOf, record: Record, names: CollectionNames) -> Membership:
    kind = CollectionKind.SERIAL if part.is_serial else CollectionKind.SET
    whole = replace(names.called(part.label, part.id), kind=kind)
    if not part.is_serial:
        return Membership(whole, rank=volume_rank(part.number or _volume(record)))
    day_or_less = _DAY_OR_LESS.fullmatch(record.date)
    if day_or_less is None:
        return Membership(whole, rank=volume_rank(part.number or _volume(record)))
    year = day_or_less[1]
    date = f"{year}-01-01T00:00:00Z"
    name = with_suffix(whole.id, year)
    of_year = CollectionRecord(name, {UNKNOWN: [year]}, kind=CollectionKind.YEAR, nav_date=date)
    return Membership(of_year, rank=record.date, within=(whole,))


def _volume(record: Record) -> str:
    lines = (entry.values for entry in record.entries if entry.field == _VOLUME)
    return next((text for values in lines for texts in values.values() for text in texts), "")
