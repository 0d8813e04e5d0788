"""Which file is the text of a page."""

from pathlib import Path

import pytest

from manifests import text
from tests.text.text_samples import alto, page, write


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("0001.xml", "0001"),
        ("0001.alto.xml", "0001"),
        ("0001.PAGE.XML", "0001"),
        ("tờ 1.hocr", "tờ 1"),
        ("0001.html", "0001"),
        ("v1.2.txt", "v1.2"),
    ],
)
def test_a_text_shares_the_stem_of_its_master(name: str, stem: str) -> None:
    assert text.stem_of(name) == stem


def test_alto_goes_before_plain_text_and_the_choice_is_told(tmp_path: Path) -> None:
    plain = write(tmp_path / "text/1.txt", "một")
    first = write(tmp_path / "alto/1.xml", alto(page("một")))
    choice = text.choose([plain, first])
    assert choice.taken == first
    assert [(f.code, f.values) for f in choice.findings] == [
        ("text-choice", {"taken": "alto/1.xml", "left": "text/1.txt"})
    ]


def test_of_two_of_a_format_the_first_found_is_taken(tmp_path: Path) -> None:
    files = [write(tmp_path / name / "1.xml", alto(page("một"))) for name in ("b", "a")]
    assert text.choose(files).taken == files[0]


def test_what_is_not_read_yet_is_unused_and_is_no_choice(tmp_path: Path) -> None:
    hocr = write(tmp_path / "1.hocr", "<html/>")
    plain = write(tmp_path / "1.txt", "một")
    choice = text.choose([hocr, plain])
    assert (choice.taken, list(choice.unused), choice.findings) == (plain, [hocr], ())


def test_a_page_without_text_has_none(tmp_path: Path) -> None:
    assert text.choose([]).taken is None
    assert text.choose([tmp_path / "gone.xml"]).taken is None
