"""What a record gives to browse by, and how its values are called."""

import pytest

from manifests.metadata.facets import FACETS, LONGEST, facets_of
from manifests.metadata.record import NOTHING, Entry, Record

BY_NAME = {facet.name: facet for facet in FACETS}


def of(field: str, *texts: str, tag: str = "none") -> list[str]:
    return [value for _, value in facets_of(Record(entries=(Entry(field, {tag: texts}),)))]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("vi", ["vi"]),
        ("vie", ["vi"]),
        ("Tiếng Việt", ["vi"]),
        ("tiếng Pháp", ["fr"]),
        ("Pháp", ["fr"]),
        ("French", ["fr"]),
        ("fre", ["fr"]),
        ("vi-Hani", ["vi-Hani"]),
        ("chữ Nôm", ["vi-Hani"]),
        ("Hán văn", ["lzh-Hani"]),
        ("Vietnamese; French", ["vi", "fr"]),
        ("Việt, Pháp", ["vi", "fr"]),
        ("Tiếng mẹ đẻ, tiếng khác", ["Tiếng mẹ đẻ, tiếng khác"]),
        ("  Tiếng   lạ ", ["Tiếng lạ"]),
        ("x" * (LONGEST + 1), []),
    ],
)
def test_languages_are_tags_where_they_are_known(written: str, values: list[str]) -> None:
    assert of("language", written) == values


def test_a_kind_said_in_two_languages_is_one() -> None:
    record = Record(entries=(Entry("type", {"en": ("Book",), "vi": ("Sách", "Tập thơ")}),))
    assert facets_of(record) == [("kind", "book"), ("kind", "Tập thơ")]


def test_each_value_is_there_once_and_a_record_without_them_gives_none() -> None:
    assert of("language", "vi", "Vietnamese", "vie") == ["vi"]
    assert of("date", "1884", "1885") == ["18XX", "188X"]
    assert facets_of(NOTHING) == []


@pytest.mark.parametrize(
    ("facet", "value", "vietnamese", "english"),
    [
        ("language", "fr", "Tiếng Pháp", "French"),
        ("language", "vi-Hani", "Chữ Nôm", "Vietnamese (Nôm script)"),
        ("language", "Tiếng lạ", None, None),
        ("date", "18XX", "Thế kỷ 19", "19th century"),
        ("date", "20XX", "Thế kỷ 21", "21st century"),
        ("date", "10XX", "Thế kỷ 11", "11th century"),
        ("date", "188X", "Thập niên 1880", "1880s"),
        ("kind", "map", "Bản đồ", "Map"),
    ],
)
def test_values_are_called_as_people_call_them(
    facet: str, value: str, vietnamese: str | None, english: str | None
) -> None:
    assert (BY_NAME[facet].say(value, "vi"), BY_NAME[facet].say(value, "en")) == (vietnamese, english)


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_value_that_only_an_address_names_is_called_by_itself(facet) -> None:
    for odd in ("", "x", "XX", "<b>", "99999", "18XXX", "é" * LONGEST):
        assert facet.say(odd, "vi") is None
        assert facet.above(odd) is None


def test_a_facet_is_called_in_both_languages() -> None:
    assert all(facet.label.keys() == {"vi", "en"} for facet in FACETS)
    assert len(BY_NAME) == len(FACETS)
