"""Synthetic texts for `bench.bench_search`: Vietnamese in its proportions, the same in each run.

Seven words in ten are of two syllables, the words follow Zipf's law, a page has 32 lines of some 320 syllables. Half of
the pages lie in books of hundreds, half in issues of a few: an index suffers from many works, a scan from thick ones.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from manifests.model import Box, PageText, Word

SIZE = (2000, 3000)
WORDS_ON_A_PAGE, LINES = 190, 32
_WORDS = 8000
_LETTER, _HEIGHT, _LEADING = 18, 40, 80

_BEGINNINGS = (*"bcdđghklmnrstvx", "ch", "kh", "ng", "nh", "ph", "qu", "th", "tr")
_MIDDLES = (*"aáàạăắâấậeéêếệiíịoóọôốộơớờuúùưứựy", "ươ", "ướ", "iê", "iế", "iệ")
_ENDS = ("", "c", "i", "m", "n", "ng", "nh", "t")


class SyntheticWork(NamedTuple):
    name: str
    pages: int


def works(pages: int) -> Iterator[SyntheticWork]:
    """So many pages in all, in turn a book and as many pages in issues."""
    draw = np.random.default_rng(1)
    left, number = pages, 0
    while left > 0:
        book = min(left, int(draw.integers(200, 401)))
        yield SyntheticWork(f"book-{number}", book)
        number, left, issues = number + 1, left - book, book
        while issues > 0 and left > 0:
            issue = min(left, int(draw.integers(4, 17)))
            yield SyntheticWork(f"issue-{number}", issue)
            number, left, issues = number + 1, left - issue, issues - issue


def text_of(work: SyntheticWork) -> list[tuple[str, PageText]]:
    words, chances = _vocabulary()
    draw = np.random.default_rng([2, *work.name.encode()])
    drawn = draw.choice(len(words), (work.pages, WORDS_ON_A_PAGE), p=chances)
    return [(f"p{number}", _page([words[one] for one in row])) for number, row in enumerate(drawn.tolist(), 1)]


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[str], "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
    draw = np.random.default_rng(3)
    syllables = ["".join(parts) for parts in product(_BEGINNINGS, _MIDDLES, _ENDS)]
    draw.shuffle(syllables)
    syllables = syllables[:2500]
    ranks = 1 / np.arange(1, len(syllables) + 1)
    parts = draw.choice(syllables, (_WORDS, 2), p=ranks / ranks.sum())
    words = [" ".join(pair) if draw.random() < 0.7 else str(pair[0]) for pair in parts]
    chances = 1 / np.arange(1, _WORDS + 1)
    return words, chances / chances.sum()


def _page(words: list[str]) -> PageText:
    syllables = " ".join(words).split(" ")
    in_a_line = -(-len(syllables) // LINES)
    placed = []
    x = 0
    for number, syllable in enumerate(syllables):
        line, place = divmod(number, in_a_line)
        x = 100 if place == 0 else x
        width = _LETTER * len(syllable)
        placed.append(Word(syllable, line, Box(x, 200 + line * _LEADING, width, _HEIGHT)))
        x += width + _LETTER
    return PageText("alto", placed)
