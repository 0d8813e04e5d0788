"""The panel by which a reader narrows a list of works down: what is chosen, what may be chosen beside it, as links.

Drawn by the server alone. A list shows it with `panel = facet_panel(library.browsing)`, `panel.narrows` in what it asks
of the library, and `{{ facets_of(panel) }}` (`facets.html`). A page that stands for a value itself, such as that of a
collection, says so: `facet_panel(library.browsing, {"collection": [id]})`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from manifests.browsing import NOTHING_CHOSEN, Browsing, Choice, Offer
from manifests.catalog import Chosen
from manifests.metadata.facets import COLLECTION, Facet
from manifests.model import LanguageMap
from server.site import html_response

SHOWN_AT_ONCE, MOST_SHOWN = 10, 100
_KEPT = ("q", "titles")
"""Words of the query that a choice carries on. Where in the list a reader stands is not among them."""


@dataclass(frozen=True, slots=True)
class Option:
    """A link that makes a choice, or takes one back. `is_part`: of the option above it, as a decade of a century.
    `language` of the text, where it is not the page's."""

    text: str
    count: int
    is_chosen: bool
    is_part: bool
    address: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: the first options, and those behind a fold."""

    name: str
    label: str
    options: Sequence[Option]
    more: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Panel:
    """`chosen` by the reader; `narrows` is that and what the page stands for. `taken_back` names the facet of each.
    `here`: the list as it is narrowed down, from its beginning."""

    chosen: Chosen
    narrows: Chosen
    groups: Sequence[Group]
    taken_back: Sequence[tuple[str, Option]]
    here: str
    without_any: str

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.chosen


def facet_panel(browsing: Browsing, fixed: Chosen = NOTHING_CHOSEN) -> Panel:
    """For the request that is answered."""
    asked = {name: html_response.chosen_of(name) for name in html_response.FACETS if name not in fixed}
    chosen = {name: values for name, values in asked.items() if values}
    groups = [_Links(offer.facet, chosen).group(offer) for offer in browsing.offers(chosen, fixed)]
    if chosen and (within := fixed.get(COLLECTION.name)):  # with nothing chosen they are seen as cards
        groups.append(_parts(browsing.parts(within[0], chosen), chosen))
    groups = [group for group in groups if group.options]
    taken_back = [(g.label, option) for g in groups for option in (*g.options, *g.more) if option.is_chosen]
    return Panel(chosen, {**fixed, **chosen}, groups, taken_back, _address(chosen), _address({}))


def _parts(offer: Offer, chosen: Chosen) -> Group:
    """The collections in that of the page: each leads to its own page, with what is chosen."""

    def address(part: str) -> str:
        return _with(url_for("site.collection", collection=part), _in_query(chosen))

    return _Links(offer.facet, chosen).group(offer, address)


@dataclass(frozen=True, slots=True)
class _Links:
    facet: Facet
    chosen: Mapping[str, Sequence[str]]

    def group(self, offer: Offer, elsewhere: Callable[[str], str] | None = None) -> Group:
        """`elsewhere`: where a value leads that is no choice on this page."""
        shown = [one for place, one in enumerate(offer.choices) if place < MOST_SHOWN or one.is_chosen]
        found = [self._option(choice, offer.names.get(choice.value), elsewhere) for choice in shown]
        label = html_response.request_translator().label(self.facet.label)
        first = found if len(found) <= SHOWN_AT_ONCE + 1 else found[:SHOWN_AT_ONCE]  # one alone is not worth a fold
        return Group(self.facet.name, label, first, found[len(first) :])

    def _option(self, choice: Choice, name: LanguageMap | None, elsewhere: Callable[[str], str] | None) -> Option:
        translator = html_response.request_translator()
        said = translator.label(name) if name else self.facet.say(choice.value, translator.language)
        values = list(self._after(choice))
        changed = {**self.chosen, self.facet.name: values}
        is_part = self.facet.above(choice.value) is not None
        language = translator.language_of(name) if name else ""
        address = elsewhere(choice.value) if elsewhere else _address(changed)
        is_below = is_part and elsewhere is None
        return Option(said or choice.value, choice.works, choice.is_chosen, is_below, address, language)

    def _after(self, choice: Choice) -> Iterator[str]:
        """The values of this facet that are chosen then: a part takes the place of the whole."""
        yield from (
            value
            for value in self.chosen.get(self.facet.name, ())
            if value not in (choice.value, self.facet.above(choice.value))
        )
        if not choice.is_chosen:
            yield choice.value


def _address(chosen: Chosen) -> str:
    """This page with these choices, from its beginning."""
    kept = [(name, request.args[name][: html_response.MAX_QUERY]) for name in _KEPT if name in request.args]
    return _with(f"{request.script_root}{request.path}", [*kept, *_in_query(chosen)])


def _in_query(chosen: Chosen) -> list[tuple[str, str]]:
    return [(name, value) for name in html_response.FACETS for value in chosen.get(name, ())]


def _with(path: str, query: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
