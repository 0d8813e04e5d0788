"""What is said, in which language, and how the language is chosen."""

import pytest

from manifests.errors import Missing, Misused
from manifests.findings import FINDING_TYPES, make_finding
from manifests.model import Tier
from server.language.translator import Translator, from_environment, negotiate, written_in

OFFERED = ("vi", "en")


@pytest.mark.parametrize(
    ("accept_language", "chosen", "language"),
    [
        (None, None, "vi"),
        ("", None, "vi"),
        ("en", None, "en"),
        ("en-GB,en;q=0.9,vi;q=0.8", None, "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", None, "vi"),
        ("fr, en;q=0.4, vi;q=0.6", None, "vi"),
        ("vi;q=0, en;q=0.1", None, "en"),
        ("ja", None, "vi"),
        ("*", None, "vi"),
        ("en;q=nonsense, ;;,", None, "vi"),
        ("vi", "en", "en"),
        ("en", "klingon", "en"),
        ("EN-us", None, "en"),
    ],
)
def test_the_reader_is_answered_in_the_language_asked_for(
    accept_language: str | None, chosen: str | None, language: str
) -> None:
    assert negotiate(accept_language, chosen, OFFERED).language == language


def test_only_what_the_library_offers_is_spoken() -> None:
    assert negotiate("vi", None, ("en",)).language == "en"
    assert negotiate("fr", None, ("fr",)).language == "en"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "en_US", "LC_ALL": "vi"}, "vi"),
        ({"LANG": "vi_VN", "LC_ALL": ""}, "vi"),
    ],
)
def test_the_terminal_says_which_language_it_reads(environment: dict[str, str], language: str) -> None:
    assert from_environment(environment).language == language


def test_an_error_is_said_with_its_values_in_either_language() -> None:
    error = Missing("There is no work {work}.", work="Truyen-Kieu")
    assert Translator("en").translate_error(error) == str(error)
    assert Translator("vi").translate_error(error) == "Không có tài liệu Truyen-Kieu."


def test_a_value_that_is_a_phrase_of_ours_is_translated_with_its_sentence() -> None:
    error = Misused(
        "{where} sets {name} to {value}, which is not {what}.", where="x", name="port", value="a", what="draft"
    )
    assert Translator("vi").translate_error(error) == "x đặt port là a, không phải bản nháp."


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("code", FINDING_TYPES)
def test_every_finding_can_be_told(code: str, language: str) -> None:
    class Anything(dict[str, object]):
        def __missing__(self, name: str) -> str:
            return f"<{name}>"

    sentence = FINDING_TYPES[code].sentence
    values = {name: f"<{name}>" for name in _placeholders(sentence)}
    told = Translator(language).translate_finding(make_finding(code, **values))
    assert all(value in told for value in values.values())


def _placeholders(sentence: str) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("tier", Tier)
def test_every_tier_has_its_words(tier: Tier) -> None:
    assert Translator("en").tier(tier) != Translator("vi").tier(tier)


def test_counted_things_have_the_plural_of_the_language() -> None:
    one, many = "{count} page", "{count} pages"
    assert [Translator("en").plural(one, many, count) for count in (0, 1, 2, 1234)] == [
        "0 pages",
        "1 page",
        "2 pages",
        "1,234 pages",
    ]
    assert [Translator("vi").plural(one, many, count) for count in (1, 1234)] == ["1 trang", "1.234 trang"]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert Translator("vi").number(1234.5) == "1.234,5"
    assert Translator("en").number(1234.5) == "1,234.5"


def test_a_port_or_a_line_is_no_counted_number() -> None:
    assert Translator("vi").translate("{width} x {height}", width=7201, height=4097) == "7201 x 4097"


def test_a_label_is_read_in_the_readers_language_or_as_it_stands() -> None:
    both = {"vi": ["Truyện Kiều"], "en": ["The Tale of Kieu"]}
    assert Translator("en").label(both) == "The Tale of Kieu"
    assert Translator("vi").label({"none": ["a", "b"], "fr": ["c"]}) == "a · b"
    assert Translator("vi").label({"fr": ["Le Conte"]}) == "Le Conte"
    assert Translator("vi").label({}) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Truyện Kiều", "vi"),
        ("Thơ", "vi"),
        ("Sách cổ", "vi"),
        ("Lettre de Hanoï", ""),
        ("Mission à Hué", ""),
        ("金雲翹", ""),
        ("", ""),
    ],
)
def test_vietnamese_is_known_by_letters_that_only_it_has(text: str, language: str) -> None:
    assert written_in(text) == language


def test_a_label_has_the_language_it_says_else_the_one_it_is_written_in() -> None:
    translator = Translator("en")
    assert translator.language_of({"fr": ["Carte"], "en": ["Map"]}) == "en"
    assert translator.language_of({"none": ["Bản đồ"]}) == "vi"
    assert translator.language_of({"none": ["Carte"]}) == ""


@pytest.mark.parametrize(
    ("tags", "picked"),
    [
        (("vi-Hani", "vi"), "vi"),
        (("lzh-Hani", "vi-Latn"), "vi-Latn"),
        (("vi-Hani", "none"), "none"),
        (("en", "vi-Hani"), "vi-Hani"),
        (("en", "fr"), "en"),
        ((), "none"),
    ],
)
def test_of_several_scripts_a_reader_is_given_the_nearest(tags: tuple[str, ...], picked: str) -> None:
    assert Translator("vi").pick({tag: [tag] for tag in tags}) == picked
