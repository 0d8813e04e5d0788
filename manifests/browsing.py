"""What there is to choose while one browses: the works that fit, and beside each further choice how many would.

Which works have which value is held in memory until it changes: so a choice costs microseconds, whatever is chosen.
`fixed` is what a page stands for itself, such as its collection: it narrows, and is not offered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import NamedTuple, TypeAlias

from manifests.believed import Believed
from manifests.catalog import Catalog, Chosen, Members
from manifests.collection_facet import CollectionFacet, collection_facet
from manifests.metadata.facets import COLLECTION, FACETS, Facet
from manifests.model import LanguageMap, Work

NOTHING_CHOSEN: Chosen = {}

_EVERY_WORK = -1  # all bits are set
_MANY = 1000
"""Works that fit, from which on it is faster to look for the next that does than to put them in order."""
_SETS_KEPT = 16

_Key: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


class Choice(NamedTuple):
    """One value of a facet. `works`: how many fit all that is chosen of other facets, and have it."""

    value: str
    works: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen of one facet; nothing where no work that fits says anything for it."""

    facet: Facet
    choices: Sequence[Choice]
    names: Mapping[str, LanguageMap] = field(default_factory=dict)
    """How values are called that the facet itself cannot say."""


class Browsing:
    def __init__(self, catalog: Catalog) -> None:
        self._facets = catalog.facets
        self._catalog = catalog
        self._changes: Believed[None, int] = Believed(catalog.version, 1)
        self._members: Believed[None, Members] = Believed(self._number_of_changes, 1)
        self._collections: Believed[None, CollectionFacet] = Believed(self._number_of_changes, 1)
        self._sets: Believed[_Key, frozenset[str]] = Believed(catalog.version, _SETS_KEPT)

    def works(self, chosen: Chosen = NOTHING_CHOSEN, after: str | None = None, limit: int = 50) -> list[Work]:
        """Public ones by id, from the one behind `after`."""
        return self._facets.works(chosen, after, limit, are_many=self.number(chosen) > _MANY)

    def works_in_order(
        self, collection: str, chosen: Chosen, after: str = "", limit: int = 50
    ) -> list[tuple[str, Work]]:
        """Public ones in a set, a serial or a year, by volume or date, each with its place, from the one behind it."""
        return self._facets.works_in_order(collection, chosen, after, limit)

    def parts(self, collection: str, chosen: Chosen) -> Offer:
        """The collections that lie in this one and hold works that fit, to go on to."""
        now, names = self._now(COLLECTION)
        of = self._counted(COLLECTION, {**chosen, COLLECTION.name: [collection]})
        choices = [Choice(name, works, is_chosen=False) for name, works in of.items() if now.above(name) == collection]
        return Offer(now, sorted(choices, key=lambda choice: (-choice.works, choice.value)), names)

    def number(self, chosen: Chosen) -> int:
        """How many fit; of works that have a value of any facet, where nothing is chosen."""
        return self._fitting(chosen).bit_count()

    def ids(self, chosen: Chosen) -> frozenset[str]:
        """For a search in what was chosen (`manifests.search.across.Across.among`)."""
        return self._sets.get(_key(chosen), lambda: self._facets.ids(chosen))

    def offers(self, chosen: Chosen = NOTHING_CHOSEN, fixed: Chosen = NOTHING_CHOSEN) -> list[Offer]:
        return [self._offer(facet, chosen, fixed) for facet in FACETS if facet.name not in fixed]

    def _now(self, facet: Facet) -> tuple[Facet, Mapping[str, LanguageMap]]:
        """The facet with what the catalogue says of its values, and their names."""
        if facet is not COLLECTION:
            return facet, {}
        found = self._collections.get(None, lambda: collection_facet(self._catalog.collections.all()))
        return found.facet, found.names

    def _number_of_changes(self) -> int:
        return self._changes.get(None, self._facets.changes)

    def _all(self) -> Members:
        return self._members.get(None, self._facets.members)

    def _fitting(self, chosen: Chosen) -> int:
        members = self._all()
        if not chosen:
            return _any_of(bits for values in members.values() for bits in values.values())
        sets = (_any_of(members.get(facet, {}).get(value, 0) for value in values) for facet, values in chosen.items())
        return reduce(and_, sets)

    def _offer(self, facet: Facet, chosen: Chosen, fixed: Chosen) -> Offer:
        """Each value with the works that fit all but what is chosen of this facet."""
        others = {name: values for name, values in {**fixed, **chosen}.items() if name != facet.name}
        now, names = self._now(facet)
        return Offer(now, _choices(now, self._counted(facet, others), chosen.get(facet.name, ())), names)

    def _counted(self, facet: Facet, chosen: Chosen) -> Mapping[str, int]:
        """How many of the works that fit have each value."""
        fitting = self._fitting(chosen) if chosen else _EVERY_WORK
        of = {value: (bits & fitting).bit_count() for value, bits in self._all().get(facet.name, {}).items()}
        return {value: number for value, number in of.items() if number}


def _any_of(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def _key(chosen: Chosen) -> _Key:
    return tuple(sorted((facet, tuple(sorted(values))) for facet, values in chosen.items()))


def _choices(facet: Facet, counts: Mapping[str, int], chosen: Sequence[str]) -> list[Choice]:
    """Those of the widest values, and below each that is chosen, or holds one that is, its parts."""
    wider = {one for value in chosen for one in _path(facet, value)}
    values = [value for value in {**counts, **dict.fromkeys(chosen)} if facet.above(value) in (None, *wider)]
    values.sort(key=lambda value: _place(facet, value, counts))
    return [Choice(value, counts.get(value, 0), value in chosen) for value in values]


def _path(facet: Facet, value: str) -> list[str]:
    """The widest value around it first, itself last."""
    above = facet.above(value)
    return [*_path(facet, above), value] if above is not None else [value]


def _place(facet: Facet, value: str, counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """Each part behind what it is a part of."""
    return [(0 if facet.in_order else -counts.get(one, 0), one) for one in _path(facet, value)]
