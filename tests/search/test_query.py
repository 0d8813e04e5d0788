"""What is typed, as parts: words, what is written together, what stands in quotes, and beginnings."""

import pytest

from manifests.search.query import MAX_SYLLABLES, parse_query


def parts(typed: str) -> list[list[str]]:
    return [[term.syllable.exact + ("*" if term.begins else "") for term in part] for part in parse_query(typed).parts]


@pytest.mark.parametrize(
    ("typed", "expected", "quoted"),
    [
        ("thư viện", [["thư"], ["viện"]], False),
        ("  thư   viện. ", [["thư"], ["viện"]], False),
        ("thư-viện", [["thư", "viện"]], False),
        ("南國山河 南帝", [["南", "國", "山", "河"], ["南", "帝"]], False),
        ('"thư viện"', [["thư", "viện"]], True),
        ("“thư viện”", [["thư", "viện"]], True),
        ("« thư viện »", [["thư", "viện"]], True),
        ('"thư viện', [["thư", "viện"]], True),
        ('"thư viện" sách', [["thư", "viện"], ["sách"]], False),
        ('"thư" "viện"', [["thư"], ["viện"]], False),
        ("thu*", [["thu*"]], False),
        ("thư vi*", [["thư"], ["vi*"]], False),
        ('"thư vi*"', [["thư", "vi*"]], True),
        ("*", [], False),
        ("* thư", [["thư"]], False),
        ("th*u", [["th*", "u"]], False),
        ('""', [], False),
        ('"', [], False),
        ("", [], False),
        ("— … !", [], False),
        ("AND OR NOT (", [["and"], ["or"], ["not"]], False),
    ],
)
def test_a_query_is_read_as_it_is_meant(typed: str, expected: list[list[str]], quoted: bool) -> None:
    assert parts(typed) == expected
    assert parse_query(typed).quoted == quoted


def test_terms_are_all_syllables_in_a_row() -> None:
    assert [term.syllable.exact for term in parse_query('"thư viện" quốc-gia').terms] == ["thư", "viện", "quốc", "gia"]


@pytest.mark.parametrize(("typed", "has"), [("thu vien", False), ("thu viện", True), ("Đà", True), ("南", False)])
def test_whether_marks_were_typed_is_known(typed: str, has: bool) -> None:
    assert parse_query(typed).has_marks == has


@pytest.mark.parametrize("typed", ["a " * 10_000, '"' + "a " * 10_000 + '"', "-".join("a" * 10_000)])
def test_a_query_without_end_is_cut(typed: str) -> None:
    assert len(parse_query(typed).terms) == MAX_SYLLABLES
