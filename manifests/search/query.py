"""What a reader typed, as the parts that are looked for.

Words in quotes, and what is written together (thư-viện, 南國山河), are one part: its syllables must follow each other.
A `*` behind a word stands for any end of it. Nothing else means anything but itself: no operators, no commands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from manifests.text.normalise import Syllable, cut

MAX_SYLLABLES = 200
"""Of a query; what follows is not looked at. No viewer sends more, and a scan should cost what a scan costs."""

_CHARACTERS = MAX_SYLLABLES * 16
_PART = re.compile(r'"([^"]*)(?:"|$)|(\S+)')
_QUOTES = str.maketrans("“”„‟«»＂〝〞", '"' * 9)


@dataclass(frozen=True, slots=True)
class Term:
    """One syllable; with `begins` also what only begins with it."""

    syllable: Syllable
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """`parts` in order, none of them empty. `quoted`: all of it stands in quotes."""

    parts: Sequence[Sequence[Term]]
    quoted: bool

    @property
    def terms(self) -> Sequence[Term]:
        """All syllables in a row."""
        return [term for part in self.parts for term in part]

    @property
    def has_marks(self) -> bool:
        """Whether marks were typed: where there are none, they were left out."""
        return any(term.syllable.exact != term.syllable.folded for term in self.terms)


def parse_query(typed: str) -> Query:
    """Never fails: what holds no letter and no digit has no parts."""
    found = list(_PART.finditer(typed[:_CHARACTERS].translate(_QUOTES)))
    parts = [part for match in found if (part := tuple(_terms(match[1] if match[2] is None else match[2])))]
    quoted = len(parts) == 1 and all(match[2] is None for match in found)
    return Query(tuple(_bounded(parts)), quoted)


def _terms(text: str) -> Iterator[Term]:
    for syllable in cut(text):
        yield Term(syllable, text[syllable.end :].startswith("*"))


def _bounded(parts: Sequence[Sequence[Term]]) -> Iterator[Sequence[Term]]:
    left = MAX_SYLLABLES
    for part in parts:
        kept = tuple(islice(part, left))
        left -= len(kept)
        if kept:
            yield kept
