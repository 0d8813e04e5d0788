"""Which letters can be a Vietnamese syllable, marks apart."""

import pytest

from manifests.text.normalise import syllables
from manifests.text.vietnamese import is_spelled, is_syllable, letters_and_tone, without_tones

PRINTED = """
    thư viện quốc gia Việt Nam khuya nghiêng giếng quyển xoong yêu ở Đường oằn huỳnh khuyên rượu khuỷu ngoẻo gì hoà hòa
    thuỷ thủy quýt quên quơ quặp giặc gịt nước ướt uống quạnh qué
"""
SYLLABLES = PRINTED.split()


@pytest.mark.parametrize("word", SYLLABLES)
def test_a_vietnamese_syllable_is_one(word: str) -> None:
    assert is_syllable(syllables(word)[0].folded)


@pytest.mark.parametrize(
    "word", ["biblio", "thèque", "école", "Francs", "ment", "tinuer", "w", "1926", "str", "zo", "aia", "tph"]
)
def test_what_no_vietnamese_word_is_made_of_is_none(word: str) -> None:
    assert not is_syllable(syllables(word)[0].folded)


@pytest.mark.parametrize("word", SYLLABLES)
def test_a_syllable_with_its_marks_is_spelled_as_vietnamese_is(word: str) -> None:
    assert is_spelled(syllables(word)[0].exact)


@pytest.mark.parametrize(
    "word",
    [
        "viộn",
        "vìện",
        "quôc",
        "nuơc",
        "quyêt",
        "quyểt",
        "ngưoi",
        "nguòi",
        "trưòng",
        "đưong",
        "êa",
        "qn",
        "b",
        "gh",
        "bé̉",
        "w",
        "école",
        "thọf",
        "mât",
    ],
)
def test_what_no_vietnamese_would_write_is_not(word: str) -> None:
    assert not is_spelled(syllables(word)[0].exact)


@pytest.mark.parametrize("word", ["hoà", "hòa", "đường", "vie\u0323\u0302n"])
def test_a_word_that_is_no_key_is_spelled_as_vietnamese_is(word: str) -> None:
    assert is_spelled(word)


@pytest.mark.parametrize(
    "word", ["tôt", "tồt", "très", "thếế", "jà", "zô", "ơt", "iên1", "", "vi\u0302e\u0323n", "oự", "quoác"]
)
def test_what_breaks_a_rule_of_spelling_is_none(word: str) -> None:
    assert not is_spelled(word)


@pytest.mark.parametrize(
    ("word", "letters", "tone"),
    [
        ("viện", "viên", "\u0323"),
        ("thư", "thư", ""),
        ("hoà", "hoa", "\u0300"),
        ("hòa", "hoa", "\u0300"),
        ("a1", "a1", ""),
    ],
)
def test_letters_and_tone_are_told_apart(word: str, letters: str, tone: str) -> None:
    key = syllables(word)[0].exact
    assert letters_and_tone(key) == (letters, tone)
    assert without_tones([key, "và"]) == [letters, "va"]


def test_of_nothing_nothing_is_taken() -> None:
    assert list(without_tones([])) == []
