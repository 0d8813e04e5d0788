"""Headings that people write, and the rights they claim."""

import pytest

from manifests.metadata.fields import FIELDS, label_of
from manifests.metadata.stating import field_named, rights_said


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Tác giả", "creator"),
        ("TAC GIA", "creator"),
        ("Tac_gia", "creator"),
        ("author", "creator"),
        ("Nhan đề", "title"),
        ("nhan de", "title"),
        ("Đề tài", "subject"),
        ("Kí hiệu xếp giá", "shelfmark"),
        ("ký hiệu xếp giá", "shelfmark"),
        ("dc.date.issued", "date"),
        ("Thợ khắc ván", None),
        ("", None),
    ],
)
def test_a_heading_is_known_with_its_marks_or_without(heading: str, name: str | None) -> None:
    assert field_named(heading) == name


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_known_by_its_name_and_by_both_its_labels(name: str) -> None:
    labels = FIELDS[name]
    assert {field_named(heading) for heading in (name, *labels["vi"], *labels["en"])} == {name}


def test_an_unknown_heading_is_its_own_label() -> None:
    assert label_of("Thợ khắc ván") == {"none": ["Thợ khắc ván"]}


def test_a_licence_is_taken_and_the_words_beside_it_are_shown() -> None:
    said = rights_said({"none": ("CC BY 4.0",), "vi": ("Ảnh của Thư viện tỉnh",)})
    assert said.uri == "http://creativecommons.org/licenses/by/4.0/"
    assert (said.statement, said.findings) == ({"vi": ("Ảnh của Thư viện tỉnh",)}, [])
