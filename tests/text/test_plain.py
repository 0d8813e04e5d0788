"""Plain text in every encoding that it comes in, and what is no text at all."""

from pathlib import Path

import pytest

from manifests import text
from tests.text.test_old_encodings import FRENCH, WRITTEN
from tests.text.text_samples import SIZE, hocr_of, write

VERSE = "Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau"


def lines(folder: Path, content: bytes, encoding: str | None = None) -> tuple[list[str], list[tuple[str, str]]]:
    """The words of each line, and what is said: code and encoding."""
    found, said = text.read(write(folder / "1.txt", content), SIZE, encoding=encoding)
    by_line: dict[int, list[str]] = {}
    for word in found.words if found is not None else ():
        by_line.setdefault(word.line, []).append(word.text)
    return [" ".join(words) for words in by_line.values()], [(f.code, f.values.get("encoding", "")) for f in said]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_unicode_is_read_with_and_without_a_mark_and_with_any_line_ending(
    tmp_path: Path, encoding: str, ending: str
) -> None:
    content = ending.join(["Thư viện", "", "  Quốc\tgia "]).encode(encoding)
    assert lines(tmp_path, content) == (["Thư viện", "Quốc gia"], [])


@pytest.mark.parametrize("name", WRITTEN)
def test_old_vietnamese_encodings_are_read_and_said(tmp_path: Path, name: str) -> None:
    content = f"{WRITTEN[name](VERSE)}\r\n{WRITTEN[name]('Hà Nội')}\x1a".encode("cp1252")
    assert lines(tmp_path, content) == ([VERSE, "Hà Nội"], [("text-recoded", name)])


def test_french_in_one_byte_a_letter_stays_french_and_is_said(tmp_path: Path) -> None:
    assert lines(tmp_path, FRENCH.encode("cp1252")) == ([FRENCH], [("text-recoded", "Windows-1252")])
    assert lines(tmp_path, "à l'été prochain \x81".encode("latin-1"))[0] == ["à l'été prochain"]


def test_combining_marks_are_composed_and_nothing_is_said(tmp_path: Path) -> None:
    content = "Vie\u0323\u0302t Na\u0306m, u\u031bo\u031b\u0301c".encode()
    assert lines(tmp_path, content) == (["Việt Năm, ước"], [])


@pytest.mark.parametrize("name", WRITTEN)
def test_an_encoding_that_is_known_is_used_where_the_words_tell_too_little(tmp_path: Path, name: str) -> None:
    content = WRITTEN[name]("Hội An").encode("cp1252")
    assert lines(tmp_path, content) != (["Hội An"], [("text-recoded", name)])
    assert lines(tmp_path, content, name.lower()) == (["Hội An"], [("text-recoded", name)])
    assert lines(tmp_path, "Hội là".encode(), name.lower()) == (["Hội là"], [])


def test_a_text_that_is_said_to_be_right_stays_as_it_is(tmp_path: Path) -> None:
    seen = WRITTEN["TCVN3"](VERSE)
    assert lines(tmp_path, seen.encode(), "unicode") == ([seen], [])
    assert lines(tmp_path, seen.encode())[0] == [VERSE]


def test_letters_of_an_old_encoding_are_found_in_marked_up_text_too(tmp_path: Path) -> None:
    words = WRITTEN["TCVN3"](VERSE).replace("&", "&amp;")
    found, said = text.read(write(tmp_path / "1.hocr", hocr_of(f"<span class='ocr_line'>{words}</span>")), SIZE)
    assert found is not None
    assert " ".join(word.text for word in found.words) == VERSE
    assert [finding.values for finding in said] == [{"encoding": "TCVN3"}]


@pytest.mark.parametrize(
    "content",
    [
        "南國山河南帝居 截然定分在天書".encode("big5"),
        "南国山河南帝居 截然定分在天书".encode("gb18030"),
        "南國山河南帝居".encode("utf-16-le"),
        "Народная библиотека".encode("cp1251"),
        "Thư viện".encode("utf-16")[:-1] + b"\xd8",
        b"\x89PNG\r\n\x1a\n\x00\x01\xff" * 9,
        bytes(range(256)),
    ],
)
def test_what_is_in_no_known_encoding_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    assert lines(tmp_path, content) == ([], [("text-encoding", "")])


def test_form_feeds_end_pages(tmp_path: Path) -> None:
    opened = text.open_text(write(tmp_path / "1.txt", "một\n\f\fba\n\f\n"))
    found = [page.read(SIZE).words for page in opened.pages]
    assert [[word.text for word in words or ()] for words in found] == [["một"], [], ["ba"]]


def test_a_file_of_nothing_but_ends_of_pages_is_refused(tmp_path: Path) -> None:
    assert lines(tmp_path, b"\f" * 200_000) == ([], [("text-unreadable", "")])
