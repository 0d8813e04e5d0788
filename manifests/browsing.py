"""What there is to choose while one browses: the works that fit, and beside each further choice how many would.

Believed as long as nothing in the catalogue has changed. `fixed` is what a page stands for itself, such as its
collection: it narrows, and is not offered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from manifests.believed import Believed
from manifests.catalog import Catalog, Chosen, FacetCount
from manifests.metadata.facets import FACETS, Facet
from manifests.model import Work

NOTHING_CHOSEN: Chosen = {}

_OFFERS_KEPT, _SETS_KEPT = 256, 16

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


class Browsing:
    def __init__(self, catalog: Catalog) -> None:
        self._facets = catalog.facets
        self._offers: Believed[tuple[_Key, _Key], Sequence[Offer]] = Believed(catalog.version, _OFFERS_KEPT)
        self._numbers: Believed[_Key, int] = Believed(catalog.version, _OFFERS_KEPT)
        self._sets: Believed[_Key, frozenset[str]] = Believed(catalog.version, _SETS_KEPT)

    def works(self, chosen: Chosen = NOTHING_CHOSEN, after: str | None = None, limit: int = 50) -> list[Work]:
        """Public ones by id, from the one behind `after`."""
        return self._facets.works(chosen, after, limit)

    def number(self, chosen: Chosen = NOTHING_CHOSEN) -> int:
        return self._numbers.get(_key(chosen), lambda: self._facets.number(chosen))

    def ids(self, chosen: Chosen) -> frozenset[str]:
        """For a search in what was chosen (`manifests.search.across.Across.among`)."""
        return self._sets.get(_key(chosen), lambda: self._facets.ids(chosen))

    def offers(self, chosen: Chosen = NOTHING_CHOSEN, fixed: Chosen = NOTHING_CHOSEN) -> Sequence[Offer]:
        return self._offers.get((_key(chosen), _key(fixed)), lambda: self._offered(chosen, fixed))

    def _offered(self, chosen: Chosen, fixed: Chosen) -> list[Offer]:
        offered = [facet for facet in FACETS if facet.name not in fixed]
        untouched = [facet.name for facet in offered if facet.name not in chosen]
        found = self._facets.counts(untouched, {**fixed, **chosen}) if untouched else []
        for name in (facet.name for facet in offered if facet.name in chosen):
            others = {facet: values for facet, values in chosen.items() if facet != name}
            found += self._facets.counts([name], {**fixed, **others})
        return [_offer(facet, found, chosen.get(facet.name, ())) for facet in offered]


def _key(chosen: Chosen) -> _Key:
    return tuple(sorted((facet, tuple(sorted(values))) for facet, values in chosen.items()))


def _offer(facet: Facet, found: Sequence[FacetCount], chosen: Sequence[str]) -> Offer:
    counts = {one.value: one.works for one in found if one.facet == facet.name}
    wider = {*chosen, *(above for value in chosen if (above := facet.above(value)) is not None)}
    values = [value for value in {**counts, **dict.fromkeys(chosen)} if facet.above(value) in (None, *wider)]
    values.sort(key=lambda value: _place(facet, value, counts))
    return Offer(facet, [Choice(value, counts.get(value, 0), value in chosen) for value in values])


def _place(facet: Facet, value: str, counts: Mapping[str, int]) -> tuple[object, ...]:
    if facet.in_order:
        above = facet.above(value)
        return (above or value, above is not None, value)
    return (-counts.get(value, 0), value)
