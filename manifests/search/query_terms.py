"""What of a query an engine looks for: its syllables, each whole or, with `*` behind it, the beginning of one.

Everything else that a query may say (quotes, the order of words) is the scan's business, which proves what is found.
"""

from typing import NamedTuple

from manifests.search.query import parse_query

MAX_SYLLABLES = 64
"""Of a query; the scan looks at the rest."""

_LONGEST_SYLLABLE = 16


class QueryTerm(NamedTuple):
    """One syllable by its keys (`manifests.text.normalise`)."""

    exact: str
    folded: str
    is_prefix: bool = False

    @property
    def bears_marks(self) -> bool:
        return self.exact != self.folded


def query_terms(query: str) -> list[QueryTerm]:
    terms = parse_query(query[: MAX_SYLLABLES * _LONGEST_SYLLABLE]).terms[:MAX_SYLLABLES]
    return [QueryTerm(term.syllable.exact, term.syllable.folded, term.begins) for term in terms]
