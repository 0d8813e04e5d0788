"""Damage is what it is called: wrong marks leave the letters, a wrong letter changes them."""

from itertools import pairwise
from random import Random

import pytest

from bench.damaged import blank_wrong, damage, letter_wrong, marks_wrong
from manifests.text.normalise import cut

LINES = "Trăm năm trong cõi người ta, Chữ tài chữ mệnh khéo là ghét nhau. J’ai l’honneur"
WORDS = LINES.split() * 20


def folded(word: str) -> list[str]:
    return [syllable.folded for syllable in cut(word)]


@pytest.mark.parametrize("seed", range(20))
def test_each_kind_of_damage_is_what_it_is_called(seed: int) -> None:
    chance = Random(seed)
    for word in WORDS[:17]:
        assert folded(marks_wrong(word, chance)) == folded(word)
        assert folded(letter_wrong(word, chance)) != folded(word)


@pytest.mark.parametrize("seed", range(20))
def test_with_another_blank_the_letters_are_the_same(seed: int) -> None:
    chance = Random(seed)
    for word, following in pairwise(WORDS[:18]):
        read = blank_wrong(word, [following], chance)
        assert "".join(read).replace(" ", "") == "".join([word, following][: len(read)])


def test_about_the_share_that_is_asked_for_is_damaged_and_the_same_at_each_run() -> None:
    text = damage(WORDS, Random(1), 0.1)
    assert text == damage(WORDS, Random(1), 0.1)
    assert len(text.read) == len(text.kinds) == len(WORDS)
    assert 0.05 < sum(kind == "letter" for kind in text.kinds) / len(WORDS) < 0.15
    assert all(
        (read == word) == (kind == "intact") for word, read, kind in zip(WORDS, text.read, text.kinds, strict=True)
    )
