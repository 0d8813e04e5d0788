"""Kinds of works by the words of catalogues."""

import pytest

from manifests.metadata.kinds import kind_name, kind_of


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Sách", "book"),
        ("sach", "book"),
        ("Cartographic", "map"),
        ("Bản đồ", "map"),
        ("Thư từ", "letter"),
        ("StillImage", "image"),
        ("still image", "image"),
        ("Language material", "text"),
        ("land-register", "land-register"),
        ("Gia phả", "genealogy"),
        ("Cái gì đó", None),
        ("", None),
    ],
)
def test_a_word_means_a_kind(written: str, kind: str | None) -> None:
    assert kind_of(written) == kind


def test_a_kind_is_called_in_both_languages() -> None:
    assert (kind_name("map", "vi"), kind_name("map", "en")) == ("Bản đồ", "Map")
    assert kind_name("Cái gì đó", "vi") is None
