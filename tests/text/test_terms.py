"""The terms of a text, counted."""

from collections import Counter
from itertools import pairwise

from hypothesis import given

from manifests.text import terms
from tests.text.text_samples import PRINTED_WORKS, work


@given(PRINTED_WORKS)
def test_terms_are_counted_as_one_would_by_hand(pages: list[list[str]]) -> None:
    stream = work(*pages).stream
    keys = stream.folded_keys()
    assert terms.syllables(stream).folded == Counter(keys)
    assert terms.pairs(stream) == Counter(map(" ".join, pairwise(keys)))


def test_only_syllables_that_bear_marks_are_kept_as_typed() -> None:
    stream = work(["an toàn an toan", "thư viện"]).stream
    assert terms.syllables(stream).typed == {"toàn": 1, "thư": 1, "viện": 1}


def test_a_text_without_words_has_none() -> None:
    stream = work().stream
    assert (terms.syllables(stream), terms.pairs(stream)) == (({}, {}), {})
