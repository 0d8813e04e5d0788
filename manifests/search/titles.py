"""Whether a title holds what is asked: all syllables of the query, in any order, with any marks, in one language."""

from collections.abc import Sequence

from manifests.model import LanguageMap
from manifests.search.query_terms import QueryTerm
from manifests.text.normalise import cut


def is_in_title(label: LanguageMap, asked: Sequence[QueryTerm]) -> bool:
    return bool(asked) and any(_holds(title, asked) for title in titles_of(label))


def titles_of(label: LanguageMap) -> list[str]:
    return [title for titles in label.values() for title in titles]


def _holds(title: str, asked: Sequence[QueryTerm]) -> bool:
    keys = {syllable.folded for syllable in cut(title)}
    return all(_stands_in(keys, term) for term in asked)


def _stands_in(keys: set[str], term: QueryTerm) -> bool:
    return any(key.startswith(term.folded) for key in keys) if term.is_prefix else term.folded in keys
