"""When two spellings are one word, and when they differ in marks only."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.text.normalise import cut, keys, syllables

VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÔƠƯ\u0300\u0301\u0303\u0309\u0323"), min_size=1)
LETTERS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


def exact(word: str) -> list[str]:
    return [syllable.exact for syllable in cut(word)]


def folded(word: str) -> list[str]:
    return [syllable.folded for syllable in cut(word)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("lựơng", "lượng"),
        ("baỏ", "bảo"),
        ("qúy", "quý"),
        ("Đường", "ĐƯỜNG"),
        ("Đại", "Ðại"),
        ("đi", "ði"),
        ("viện", unicodedata.normalize("NFD", "viện")),
        ("hòa", "ho\u0340a"),
        ("nghé", "nghe\u0341"),
        ("thư viện", "Thư-viện,"),
        ("thư", "th\u00adư"),
        ("南", "南\U000e0100"),
        ("⼭", "山"),
        ("ＨＡＮＯＩ", "Hanoi"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("ガ", "カ\u3099"),
        ("m²", "m2"),
        ("Ⅳ", "IV"),
        ("①", "1"),
        ("oﬃce", "office"),
        ("㐂", "㐂"),
    ],
)
def test_two_spellings_of_one_word_have_one_exact_key(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thư viện", "thu vien"),
        ("đường", "duong"),
        ("Ðường", "DUONG"),
        ("hoà", "hóa"),
        ("école", "ecole"),
        ("ở", "o"),
        ("œuvre", "oeuvre"),
        ("Æsop", "aesop"),
        ("Øresund", "oresund"),
        ("Łódź", "lodz"),
    ],
)
def test_words_that_differ_in_marks_share_the_folded_key_only(one: str, other: str) -> None:
    assert exact(one) != exact(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("término", "terminó"), ("élève", "èléve"), ("𠊛", "𠊚"), ("南", "北")])
def test_the_place_of_a_mark_means_something_outside_a_vietnamese_syllable(one: str, other: str) -> None:
    assert exact(one) != exact(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ý kiến ở Hà Nội, may áo, to lớn", "Ý kiến ở Hà Nội may áo to lớn"),
        ("“Thư-viện” (1926)", "Thư viện 1926"),
        ("南國山河 𠊛南", "南 國 山 河 𠊛 南"),
        ("字chữ1", "字 chữ1"),
        ("chữ字", "chữ 字"),
        ("\ue000\U000f0000", "\ue000 \U000f0000"),
        ("l’école d'Annam", "l école d Annam"),
        ("— ... ,", ""),
        ("\u0301 a", "a"),
        ("thư\u200bviện", "thư viện"),
        ("ສະບາຍ", "ສ ະ ບ າ ຍ"),
        ("မြန်မာ", "မြ န် မာ"),
        ("ភាសាខ្មែរ", "ភា សា ខ្ មែ រ"),
        ("ปี 2500", "ปี 2500"),
    ],
)
def test_text_is_cut_into_syllables_and_characters_without_losing_any(text: str, found: str) -> None:
    assert [text[syllable.start : syllable.end] for syllable in cut(text)] == found.split()


@given(VIETNAMESE | LETTERS)
def test_a_key_made_of_a_key_is_the_same_key(word: str) -> None:
    for syllable in syllables(word):
        assert keys(syllable.exact) == (syllable.exact, syllable.folded)
        assert keys(syllable.folded)[1] == syllable.folded


@given(VIETNAMESE | LETTERS)
def test_composed_and_decomposed_text_have_the_same_keys(word: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
    assert exact(composed) == exact(decomposed)
    assert folded(composed) == folded(decomposed)


@given(VIETNAMESE | LETTERS)
def test_words_with_one_exact_key_have_one_folded_key(word: str) -> None:
    assert folded(word) == [keys(key)[1] for key in exact(word)]


@given(st.text())
def test_syllables_stand_in_order_and_apart_in_any_text(text: str) -> None:
    places = [(syllable.start, syllable.end) for syllable in cut(text)]
    assert places == sorted(places)
    assert all(start < end for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
