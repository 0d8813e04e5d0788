"""What is asked of a Whoosh index: which works, in which order, and how many. Whoosh's types do not leave it.

Its own collectors score every work that fits, at ten microseconds each. So the works that fit are taken one by one in
the order in which they lie in the index, and only the first of them are put in order of score.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, TypeAlias

from whoosh.query.compound import And, Or
from whoosh.query.qcore import Every
from whoosh.query.terms import Term

from manifests.search.engine import Candidate
from manifests.search.query_terms import QueryTerm
from manifests.text.terms import pair_term

FOLDED, TYPED, PAIRS, TITLES = "folded", "typed", "pairs", "titles"

Searcher: TypeAlias = Any
Question: TypeAlias = Any
"""Whoosh's, whose methods are typed in part only."""

MOST_RANKED = 2000
"""Works of one answer that are put in order of score. Of a word that more of them hold, no score tells much."""

MOST_WORDS = 200
"""Words that a beginning with `*` may stand for; one that stands for more says nothing, and the scan decides."""


Among: TypeAlias = Container[int] | None
"""Numbers of the works that are wanted; None for all."""


def find(
    searcher: Searcher, asked: Sequence[QueryTerm], limit: int | None, among: Among = None, *, anywhere: bool
) -> list[Candidate]:
    questions = _questions(searcher, asked)
    return _first_of(searcher, (found for found in questions if anywhere or found[1]), limit, among)


def find_runs(searcher: Searcher, runs: Sequence[Sequence[str]], limit: int, among: Among = None) -> list[Candidate]:
    """In the order of the index, without a score."""
    found: dict[int, None] = {}
    for run in runs:
        in_a_row: list[Question | None] = [Term(PAIRS, pair_term(*pair)) for pair in pairwise(run)]
        matches = _wanted(_numbers(searcher, _all_of(in_a_row or [Term(FOLDED, key) for key in run])), among)
        found |= dict.fromkeys(islice(matches, limit))
        if len(found) >= limit:
            break
    return [_candidate(searcher, number, 0.0, True) for number in islice(found, limit)]


def find_titles(
    searcher: Searcher, asked: Sequence[QueryTerm], limit: int | None, among: Among = None
) -> list[Candidate]:
    question = _all_of([_folded(searcher, TITLES, term) for term in asked])
    return _first_of(searcher, iter([(question, True)]), limit, among)


def _wanted(numbers: Iterator[int], among: Among) -> Iterator[int]:
    return numbers if among is None else (number for number in numbers if number in among)


def count(searcher: Searcher, runs: Sequence[Sequence[str]]) -> list[int]:
    """By the rarest of a run's pairs."""
    reader = searcher.reader()

    def of(run: Sequence[str]) -> int:
        if len(run) == 1:
            return int(reader.doc_frequency(FOLDED, run[0]))
        least = 0
        for at, pair in enumerate(pairwise(run)):
            number = int(reader.doc_frequency(PAIRS, pair_term(*pair)))
            least = min(least, number) if at else number
            if not least:
                break  # as of most that are asked for
        return least

    return [of(run) for run in runs]


def _questions(searcher: Searcher, asked: Sequence[QueryTerm]) -> Iterator[tuple[Question, bool]]:
    """The strictest first: in a row and each as typed, in a row with any marks, anywhere. And whether what answers it
    holds them in a row, as far as can be asked."""
    whole = [pair for pair in pairwise(asked) if not (pair[0].is_prefix or pair[1].is_prefix)]
    in_a_row = [Term(PAIRS, pair_term(first.folded, second.folded)) for first, second in whole]
    typed = [Term(TYPED, term.exact) for term in asked if term.bears_marks and not term.is_prefix]
    anywhere = [_folded(searcher, FOLDED, term) for term in asked]
    if typed:
        yield _all_of([*in_a_row, *typed] if in_a_row else [*typed, *anywhere]), True
    if in_a_row:
        yield _all_of(in_a_row), True
    yield _all_of(anywhere), not in_a_row


def _folded(searcher: Searcher, field: str, term: QueryTerm) -> Question | None:
    """None where it leaves nothing out."""
    if not term.is_prefix:
        return Term(field, term.folded)
    meant = list(islice(searcher.reader().expand_prefix(field, term.folded), MOST_WORDS + 1))
    return Or([Term(field, word.decode()) for word in meant]) if len(meant) <= MOST_WORDS else None


def _all_of(questions: Sequence[Question | None]) -> Question:
    needed = [question for question in dict.fromkeys(questions) if question is not None]
    if len(needed) == 1:
        return needed[0]  # an `And` around it takes twice the time
    return And(needed) if needed else _every_work()


def _every_work() -> Question:
    untyped: Any = Every
    return untyped()


def _first_of(
    searcher: Searcher, questions: Iterator[tuple[Question, bool]], limit: int | None, among: Among
) -> list[Candidate]:
    """Those that answer the first question, then those that answer only a later one."""
    found: dict[int, tuple[float, bool]] = {}
    for question, in_a_row in questions:
        # Of works that hold the syllables anywhere, how often they do says nothing.
        numbers = _wanted(_numbers(searcher, question), among) if not in_a_row else iter(())
        works = _ordered(searcher, question, among) if in_a_row else ((work, 0.0) for work in numbers)
        for number, score in islice((work for work in works if work[0] not in found), limit):
            found[number] = score, in_a_row
        if limit is not None and len(found) >= limit:
            break
    return [_candidate(searcher, number, *known) for number, known in islice(found.items(), limit)]


def _ordered(searcher: Searcher, question: Question, among: Among) -> Iterator[tuple[int, float]]:
    """Number and score, the same whatever is taken of them: equal scores in the order of the index."""
    matches = (match for match in _matches(searcher, question) if among is None or match[0] in among)
    yield from sorted(islice(matches, MOST_RANKED), key=lambda hit: -hit[1])
    yield from matches


def _matches(searcher: Searcher, question: Question) -> Iterator[tuple[int, float]]:
    """Number and score of each work, in the order of the index."""
    for part, offset in searcher.leaf_searchers():
        matcher = question.matcher(part)
        while matcher.is_active():
            yield offset + matcher.id(), matcher.score()
            matcher.next()


def _numbers(searcher: Searcher, question: Question) -> Iterator[int]:
    """The same without their scores, which take half of the time."""
    for part, offset in searcher.leaf_searchers():
        matcher = question.matcher(part)
        while matcher.is_active():
            yield offset + matcher.id()
            matcher.next()


def _candidate(searcher: Searcher, number: int, score: float, in_a_row: bool) -> Candidate:
    stored = searcher.stored_fields(number)
    return Candidate(stored["work"], score, stored["generation"], in_a_row)
