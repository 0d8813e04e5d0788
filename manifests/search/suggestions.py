"""What a reader may be typing: the words of a work that begin so, and what follows them (Content Search 2.0 section 5).

The last syllable is taken as a beginning, those before it as they are; two syllables are most Vietnamese words, so the
syllable that follows is offered too. Terms are given as they are printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from manifests.search.query import Query, Term, parse_query
from manifests.search.tiers import Choice, as_typed, but_for_marks
from manifests.text.store import WorkText
from manifests.text.stream import Run

MOST = 20
"""Terms in one answer."""

_LOOKED_AT = 5
"""Places of a run whose spelling is looked at: capitals of a sentence's start are not the word's."""

_MOST_RUNS = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`count` is how often the term occurs in the work, its capitals and hyphens apart."""

    term: str
    count: int


def suggest(text: WorkText | None, typed: str, at_least: int = 1) -> list[Suggestion]:
    """Terms that occur so often, what was typed with its marks first, then the commonest."""
    query = parse_query(typed)
    if text is None or not query.parts:
        return []
    found: dict[str, Suggestion] = {}
    for choice in (as_typed, but_for_marks):
        for run in _runs(text, query, choice):
            if run.count < at_least:
                break
            term = _as_printed(text, run)
            if term is not None:
                found.setdefault(term, Suggestion(term, run.count))
    return list(islice(found.values(), MOST))


def _runs(text: WorkText, query: Query, choice: Choice) -> Iterator[Run]:
    """The commonest first, and of equally common ones the shorter."""
    *before, last = query.terms
    terms: Sequence[Term] = [*before, replace(last, begins=True)]
    choices = [choice(text.stream, term) for term in terms]
    runs = [*text.stream.runs(choices, more=0), *text.stream.runs(choices, more=1)]
    return islice(iter(sorted(runs, key=lambda run: (-run.count, run.length))), _MOST_RUNS)


def _as_printed(text: WorkText, run: Run) -> str | None:
    """In small letters where it is printed so anywhere; None where a sign or a page's end divides it everywhere."""
    spellings = [spelling for first in run.places[:_LOOKED_AT] if (spelling := _spelling(text, first, run.length))]
    return max(spellings, key=lambda spelling: spelling.islower(), default=None)


def _spelling(text: WorkText, first: int, length: int) -> str | None:
    start, end = text.span(first, first + length - 1)
    printed = " ".join(text.display[start:end].split())
    divided = any(not (sign.isalnum() or sign in " -'’\u00ad\u2010" or sign.isidentifier()) for sign in printed)
    return None if divided or text.section_at(start) != text.section_at(end - 1) else printed
