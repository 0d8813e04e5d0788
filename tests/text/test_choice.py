"""Which file is the text of a page."""

from pathlib import Path

import pytest

from manifests import text
from manifests.text.choice import StemsOfPages, stems_of
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


def test_what_is_not_read_yet_is_unused_and_is_no_choice(tmp_path: Path) -> None:
    hocr = write(tmp_path / "1.hocr", "<html/>")
    plain = write(tmp_path / "1.txt", "một")
    choice = text.choose([hocr, plain])
    assert (choice.taken, list(choice.unused), list(choice.findings)) == (plain, [hocr], [])


def test_a_page_without_text_has_none(tmp_path: Path) -> None:
    assert text.choose([]).taken is None
    assert text.choose([tmp_path / "gone.xml"]).taken is None
