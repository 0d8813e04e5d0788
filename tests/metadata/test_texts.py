"""Strings and languages of records."""

import pytest

from manifests.metadata.texts import clean, is_tag, language_of, texts


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("vi", "vi"),
        ("VI-hani", "vi-Hani"),
        ("lzh-Hani", "lzh-Hani"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("vie", "vi"),
        ("fre", "fr"),
        ("chi", "zh"),
        ("Vietnamese", "vi"),
        ("es-419", "es-419"),
        ("none", "none"),
        (None, "none"),
        ("tiếng nước ngoài", "none"),
    ],
)
def test_a_language_is_a_tag_whatever_it_was_called(told: str | None, tag: str) -> None:
    assert language_of(told) == tag


def test_what_names_no_language_is_no_tag() -> None:
    assert [is_tag(told) for told in ("vi", "none", "no tag", "title")] == [True, True, False, False]


def test_strings_are_composed_in_one_line_each_and_said_once() -> None:
    assert clean("  Nguye\u0302\u0303n \t Du\x00\n\n 1866 ") == "Nguyễn Du\n1866"
    assert clean("\ufeffTruyện Kiều\u200b \n \u2060 ") == "Truyện Kiều"
    assert texts([("none", "\u200b")]) == {}
    assert texts([("vi", "a"), ("vi", " a "), ("none", ""), ("en", "b")]) == {"vi": ("a",), "en": ("b",)}


@pytest.mark.parametrize(
    ("turned", "right"),
    [("Kie\u0300\u0302u", "Kiều"), ("ta\u0301\u0306p", "tắp"), ("vie\u0323\u0302t", "việt"), ("e\u0302\u0301", "ế")],
)
def test_marks_stand_in_the_order_of_vietnamese(turned: str, right: str) -> None:
    assert clean(turned) == right
