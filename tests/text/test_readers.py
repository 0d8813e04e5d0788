"""What comes of the text files that libraries have, and of those that nobody should have."""

import time
from pathlib import Path

import pytest

from manifests import text
from manifests.model import Box, Word
from manifests.text import reader
from tests.text.text_samples import SIZE, alto, alto_of, page, write

LOC = "http://www.loc.gov/standards/alto/"


def words(file: Path) -> list[tuple[str, int, Box | None]]:
    found, findings = text.read(file, SIZE)
    assert found is not None, findings
    return [(word.text, word.line, word.box) for word in found.words]


def codes(file: Path) -> list[str]:
    return [finding.code for finding in text.read(file, SIZE)[1]]


@pytest.mark.parametrize(
    "namespace", [f"{LOC}ns-v2#", f"{LOC}ns-v3#", f"{LOC}ns-v4#", "http://schema.ccs-gmbh.com/ALTO", ""]
)
def test_alto_is_read_under_every_namespace_and_none(tmp_path: Path, namespace: str) -> None:
    printed = page("Thư viện Quốc gia", "Việt Nam")
    assert text.read(write(tmp_path / "1.xml", alto(printed, namespace)), SIZE) == (printed, ())


def test_boxes_are_the_whole_pixels_that_a_place_touches_cut_at_the_edge(tmp_path: Path) -> None:
    strings = (
        '<String CONTENT="decimal" HPOS="10.4" VPOS="20.6" WIDTH="30.1" HEIGHT="9.5"/>'
        '<String CONTENT="edge" HPOS="1990" VPOS="-3" WIDTH="15" HEIGHT="20"/>'
        '<String CONTENT="nowhere"/><String CONTENT="flat" HPOS="1" VPOS="1" WIDTH="0" HEIGHT="5"/>'
        '<String CONTENT="wrong" HPOS="x" VPOS="NaN" WIDTH="1e999" HEIGHT="5"/>'
    )
    file = write(tmp_path / "1.xml", alto_of(f"<TextLine>{strings}</TextLine>"))
    places = {word: box for word, _, box in words(file)}
    assert places == {
        "decimal": Box(10, 20, 31, 11),
        "edge": Box(1990, 0, 10, 17),
        "nowhere": None,
        "flat": None,
        "wrong": None,
    }


def test_a_hyphen_is_printed_with_the_word_before_it(tmp_path: Path) -> None:
    first = '<TextLine><String CONTENT="biblio"/><HYP CONTENT="-"/></TextLine>'
    file = write(tmp_path / "1.xml", alto_of(f'{first}<TextLine><String CONTENT="thèque"/></TextLine>'))
    assert words(file) == [("biblio-", 0, None), ("thèque", 1, None)]


def test_lines_are_counted_where_there_are_words(tmp_path: Path) -> None:
    lines = '<TextLine/><TextLine><String CONTENT="một"/></TextLine><TextLine><String CONTENT=" "/></TextLine>'
    file = write(tmp_path / "1.xml", alto_of(f'{lines}<TextLine><String CONTENT="hai"/></TextLine>'))
    assert words(file) == [("một", 0, None), ("hai", 1, None)]


def test_of_an_alto_with_several_pages_the_first_is_taken(tmp_path: Path) -> None:
    one = "<Page><TextLine><String CONTENT='{}'/></TextLine></Page>"
    file = write(tmp_path / "1.xml", f"<alto><Layout>{one.format('a')}{one.format('b')}</Layout></alto>")
    assert words(file) == [("a", 0, None)]
    assert codes(file) == ["text-several-pages"]


@pytest.mark.parametrize("unit", ["mm10", "inch1200"])
def test_alto_in_another_unit_gives_no_text_and_says_so(tmp_path: Path, unit: str) -> None:
    found, findings = text.read(write(tmp_path / "1.xml", alto(page("một"), unit=unit)), SIZE)
    assert found is None
    assert [(finding.code, finding.values) for finding in findings] == [("text-unit", {"unit": unit})]


def test_the_text_of_a_larger_page_is_told_from_a_speck_at_the_edge(tmp_path: Path) -> None:
    printed = page(*["chữ " * 10] * 30)
    file = write(tmp_path / "1.xml", alto(printed))
    assert text.read(file, (900, 1840))[1] == ()
    assert [(f.code, f.values) for f in text.read(file, (400, 2000))[1]] == [("text-outside", {"words": 180})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_plain_text_is_read_with_any_mark_and_line_ending(tmp_path: Path, encoding: str, ending: str) -> None:
    file = write(tmp_path / "1.txt", ending.join(["Thư viện", "", "  Quốc\tgia "]).encode(encoding))
    assert words(file) == [("Thư", 0, None), ("viện", 0, None), ("Quốc", 1, None), ("gia", 1, None)]


def test_plain_text_in_an_old_encoding_is_refused_by_name(tmp_path: Path) -> None:
    file = write(tmp_path / "1.txt", "Thư viện".encode("cp1258", "replace"))
    assert text.read(file, SIZE)[0] is None
    assert codes(file) == ["text-encoding"]


def test_words_are_kept_composed_and_without_control_characters(tmp_path: Path) -> None:
    file = write(tmp_path / "1.txt", "vie\u0323\u0302n\x00 \x01 \ue000")
    assert [word for word, _, _ in words(file)] == ["viện", "\ue000"]


def test_the_root_element_decides_and_not_the_name(tmp_path: Path) -> None:
    assert words(write(tmp_path / "1.txt", alto(page("một")))) == [("một", 0, Box(100, 100, 60, 40))]


@pytest.mark.parametrize("content", ["<html><body class='ocr_page'/></html>", "<PcGts/>", "<mets/>", "", "no mark-up"])
def test_what_no_reader_knows_is_unused(tmp_path: Path, content: str) -> None:
    assert codes(write(tmp_path / "1.xml", content)) == ["unused"]


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "laughs": f'<!DOCTYPE alto [<!ENTITY e0 "ha">{LAUGHS}]><alto><String CONTENT="&e9;"/>&e9;</alto>',
    "file": '<!DOCTYPE alto [<!ENTITY e SYSTEM "file:///etc/passwd">]><alto><TextLine>&e;</TextLine></alto>',
    "network": '<!DOCTYPE alto SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><alto/>',
    "inside": '<!DOCTYPE alto [<!ENTITY word "Hanoi">]><alto><TextLine><String CONTENT="a"/>&word;</TextLine></alto>',
    "deep": "<alto>" + "<a>" * 100_000,
    "many": "<alto>" + "<a/>" * 2_000_001 + "</alto>",
    "broken": "<alto><TextLine><String CONTENT='a'",
    "wide": "<alto " + " ".join(f'a{n}=""' for n in range(100_000)) + ">",
    "zeros": "<alto>" + "\0" * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_costs_nothing_and_is_a_finding(tmp_path: Path, name: str) -> None:
    file = write(tmp_path / "1.xml", HOSTILE[name])
    started = time.process_time()
    found, findings = text.read(file, SIZE)
    assert time.process_time() - started < 10
    assert found is None
    assert {finding.code for finding in findings} <= {"text-unreadable", "unused"}


def test_a_file_larger_than_any_page_is_not_read(tmp_path: Path) -> None:
    file = write(tmp_path / "1.xml", "<alto>")
    with file.open("r+b") as stream:
        stream.truncate(1 << 30)  # sparse: a gigabyte that takes no room
    assert codes(file) == ["text-too-large"]
    assert reader.LARGEST < 1 << 30


def test_a_file_that_has_gone_is_a_finding(tmp_path: Path) -> None:
    assert text.read(tmp_path / "1.xml", SIZE)[0] is None


def test_a_page_of_nothing_has_a_text_without_words(tmp_path: Path) -> None:
    found, _ = text.read(write(tmp_path / "1.txt", "\n"), SIZE)
    assert found is not None
    assert list(found.words) == []
    assert Word("a", 0) not in found.words
