"""Which file is the text of a page."""

from pathlib import Path

import pytest

from manifests import text
from manifests.text.choice import StemsOfPages, place_of, stems_of
from tests.text.text_samples import alto, page, write


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("0001.xml", "0001"),
        ("0001.alto.xml", "0001"),
        ("0001.PAGE.XML", "0001"),
        ("tờ 1.hocr", "tờ 1"),
        ("tờ 1.htm", "tờ 1"),
        ("tờ 1.hocr.XHTML", "tờ 1"),
        ("0001.html", "0001"),
        ("v1.2.txt", "v1.2"),
        ("0001_alto.xml", "0001"),
        ("0001-ALTO.XML", "0001"),
        ("0001.png.txt", "0001"),
        ("0001.tif_page.xml", "0001"),
        ("tờ 1.txt", "tờ 1"),
        ("_alto.xml", "_alto"),
    ],
)
def test_a_text_may_share_the_stem_of_its_master(name: str, stem: str) -> None:
    assert stem in stems_of(name)


@pytest.mark.parametrize(
    ("stems", "name", "stem"),
    [
        (["0001", "0001_alto"], "0001_alto.xml", "0001_alto"),
        (["0001", "0001.png"], "0001.png.txt", "0001.png"),
        (["0001"], "0001.png.txt", "0001"),
        (["IMG1"], "img1.txt", "IMG1"),
        (["IMG1"], "img1_ocr.txt", "IMG1"),
        (["IMG1", "img1"], "img1.txt", "img1"),
        (["IMG1", "Img1"], "img1.txt", "img1"),
        (["0002"], "0001_alto.xml", "0001_alto"),
        (["tờ 1"], "tờ 1.txt", "tờ 1"),
    ],
)
def test_the_likeliest_page_has_the_text(stems: list[str], name: str, stem: str) -> None:
    assert StemsOfPages(stems).stem_for(name) == stem


@pytest.mark.parametrize(
    ("name", "stem", "is_it"),
    [
        ("0001.tif", "0001", True),
        ("C:\\scan\\IMG 1.TIF", "img 1", True),
        ("file:///data/tờ 1.jp2", "tờ 1", True),
        ("v1.2", "v1.2", True),
        ("7", "scan_0007", True),
        ("7", "scan_0017", False),
        ("7", "bìa", False),
        ("page7", "scan_0007", False),
        ("9" * 5000, "9" * 5000, True),
        ("", "", False),
    ],
)
def test_a_page_of_a_file_is_called_by_its_masters_name_or_number(name: str, stem: str, is_it: bool) -> None:
    assert place_of(stem, [["other"], [name]]) == (1 if is_it else None)


def test_two_pages_of_one_name_are_told_apart_by_nothing() -> None:
    assert place_of("0001", [["0001.tif"], ["0001.tif"]]) is None


def test_a_text_of_no_bytes_is_said_and_another_taken(tmp_path: Path) -> None:
    empty, plain = write(tmp_path / "1.xml", ""), write(tmp_path / "1.txt", "một")
    choice = text.choose([empty, plain])
    assert choice.taken == plain
    assert [(f.code, f.values) for f in choice.findings] == [("text-empty", {"file": f"{tmp_path.name}/1.xml"})]
    assert text.choose([empty]).taken is None


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


def test_what_no_reader_knows_is_unused_and_is_no_choice(tmp_path: Path) -> None:
    other = write(tmp_path / "1.html", "<html/>")
    plain = write(tmp_path / "1.txt", "một")
    choice = text.choose([other, plain])
    assert (choice.taken, list(choice.unused), list(choice.findings)) == (plain, [other], [])


def test_a_page_without_text_has_none(tmp_path: Path) -> None:
    assert text.choose([]).taken is None
    assert text.choose([tmp_path / "gone.xml"]).taken is None
