"""PAGE XML of several years and programs: which text of several counts, where it stands, what is read first."""

from pathlib import Path

import pytest

from manifests import text
from manifests.model import Box
from manifests.text.reader import PageImage
from tests.text.text_samples import SIZE, coords, equiv, page, page_of, page_word, page_xml, write

PRIMA = "http://schema.primaresearch.org/PAGE/gts/pagecontent/"


def words(folder: Path, content: str, image: PageImage = SIZE) -> list[tuple[str, int, Box | None]]:
    found, findings = text.read(write(folder / "1.xml", content), image)
    assert found is not None, findings
    assert found.format == "page"
    return [(word.text, word.line, word.box) for word in found.words]


def lines(folder: Path, content: str) -> list[str]:
    found: dict[int, list[str]] = {}
    for word, line, _ in words(folder, content):
        found.setdefault(line, []).append(word)
    return ["|".join(line) for line in found.values()]


def region(name: str, inside: str = "", attributes: str = "") -> str:
    line = f"<TextLine>{equiv(name)}</TextLine>"
    return f"<TextRegion id='{name}' {attributes}>{line}{inside}</TextRegion>"


@pytest.mark.parametrize(
    "namespace", [f"{PRIMA}2013-07-15", f"{PRIMA}2016-07-15", f"{PRIMA}2017-07-15", f"{PRIMA}2018-07-15", ""]
)
def test_page_is_read_under_every_namespace_and_none(tmp_path: Path, namespace: str) -> None:
    printed = page("Thư viện Quốc gia", "Việt Nam")
    content = page_xml(printed).replace(f"{PRIMA}2019-07-15", namespace)
    assert words(tmp_path, content) == [(word.text, word.line, word.box) for word in printed.words]


@pytest.mark.parametrize(
    ("place", "box"),
    [
        ("<Coords points='100,200 150,195 150,230 100,235'/>", Box(100, 195, 50, 40)),
        ("<Coords><Point x='100' y='200'/><Point x='150' y='240'/></Coords>", Box(100, 200, 50, 40)),
        ("<Coords points='100.5,200.2 150.5,240'/>", Box(100, 200, 51, 40)),
        ("<Coords points='1980,-10 2010,30'/>", Box(1980, 0, 20, 30)),
        ("<Coords points='a,b 1,2 nan,3 1e999,4'/>", None),
        ("<Coords points='1,2 1,2'/>", None),
        ("<Coords points='-50,-50 -10,-10'/>", None),
        ("", Box(90, 190, 300, 50)),
        ("<Coords points=''/>", Box(90, 190, 300, 50)),
    ],
)
def test_a_place_is_what_its_points_touch_and_a_word_without_points_has_that_of_its_line(
    tmp_path: Path, place: str, box: Box | None
) -> None:
    beside = "".join(f"<Word>{coords((300, y, 20, 10))}{equiv('a')}</Word>" for y in range(60))
    line = f"<TextLine>{coords((90, 190, 300, 50))}<Word>{place}{equiv('viện')}</Word>{beside}</TextLine>"
    assert words(tmp_path, page_of(f"<TextRegion>{line}</TextRegion>"))[0] == ("viện", 0, box)


@pytest.mark.parametrize(
    ("sides", "box"),
    [
        ("imageWidth='1000' imageHeight='1500'", Box(200, 400, 100, 40)),
        ("imageWidth='0' imageHeight=''", Box(100, 200, 50, 20)),
        ("", Box(100, 200, 50, 20)),
        ("imageWidth='2000' imageHeight='2000'", None),
    ],
)
def test_words_stand_where_they_are_printed_whatever_the_ocr_was_made_from(
    tmp_path: Path, sides: str, box: Box | None
) -> None:
    word = f"<Word>{coords((100, 200, 50, 20))}{equiv('viện')}</Word>"
    content = page_of(f"<TextRegion><TextLine>{word}</TextLine></TextRegion>", page=sides)
    assert words(tmp_path, content) == [("viện", 0, box)]


def test_a_line_without_words_places_them_all_on_itself_and_a_region_without_lines_too(tmp_path: Path) -> None:
    line = f"<TextLine>{coords((100, 200, 300, 30))}{equiv('thư viện')}</TextLine>"
    place = coords((100, 300, 300, 90))
    wordless = f"<TextLine>{coords((100, 500, 300, 30))}</TextLine><TextLine>{coords((100, 540, 300, 30))}</TextLine>"
    paragraph, two = "Quốc gia\n\nViệt Nam", "một\nhai"
    content = page_of(
        f"<TextRegion>{line}</TextRegion>"
        f"<TextRegion>{place}{equiv(paragraph)}</TextRegion>"
        f"<TextRegion>{wordless}{equiv(two)}</TextRegion><TextRegion>{equiv('ba')}</TextRegion>"
    )
    assert words(tmp_path, content) == [
        ("thư", 0, Box(100, 200, 300, 30)),
        ("viện", 0, Box(100, 200, 300, 30)),
        ("Quốc", 1, Box(100, 300, 300, 90)),
        ("gia", 1, Box(100, 300, 300, 90)),
        ("Việt", 2, Box(100, 300, 300, 90)),
        ("Nam", 2, Box(100, 300, 300, 90)),
        ("một", 3, Box(100, 500, 300, 30)),
        ("hai", 4, Box(100, 540, 300, 30)),
        ("ba", 5, None),
    ]


@pytest.mark.parametrize(
    "equivs",
    [
        equiv("viên", "index='1' conf='0.9'") + equiv("viện", "index='0' conf='0.2'"),
        equiv("viện") + equiv("viên"),
        equiv("viên", "conf='0.3'") + equiv("viện", "conf='0.8'") + equiv("x", "conf='NaN'"),
        "<TextEquiv><PlainText>viện</PlainText><Unicode/></TextEquiv>",
        "<TextEquiv><PlainText>vien</PlainText><Unicode>viện</Unicode></TextEquiv>",
        f"<Glyph>{equiv('v')}</Glyph><Glyph>{equiv('iện')}</Glyph>",
        f"<Glyph>{equiv('w')}</Glyph>{equiv('viện')}",
        equiv("viện", f"index='{'9' * 5000}'"),
    ],
)
def test_of_several_readings_the_one_of_the_lowest_index_is_the_text(tmp_path: Path, equivs: str) -> None:
    content = page_of(f"<TextRegion><TextLine><Word>{equivs}</Word>{equiv('line')}</TextLine></TextRegion>")
    assert [word for word, _, _ in words(tmp_path, content)] == ["viện"]


REFS = "".join(f"<RegionRefIndexed index='{at}' regionRef='{name}'/>" for at, name in ((10, "b"), (9, "c"), (2, "a")))
NESTED = (
    "<UnorderedGroup id='g'><OrderedGroup id='h'><RegionRefIndexed index='1' regionRef='b'/>"
    "<OrderedGroupIndexed index='0' regionRef='c'><RegionRefIndexed index='0' regionRef='a'/></OrderedGroupIndexed>"
    "</OrderedGroup><RegionRef regionRef='nothing'/></UnorderedGroup>"
)


@pytest.mark.parametrize(
    ("order", "read"),
    [
        ("", "a b c d"),
        (f"<ReadingOrder><OrderedGroup>{REFS}</OrderedGroup></ReadingOrder>", "a c b d"),
        (f"<ReadingOrder>{NESTED}</ReadingOrder>", "c a b d"),
        (f"<ReadingOrder>{NESTED}{NESTED}</ReadingOrder>", "c a b d"),
        ("<ReadingOrder><UnorderedGroup><RegionRef regionRef='d'/></UnorderedGroup></ReadingOrder>", "d a b c"),
    ],
)
def test_regions_come_in_their_reading_order_and_those_without_one_behind(
    tmp_path: Path, order: str, read: str
) -> None:
    content = page_of(order + "".join(map(region, "abcd")))
    assert lines(tmp_path, content) == read.split()


def test_a_region_within_another_comes_behind_it_and_tables_are_read(tmp_path: Path) -> None:
    table = f"<TableRegion id='t'>{region('b')}{region('c', inside=region('d'))}</TableRegion>"
    first = "<ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='{}'/></OrderedGroup></ReadingOrder>"
    assert lines(tmp_path, page_of(region("a") + table)) == ["a", "b", "c", "d"]
    assert lines(tmp_path, page_of(first.format("t") + region("a") + table)) == ["b", "c", "d", "a"]
    assert lines(tmp_path, page_of(first.format("d") + region("a") + table)) == ["d", "a", "b", "c"]


def test_regions_lines_and_words_come_by_the_number_that_each_bears(tmp_path: Path) -> None:
    def numbered(at: int) -> str:
        return f"custom='structure {{type:heading;}} readingOrder {{index:{at};}}'"

    pair = f"<TextLine {{}}>{equiv('hai')}</TextLine><TextLine {{}}>{equiv('một')}</TextLine>"
    by_custom = "<TextRegion>" + pair.format(numbered(10), numbered(9)) + "</TextRegion>"
    by_index = "<TextRegion>" + pair.format("index='1'", "index='0'") + "</TextRegion>"
    one_alone = "<TextRegion>" + pair.format("", "index='0'") + "</TextRegion>"
    assert lines(tmp_path, page_of(by_custom)) == ["một", "hai"]
    assert lines(tmp_path, page_of(by_index)) == ["một", "hai"]
    assert lines(tmp_path, page_of(one_alone)) == ["hai", "một"]
    regions = region("b", attributes=numbered(1)) + region("a", attributes=numbered(0))
    assert lines(tmp_path, page_of(regions)) == ["a", "b"]
    both = f"<Word {numbered(1)}>{equiv('viện')}</Word><Word {numbered(0)}>{equiv('thư')}</Word>"
    assert lines(tmp_path, page_of(f"<TextRegion><TextLine>{both}</TextLine></TextRegion>")) == ["thư|viện"]


def test_words_stand_in_the_order_of_the_text_whichever_way_it_runs(tmp_path: Path) -> None:
    letters = [
        f"<Word>{coords((500, 100 + 50 * at, 40, 40))}{equiv(letter)}</Word>" for at, letter in enumerate("南國")
    ]
    content = page_of(
        "<TextRegion readingDirection='top-to-bottom' textLineOrder='right-to-left'>"
        f"<TextLine>{''.join(letters)}</TextLine></TextRegion>"
    )
    assert words(tmp_path, content) == [("南", 0, Box(500, 100, 40, 40)), ("國", 0, Box(500, 150, 40, 40))]


def test_hostile_nesting_and_numbers_end_soon(tmp_path: Path) -> None:
    deep = "".join(f"<TextRegion id='r{n}'>" for n in range(240)) + "</TextRegion>" * 240
    refs = "".join(f"<RegionRefIndexed index='1e{n}' regionRef='r{n}'/>" for n in range(240))
    order = f"<ReadingOrder><OrderedGroup>{refs * 50}</OrderedGroup></ReadingOrder>"
    assert words(tmp_path, page_of(order + deep + page_word(page("a").words[0]))) == []
    assert lines(tmp_path, page_of(region("a") + region("a"))) == ["a", "a"]
