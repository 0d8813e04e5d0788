"""What OCR programs call a language becomes a tag of BCP 47, or nothing."""

import pytest

from manifests.text.languages import language_tag


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("vi", "vi"),
        ("vie", "vi"),
        ("VIE", "vi"),
        ("vi-VN", "vi-VN"),
        ("vi_vn", "vi-VN"),
        ("vi-Hani", "vi-Hani"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("Vietnamese", "vi"),
        ("french", "fr"),
        ("lzh", "lzh"),
        ("chi_tra", "zh-Hant"),
        ("chi_tra_vert", "zh-Hant"),
        ("chi_sim", "zh-Hans"),
        ("deu_frak", "de-Latf"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        (" en ", "en"),
    ],
)
def test_a_language_by_any_of_its_names(told: str, tag: str) -> None:
    assert language_tag(told) == tag


@pytest.mark.parametrize(
    "told", ["", " ", "und", "mul", "zxx", "root", "klingonish", "x", "vi<script>", "1", "-", "qqq"]
)
def test_what_names_no_language_is_none(told: str) -> None:
    assert language_tag(told) is None
