"""Which entries of a vocabulary are one letter from a word, or look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.text.misreadings import Misreadings
from manifests.text.normalise import keys
from manifests.text.numbers_by_key import NumbersByKey

LETTERS = st.text("abcđêơ𠀀", min_size=1, max_size=6)


def of(words: list[str]) -> Misreadings:
    return Misreadings(words, NumbersByKey([keys(word)[1] for word in words]))


def edits(word: str, other: str) -> int:
    """Letters to change, take away or add, one row of the table after another."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before, row = row, [i]
        for j, its in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != its)))
    return row[-1]


@given(st.lists(LETTERS, max_size=12), LETTERS)
def test_the_entries_found_are_those_one_edit_away_that_share_a_letter(words: list[str], word: str) -> None:
    found = of(words).one_letter_off(word)
    expected = {n for n, other in enumerate(words) if edits(word, other) == 1 and len({word, other}) == 2}
    shares = {n for n in expected if max(len(word), len(words[n])) > 1}
    assert set(found) == shares
    assert len(found) == len(shares)


@pytest.mark.parametrize(
    ("word", "printed"),
    [("modern", "rnodern"), ("bam", "barn"), ("hoa", "dioa"), ("doan", "cloan"), ("lan", "1an"), ("nha", "nlia")],
)
def test_groups_of_letters_are_taken_for_each_other_in_both_directions(word: str, printed: str) -> None:
    assert of(["x", printed]).look_alikes(word) == [1]
    assert of(["x", word]).look_alikes(printed) == [1]


def test_an_empty_vocabulary_and_a_very_long_word_have_none() -> None:
    assert of([]).one_letter_off("a") == []
    assert of(["a" * 5000, "b"]).one_letter_off("a" * 5001) == [0]
