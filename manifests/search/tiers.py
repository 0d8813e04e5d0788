"""Which runs of syllables in a work answer a query, by how well they do (decisions.md, 6 and 7).

The syllables of the query in a row: `exact` as typed, `marks` where only marks differ, in either direction, `error`
where the OCR misread one of them, or lost a blank or added one. Only where the query stands nowhere in a row are its
parts looked for near each other, and only parts so rare that they hardly stand there by chance: `near`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from manifests.model import Tier
from manifests.search.query import Query, Term
from manifests.text.blanks import bears_two_tones
from manifests.text.misread import Around
from manifests.text.spans import Spans
from manifests.text.store import WorkText
from manifests.text.stream import ANY, Alternatives, SyllableSequence

PROXIMITY = 10
"""Syllables within which all parts of a query must stand to be near each other."""

MOST_BY_CHANCE = 0.1
"""Of places near each other that a text of these words in any order would have."""

MOST_MISREAD = 8
"""Syllables of a query in which a misread one is looked for; a longer one is found by a part of it."""

Choice = Callable[[SyllableSequence, Term], Alternatives]


def spans_by_tier(text: WorkText, query: Query) -> Mapping[Tier, Spans]:
    """Each run in its best tier, and none of a weaker one that touches one of a stronger."""
    if not query.parts:
        return {}
    stream = text.stream
    exact = stream.phrases(_choices(stream, query.terms, as_typed))
    marks = stream.phrases(_choices(stream, query.terms, but_for_marks)).not_touching(exact)
    misread = _misread(stream, query, stands=bool(len(exact) or len(marks)))
    error = Spans.merged([misread, *_with_other_blanks(stream, query)]).not_touching(exact).not_touching(marks)
    found = {Tier.EXACT: exact, Tier.MARKS: marks, Tier.ERROR: error.not_overlapping()}
    if not query.quoted and len(query.parts) > 1 and not any(map(len, found.values())):
        found[Tier.NEAR] = _near(text, query)
    return found


def as_typed(stream: SyllableSequence, term: Term) -> Alternatives:
    return stream.beginning_as_typed(term.syllable) if term.begins else stream.as_typed(term.syllable)


def but_for_marks(stream: SyllableSequence, term: Term) -> Alternatives:
    return stream.beginning_but_for_marks(term.syllable) if term.begins else stream.but_for_marks(term.syllable)


def _choices(stream: SyllableSequence, terms: Sequence[Term], choice: Choice) -> Sequence[Alternatives]:
    return [choice(stream, term) for term in terms]


def _as_meant(query: Query) -> Choice:
    """Where marks were typed they were meant: one error of the OCR is one, and no mark may be wrong beside it."""
    return as_typed if query.has_marks else but_for_marks


def _misread(stream: SyllableSequence, query: Query, stands: bool) -> Spans:
    terms = query.terms
    if len(terms) > MOST_MISREAD or any(term.begins for term in terms):
        return Spans.none()
    choices = _choices(stream, terms, _as_meant(query))
    unknown = [at for at, choice in enumerate(choices) if not choice]
    if len(unknown) > 1:
        return Spans.none()
    return Spans.merged(
        [
            stream.phrases_misread(
                choices,
                at,
                terms[at].syllable,
                Around(at > 0, at < len(terms) - 1, stands),
                marks_count=query.has_marks,
            )
            for at in unknown or range(len(terms))
        ]
    )


def _with_other_blanks(stream: SyllableSequence, query: Query) -> Iterator[Spans]:
    """Where a blank was lost or added, and everything else stands as it was meant."""
    terms, marks = query.terms, query.has_marks
    if len(terms) > MOST_MISREAD or any(term.begins for term in terms):
        return
    choices = _choices(stream, terms, _as_meant(query))
    missing = {at for at, choice in enumerate(choices) if not choice}
    for at, term in enumerate(terms):
        if missing <= {at}:
            for parts in stream.blanks.apart(term.syllable, marks_count=marks):
                # A whole phrase around two words is no chance. A word by itself must stand here as it is.
                if not parts.are_words or len(terms) > 1 or (choices[at] and stream.stands_only_in(parts)):
                    yield stream.phrases([*choices[:at], *parts[:2], *choices[at + 1 :]])
    yield from _written_together(stream, choices, terms, marks)
    yield from _within_longer(stream, choices, terms, marks)


def _written_together(
    stream: SyllableSequence, choices: Sequence[Alternatives], terms: Sequence[Term], marks: bool
) -> Iterator[Spans]:
    for at, (term, following) in enumerate(pairwise(terms)):
        both = stream.blanks.together(term.syllable, following.syllable, marks_count=marks)
        yield stream.phrases([*choices[:at], both, *choices[at + 2 :]])


def _within_longer(
    stream: SyllableSequence, choices: Sequence[Alternatives], terms: Sequence[Term], marks: bool
) -> Iterator[Spans]:
    """Where the first or the last syllable is written together with one that is not asked for. Of a word by itself
    only what bears the tones of two, or stands beside that one, with a blank, elsewhere in the work."""
    blanks, (first, *middle), (*rest, last) = stream.blanks, terms, terms

    def is_sure(number: int, pair: Sequence[Alternatives]) -> bool:
        return bears_two_tones(stream.vocabulary[number]) or len(stream.phrases(pair)) > 0

    if not middle or len(stream.phrases([ANY, *choices[1:]])):
        for number, beside in blanks.ending_with(first.syllable, marks_count=marks):
            if middle or is_sure(number, [beside, choices[0]]):
                yield stream.phrases([[number], *choices[1:]])
    if not rest or len(stream.phrases([*choices[:-1], ANY])):
        for number, beside in blanks.beginning_with(last.syllable, marks_count=marks):
            if rest or is_sure(number, [choices[-1], beside]):
                yield stream.phrases([*choices[:-1], [number]])


def _near(text: WorkText, query: Query) -> Spans:
    stream, choice = text.stream, _as_meant(query)
    parts = [_choices(stream, part, choice) for part in query.parts]
    if stream.by_chance(parts, PROXIMITY) > MOST_BY_CHANCE:
        return Spans.none()
    return stream.proximity(parts, PROXIMITY).within(text.section_breaks).not_overlapping()
