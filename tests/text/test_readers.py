"""What comes of the text files that libraries have, and of those that nobody should have."""

import time
from pathlib import Path

import pytest

from manifests import text
from manifests.model import Box, Word
from manifests.text import reader
from manifests.text.reader import PageImage
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


@pytest.mark.parametrize(
    ("first", "second", "stem"),
    [
        ('ID="0001"', 'ID="0002"', "0002"),
        ('PHYSICAL_IMG_NR="11"', 'PHYSICAL_IMG_NR="12"', "scan-0012"),
        ('ID="P1" PHYSICAL_IMG_NR="7"', 'ID="P2" PHYSICAL_IMG_NR="8"', "8"),
    ],
)
def test_of_an_alto_with_several_pages_the_one_that_bears_the_masters_name_is_taken(
    tmp_path: Path, first: str, second: str, stem: str
) -> None:
    one = "<Page {}><TextLine><String CONTENT='{}'/></TextLine></Page>"
    layout = one.format(first, "a") + one.format(second, "b")
    file = write(tmp_path / "1.xml", f"<alto><Layout>{layout}</Layout></alto>")
    found, said = text.read(file, SIZE, stem)
    assert found is not None
    assert ([word.text for word in found.words], said) == (["b"], ())


def test_numbers_that_only_count_the_pages_of_a_file_name_none(tmp_path: Path) -> None:
    one = "<Page PHYSICAL_IMG_NR='{}'><TextLine><String CONTENT='{}'/></TextLine></Page>"
    layout = one.format(1, "left half") + one.format(2, "right half")
    file = write(tmp_path / "0002.xml", f"<alto><Layout>{layout}</Layout></alto>")
    found, said = text.read(file, SIZE, "0002")
    assert found is not None
    assert ([word.text for word in found.words], said[0].code) == (["left half"], "text-several-pages")


WORD = '<TextLine><String CONTENT="viện" HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="{}"/></TextLine>'


def placed(tmp_path: Path, image: PageImage, place: tuple[float, ...], unit: str, sides: str) -> tuple[Box | None, str]:
    """The box of the one word that matters, and what is said of the file."""
    file = write(tmp_path / "1.xml", alto_of(WORD.format(*place), unit=unit, sides=sides))
    found, findings = text.read(file, image)
    assert found is not None
    return found.words[0].box, " ".join(finding.code for finding in findings)


@pytest.mark.parametrize("unit", ["pixel", "Pixel", "pixels", " px ", ""])
def test_pixels_are_pixels_in_every_spelling(tmp_path: Path, unit: str) -> None:
    assert placed(tmp_path, SIZE, (86, 50, 48, 24), unit, "") == (Box(86, 50, 48, 24), "")


@pytest.mark.parametrize(
    ("unit", "sides", "scale"),
    [
        ("pixel", 'WIDTH="1000" HEIGHT="1500"', 2),
        ("pixel", 'WIDTH="4000" HEIGHT="6000"', 0.5),
        ("pixel", 'WIDTH="667" HEIGHT="1000"', 3),
        ("mm10", 'WIDTH="500" HEIGHT="750"', 4),
        ("inch1200", 'WIDTH="8000,0" HEIGHT="12000,0"', 0.25),
        ("mm10", "", 300 / 254),
        ("inch1200", 'WIDTH="0" HEIGHT=""', 0.25),
    ],
)
def test_words_stand_where_they_are_printed_whatever_the_ocr_was_made_from(
    tmp_path: Path, unit: str, sides: str, scale: float
) -> None:
    place = (400 / scale, 800 / scale, 90 / scale, 36 / scale)
    box, said = placed(tmp_path, PageImage(2000, 3000, ppi=300), place, unit, sides)
    assert said == ""
    assert box is not None
    assert max(abs(one - other) for one, other in zip(box, (400, 800, 90, 36), strict=True)) <= 3


@pytest.mark.parametrize(
    ("orientation", "place"),
    [
        (5, (800, 400, 36, 90)),
        (6, (800, 2000 - 400 - 90, 36, 90)),
        (7, (3000 - 800 - 36, 2000 - 400 - 90, 36, 90)),
        (8, (3000 - 800 - 36, 400, 36, 90)),
    ],
)
def test_ocr_made_from_the_unturned_scan_is_turned_with_it(
    tmp_path: Path, orientation: int, place: tuple[int, ...]
) -> None:
    image = PageImage(2000, 3000, orientation)
    whole, half = 'WIDTH="3000" HEIGHT="2000"', 'WIDTH="1500" HEIGHT="1000"'
    assert placed(tmp_path, image, place, "pixel", whole) == (Box(400, 800, 90, 36), "")
    assert placed(tmp_path, image, tuple(side / 2 for side in place), "pixel", half) == (Box(400, 800, 90, 36), "")
    assert placed(tmp_path, image, (400, 800, 90, 36), "pixel", 'WIDTH="2000" HEIGHT="3000"')[0] == (400, 800, 90, 36)


@pytest.mark.parametrize(
    ("unit", "sides", "code"),
    [
        ("pixel", 'WIDTH="2000" HEIGHT="2900"', "ocr-aspect"),
        ("pixel", 'WIDTH="3000" HEIGHT="2000"', "ocr-aspect"),
        ("mm10", "", "ocr-unit"),
        ("furlong", "", "ocr-unit"),
    ],
)
def test_a_page_whose_places_cannot_be_made_out_keeps_its_words_without_them(
    tmp_path: Path, unit: str, sides: str, code: str
) -> None:
    assert placed(tmp_path, SIZE, (400, 800, 90, 36), unit, sides) == (None, code)


def test_a_page_keeps_its_places_beside_a_speck_at_the_edge_and_loses_them_where_more_lies_outside(
    tmp_path: Path,
) -> None:
    lines = [WORD.format(300, 20 * at, 40, 10) for at in range(1, 100)]
    for outside, are_kept in ((1, True), (2, True), (3, False)):
        beyond = [WORD.format(2500, 20 * at, 40, 10) for at in range(outside)]
        found, said = text.read(write(tmp_path / "1.xml", alto_of("".join(lines + beyond))), SIZE)
        assert found is not None
        assert (found.words[0].box is not None) == are_kept
        assert [(f.code, f.values) for f in said] == ([] if are_kept else [("ocr-outside", {"words": outside})])


def test_a_word_without_a_place_has_that_of_its_line_and_commas_are_read(tmp_path: Path) -> None:
    line = (
        '<TextLine HPOS="100,5" VPOS="200" WIDTH="300" HEIGHT="30"><String CONTENT="thư"/><SP/>'
        '<String CONTENT="viện" HPOS="150" VPOS="201,5" WIDTH="50,0" HEIGHT="20"/><HYP CONTENT="-"/></TextLine>'
    )
    assert words(write(tmp_path / "1.xml", alto_of(line))) == [
        ("thư", 0, Box(100, 200, 301, 30)),
        ("viện-", 0, Box(150, 201, 50, 21)),
    ]


ONE_WORD = "<alto><Layout><Page><TextLine><String CONTENT='viện'/></TextLine></Page></Layout></alto>"


@pytest.mark.parametrize(
    "content",
    [
        f"<?xml version='1.0' encoding='utf-16'?>{ONE_WORD}".encode(),
        f"<?xml version='1.0' encoding='iso-8859-1'?>{ONE_WORD}".encode(),
        f"<?xml version='1.0' encoding='windows-1258'?>{ONE_WORD.replace('viện', 'v')}".encode(),
        f"\ufeff\r\n<?xml version='1.0' encoding='UTF-8'?>{ONE_WORD}".encode(),
        f"\n\n<?xml version='1.0'?>{ONE_WORD}".encode(),
        f"<?xml version='1.0'?><!--{'x ' * 100_000}-->{ONE_WORD}".encode(),
        f"<?xml version='1.0' encoding='UTF-16'?>{ONE_WORD}".encode("utf-16"),
        f"<?xml version='1.0' encoding='UTF-16'?>{ONE_WORD}".encode("utf-16-le"),
        ONE_WORD.replace("alto", "Alto").encode(),
        ONE_WORD.replace("alto", "ALTO").encode("utf-8-sig"),
    ],
)
def test_alto_is_read_whatever_it_says_of_itself(tmp_path: Path, content: bytes) -> None:
    assert words(write(tmp_path / "1.xml", content))[0][0] in ("viện", "v")


def test_words_are_kept_composed_and_without_control_characters(tmp_path: Path) -> None:
    file = write(tmp_path / "1.txt", "vie\u0323\u0302n\x00 \x01 \ue000")
    assert [word for word, _, _ in words(file)] == ["viện", "\ue000"]


def test_the_root_element_decides_and_not_the_name(tmp_path: Path) -> None:
    assert words(write(tmp_path / "1.txt", alto(page("một")))) == [("một", 0, Box(100, 100, 60, 40))]


@pytest.mark.parametrize("content", ["<html><body class='page'/></html>", "<TEI/>", "<mets/>", "no mark-up"])
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


@pytest.mark.parametrize("name", ["laughs", "deep", "many"])
def test_a_file_that_would_cost_too_much_is_said_to_without_words_for_programmers(tmp_path: Path, name: str) -> None:
    [finding] = text.read(write(tmp_path / "1.xml", HOSTILE[name]), SIZE)[1]
    assert str(finding.values["reason"]).startswith("it has too many elements")


def test_what_is_not_well_formed_is_said_with_its_place(tmp_path: Path) -> None:
    [finding] = text.read(write(tmp_path / "1.xml", "<alto>\n<Page>"), SIZE)[1]
    assert "line 2" in finding.values["reason"]
    assert "<string>" not in finding.values["reason"]


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
