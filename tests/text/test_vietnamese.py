"""Which letters can be a Vietnamese syllable, marks apart."""

import pytest

from manifests.text.normalise import syllables
from manifests.text.vietnamese import is_spelled, is_syllable


@pytest.mark.parametrize(
    "word",
    [
        "thư",
        "viện",
        "quốc",
        "gia",
        "Việt",
        "Nam",
        "khuya",
        "nghiêng",
        "giếng",
        "quyển",
        "xoong",
        "yêu",
        "ở",
        "Đường",
        "oằn",
        "huỳnh",
        "khuyên",
        "rượu",
        "khuỷu",
        "ngoẻo",
        "gì",
    ],
)
def test_a_vietnamese_syllable_is_one(word: str) -> None:
    assert is_syllable(syllables(word)[0].folded)


@pytest.mark.parametrize(
    "word", ["biblio", "thèque", "école", "Francs", "ment", "tinuer", "w", "1926", "str", "zo", "aia", "tph"]
)
def test_what_no_vietnamese_word_is_made_of_is_none(word: str) -> None:
    assert not is_syllable(syllables(word)[0].folded)


@pytest.mark.parametrize(
    "word",
    [
        "thư",
        "viện",
        "Quốc",
        "hoà",
        "hòa",
        "giếng",
        "ĐƯỜNG",
        "khuỷu",
        "tốt",
        "đẹp",
        "gì",
        "oằn",
        "quyển",
        "vie\u0323\u0302n",
    ],
)
def test_a_syllable_with_its_marks_is_spelled_as_it_must_be(word: str) -> None:
    assert is_spelled(word)


@pytest.mark.parametrize(
    "word", ["tôt", "tồt", "école", "très", "thếế", "jà", "zô", "ơt", "iên1", "", "vi\u0302e\u0323n", "oự", "quoác"]
)
def test_what_breaks_a_rule_of_spelling_is_none(word: str) -> None:
    assert not is_spelled(word)
