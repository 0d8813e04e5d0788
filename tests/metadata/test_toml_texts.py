"""Texts in files written by hand: one, several, by language, numbers among them; and what is none."""

from collections.abc import Sequence
from datetime import date

import pytest

from manifests.metadata.reader import BadRecord, bad_value
from manifests.metadata.toml_texts import strings_at, texts_at


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Kiều", {"none": ("Kiều",)}),
        (["Kiều", "Truyện"], {"none": ("Kiều", "Truyện")}),
        (1866, {"none": ("1866",)}),
        (date(1866, 2, 15), {"none": ("1866-02-15",)}),
        ({"vi": "Kiều", "vi-hani": ["傳翹"], "none": 3}, {"vi": ("Kiều",), "vi-Hani": ("傳翹",), "none": ("3",)}),
        ("", {}),
        ([], {}),
    ],
)
def test_what_is_a_text(value: object, found: object) -> None:
    assert texts_at("title", value, bad_value) == found


@pytest.mark.parametrize(
    ("value", "place"),
    [(True, "title"), ([["a"]], "title"), ({"vi": {"en": "a"}}, "title.vi"), ({"no tag": "a"}, "title")],
)
def test_what_is_none_is_refused_by_its_place(value: object, place: str) -> None:
    said: list[tuple[object, Sequence[str]]] = []

    def refuse(at: object, wrong: object, allowed: Sequence[str]) -> BadRecord:
        said.append((at, allowed))
        return bad_value(at, wrong, allowed)

    with pytest.raises(BadRecord):
        texts_at("title", value, refuse)
    assert said[0][0] == place


def test_strings_keep_their_order() -> None:
    assert strings_at("pages", ["2", 1], bad_value) == ["2", "1"]
