"""hOCR as programs write it, and as it lies in libraries after others have edited it."""

from pathlib import Path

import pytest

from manifests import text
from manifests.model import Box
from manifests.text.reader import PageImage
from tests.text.text_samples import SIZE, hocr_of, write

XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'


def words(folder: Path, content: str | bytes, image: PageImage = SIZE) -> list[tuple[str, int, Box | None]]:
    found, findings = text.read(write(folder / "1.hocr", content), image)
    assert found is not None, findings
    assert found.format == "hocr"
    return [(word.text, word.line, word.box) for word in found.words]


def lines(folder: Path, body: str) -> list[str]:
    """The lines of a page, their words with a bar between them."""
    found: dict[int, list[str]] = {}
    for word, line, _ in words(folder, hocr_of(body)):
        found.setdefault(line, []).append(word)
    return ["|".join(line) for line in found.values()]


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("<span class='ocr_line'>Thư viện</span><span class='ocrx_line'>Quốc gia</span>", ["Thư|viện", "Quốc|gia"]),
        ("<span class='ocr_header'>a</span><span class='ocr_caption'>b</span>", ["a", "b"]),
        ("<div class='ocr_textfloat'><span class='ocr_line'>a</span><span class='ocr_line'>b</span></div>", ["a", "b"]),
        ("<span class='ocrx_word'>a</span> <span class='ocrx_word'>b</span>", ["a|b"]),
        ("<p class='ocr_par'><span class='ocrx_word'>a</span></p><p><span class='ocrx_word'>b</span></p>", ["a", "b"]),
        ("<p>một hai<br/>ba<b>n</b> bốn</p>năm", ["một|hai", "ban|bốn", "năm"]),
        ("<span class='ocr_line'>a<br/>b</span>", ["ab"]),
        ("<span class='ocr_line'>x <span class='ocrx_word'>thư viện</span> y</span>", ["x|thư viện|y"]),
        (
            "<span class='ocr_line'><span class='ocrx_word'>thư</span>, <span class='ocrx_word'>a</span></span>",
            ["thư,|a"],
        ),
        ("<span class='ocr_line'><span class='ocrx_word'><b>t</b>hư</span></span>", ["thư"]),
        ("<span class='ocr_line'>a<span class='ocrx_word'/> <span class='ocrx_word'> </span>b</span>", ["a|b"]),
        ("<script>alert(1)</script><style>p {}</style><p>a</p>", ["a"]),
    ],
)
def test_lines_and_words_are_found_whichever_elements_there_are(tmp_path: Path, body: str, printed: list[str]) -> None:
    assert lines(tmp_path, body) == printed


@pytest.mark.parametrize(
    "word",
    [
        "<span class='alternatives'><ins class='alt'>viện</ins><del class='alt'>viên</del></span>",
        "<ins>viện</ins><del>viên</del>",
        "<span class='alternatives'><span class='alt'>viện</span> <span class='alt'>viên</span></span>",
        "\n<span class='ocrx_cinfo'>v</span>\n<span class='ocrx_cinfo'>iệ</span>\n<span class='ocrx_cinfo'>n</span>\n",
        "viện<span class='ocr_symbol'><span class='ocrx_cinfo'>v</span><span class='ocrx_cinfo'>w</span></span>",
    ],
)
def test_of_several_readings_the_first_is_the_word_and_glyphs_are_no_words(tmp_path: Path, word: str) -> None:
    assert lines(tmp_path, f"<span class='ocr_line'><span class='ocrx_word'>{word}</span></span>") == ["viện"]


@pytest.mark.parametrize(
    "line",
    [
        "<span class='ocrx_word'>biblio\u00ad</span>",
        "<span class='ocrx_word'>biblio</span>\u00ad",
        "<span class='ocrx_word'>biblio&shy;</span>",
        "<span class='ocrx_word'>biblio-\u00ad</span> ",
        "biblio\u00ad",
    ],
)
def test_a_soft_hyphen_at_the_end_of_a_line_is_printed_and_the_word_goes_on(tmp_path: Path, line: str) -> None:
    assert lines(tmp_path, f"<span class='ocr_line'>{line}</span><span class='ocr_line'>thèque</span>") == [
        "biblio-\u00ad",
        "thèque",
    ]


def test_a_word_without_a_bbox_has_that_of_its_line(tmp_path: Path) -> None:
    body = (
        "<span class='ocr_line' title='bbox 100 200 400 230; baseline 0 -5'>thư "
        "<span class='ocrx_word' title='x_wconf 90; bbox 150.5 201 200,5 221'>viện</span></span>"
        "<p title='bbox 1 2 3 4'>a</p><span class='ocr_line' title='bbox one 2 3 4'>b</span>"
        "<span class='ocr_line' title='bbox 50 50 10 60'>c</span>"
        "<span class='ocr_line' title='bbox nan 1 2 inf'>d</span>"
    )
    assert words(tmp_path, hocr_of(body)) == [
        ("thư", 0, Box(100, 200, 300, 30)),
        ("viện", 0, Box(150, 201, 51, 20)),
        ("a", 1, Box(1, 2, 2, 2)),
        ("b", 2, None),
        ("c", 3, None),
        ("d", 4, None),
    ]


@pytest.mark.parametrize(
    ("page", "place", "box"),
    [
        ("bbox 0 0 1000 1500", "100 200 200 220", Box(200, 400, 200, 40)),
        ('image "a;bbox 0 0 9 9.tif"; bbox 0 0 4000 6000', "100 200 200 220", Box(50, 100, 50, 10)),
        ("bbox 50 60 2050 3060", "150 260 250 280", Box(100, 200, 100, 20)),
        ("ppageno 0", "100 200 200 220", Box(100, 200, 100, 20)),
        ("bbox 0 0 0 0", "100 200 200 220", Box(100, 200, 100, 20)),
        ("bbox 0 0 2000 2000", "100 200 200 220", None),
    ],
)
def test_words_stand_where_they_are_printed_whatever_the_ocr_was_made_from(
    tmp_path: Path, page: str, place: str, box: Box | None
) -> None:
    body = f"<span class='ocr_line' title='bbox {place}'>viện</span>"
    assert words(tmp_path, hocr_of(body, page)) == [("viện", 0, box)]


@pytest.mark.parametrize(
    "content",
    [
        "<html><head><meta charset='utf-8'><body><div class=ocr_page><p class=ocr_par><span class=ocr_line>viện",
        "<HTML><BODY><DIV CLASS='ocr_page'><SPAN CLASS='ocr_line'>vi&#7879;n</B></SPAN>",
        "<div class='ocr_page'><span class='ocr_line'>viện</span></div>",
        "\ufeff<!DOCTYPE html>\n<html><body><div class='ocr_page'><span class='ocr_line'>viện<br></span></div></html>",
        f"\n{XHTML}<body><div class='ocr_page'><span class='ocr_line'>vi&#x1ec7;n</span></div></body></html>",
        f"{XHTML}<body><div class='ocr_page'>&nbsp;<span class='ocr_line'>viện</span></div></body></html>",
        "<html><body><span class='ocrx_word'>viện</span></body></html>",
        "<html><body><!-- a --><?php b ?><div class='ocr_page'>viện</div>",
    ],
)
def test_broken_and_old_html_is_read_as_a_browser_would(tmp_path: Path, content: str) -> None:
    assert words(tmp_path, content) == [("viện", 0, None)]
    assert words(tmp_path, content.lstrip("\ufeff").encode("utf-16")) == [("viện", 0, None)]


@pytest.mark.parametrize(("charset", "encoding"), [("windows-1252", "cp1252"), ("iso-8859-15", "iso-8859-15")])
def test_an_encoding_that_the_document_names_is_believed(tmp_path: Path, charset: str, encoding: str) -> None:
    body = "<body><div class='ocr_page'><span class='ocr_line'>œuvre été</span></div></body></html>"
    declared = f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={charset}'></head>{body}"
    if encoding == "cp1252":
        declared = declared.replace("<html>", f"<?xml version='1.0' encoding='{charset}'?><html>")
    found = words(tmp_path, declared.encode(encoding))
    assert [word for word, _, _ in found] == ["œuvre", "été"]


@pytest.mark.parametrize("charset", ["idna", "punycode", "rot13", "utf-7", "nothing", "\xe9"])
def test_an_encoding_that_is_no_alphabet_is_not_believed(tmp_path: Path, charset: str) -> None:
    content = f"<html><head><meta charset='{charset}'></head><body><div class='ocr_page'>été</div>"
    assert [word for word, _, _ in words(tmp_path, content.encode("cp1252"))] == ["été"]


def test_a_line_left_open_does_not_swallow_the_next(tmp_path: Path) -> None:
    body = "<span class='ocr_line'>a <span class='ocrx_word'>b</span><span class='ocr_line'>c</span>"
    assert lines(tmp_path, body) == ["a|b", "c"]


def test_each_page_of_a_file_is_one_also_where_it_was_left_open(tmp_path: Path) -> None:
    one = "<div class='ocr_page' title='image \"/scans/{0}.tif\"; bbox 0 0 2000 3000'><span class='ocr_line'>{0}</span>"
    file = write(tmp_path / "all.html", "<html><body>" + "".join(map(one.format, ("0001", "0002", "0003"))))
    opened = text.open_text(file)
    assert [[word.text for word in page.read(SIZE).words or ()] for page in opened.pages] == [
        ["0001"],
        ["0002"],
        ["0003"],
    ]
    found, said = text.read(file, SIZE, "0002")
    assert found is not None
    assert ([word.text for word in found.words], said) == (["0002"], ())


PAGE = "<div class='ocr_page'><span class='ocr_line'>a</span></div>"


@pytest.mark.parametrize(
    "content",
    [
        f"<!DOCTYPE html [<!ENTITY e 'word'>]><html><body>{PAGE}&e;</body></html>",
        f"<html><body>{PAGE}{'<div>' * 5000}b",
        f"<html><body>{PAGE}{'<b/>' * 2_000_001}</body></html>",
        f"<html><body>{PAGE}<p>{'x' * 11_000_000}</p></body></html>",
    ],
)
def test_what_would_cost_too_much_or_lose_words_is_refused(tmp_path: Path, content: str) -> None:
    found, said = text.read(write(tmp_path / "1.hocr", content), SIZE)
    assert (found, [finding.code for finding in said]) == (None, ["text-unreadable"])


@pytest.mark.parametrize(
    "content", ["<html><body><p>ocr_page of a manual</p></body></html>", "<ocr class='ocr_line'/>", ""]
)
def test_other_html_is_no_text(tmp_path: Path, content: str) -> None:
    assert text.read(write(tmp_path / "1.html", content), SIZE)[1][0].code == "unused"
