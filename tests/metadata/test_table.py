"""Tables of records: headings, languages, several values, encodings, and rows that cannot be used."""

from pathlib import Path
from unicodedata import normalize

import pytest

from manifests.metadata import csv_table
from manifests.metadata.reader import BadRecord, Reading
from manifests.metadata.record import Entry, Link, PageNote, PartOf, Place, Provider, Record
from manifests.metadata.table import _NOTHING, _SPECIAL, Table, table_of
from manifests.model import Finding


def table(text: str) -> Table:
    return table_of(csv_table.read(text.encode()))


def row(text: str, folder: str = "a") -> Reading:
    found = table(text).reading(folder)
    assert found is not None
    return found[1]


def refused(text: str, folder: str = "a") -> Finding:
    with pytest.raises(BadRecord) as error:
        table(text).reading(folder)
    return error.value.finding


def test_every_column_of_the_template_is_understood() -> None:
    template = Path("config/metadata.csv").read_text(encoding="utf-8")
    found = table(template.replace("# ", "")).reading("Truyện Kiều 1866")
    assert found == (
        2,
        Reading(
            Record(
                id="Truyen-Kieu-1866",
                label={"vi": ("Truyện Kiều",), "vi-Hani": ("傳翹",), "en": ("The Tale of Kiều",)},
                summary={"vi": ("Truyện thơ lục bát.",)},
                entries=(
                    Entry("creator", {"none": ("Nguyễn Du",)}),
                    Entry("publisher", {"none": ("Liễu Văn đường",)}),
                    Entry("place", {"none": ("Hà Nội",)}),
                    Entry("date", {"none": ("Tự Đức 19 (1866)",)}),
                    Entry("language", {"none": ("vi-Hani",)}),
                    Entry("dimensions", {"none": ("24 x 15 cm",)}),
                    Entry("subject", {"none": ("Truyện thơ Nôm", "Văn học Việt Nam")}),
                    Entry("shelfmark", {"none": ("VNb.60",)}),
                    Entry("volume", {"none": ("3",)}),
                    Entry("collection", {"none": ("Sách Hán Nôm",)}),
                ),
                rights="http://creativecommons.org/publicdomain/mark/1.0/",
                statement={"none": ("Ảnh: Thư viện tỉnh",)},
                provider=Provider({"none": ("Thư viện tỉnh",)}),
                homepage=(Link("https://opac.example.org/record/1234"),),
                direction="right-to-left",
                behavior="paged",
                pages=(PageNote("0005", is_missing=True), PageNote("0006", is_missing=True)),
                start="0002",
                places=(Place(107.5909, 16.4637, 107.5909, 16.4637),),
                date="1866",
                nav_date="1866-02-15T00:00:00Z",
                part_of=PartOf({"none": ("Tổng tập văn học Nôm",)}, number="3"),
            ),
            [],
        ),
    )


def test_the_template_has_a_column_for_everything_that_a_heading_may_mean() -> None:
    """But for a line, which may be called anything, and what several columns say of a set or a serial."""
    means = {column.means for column in table(Path("config/metadata.csv").read_text(encoding="utf-8")).columns}
    assert means >= set(_SPECIAL.values()) - {_NOTHING}


def test_a_row_behind_a_hash_is_an_example_and_says_nothing() -> None:
    template = table(Path("config/metadata.csv").read_text(encoding="utf-8"))
    assert (template.rows, template.nameless) == ({}, [])
    assert table("folder,title\n#1,Kiều\n").reading("#1") is not None


@pytest.mark.parametrize("heading", ["folder", "Folder ", "thư mục", "THU MUC", "Thư_mục", "Tên thư mục"])
def test_the_column_of_folders_is_known_however_it_is_written(heading: str) -> None:
    assert row(f"{heading},title\na,Kiều\n").record.label == {"none": ("Kiều",)}


def test_languages_stand_behind_the_heading_and_several_values_between_bars() -> None:
    record = row("folder,title@vi,title@EN,chủ đề,chủ đề@en\na,Kiều,The Tale|Kim Vân Kiều,Thơ | Nôm,Poetry\n").record
    assert record.label == {"vi": ("Kiều",), "en": ("The Tale", "Kim Vân Kiều")}
    assert record.entries == (Entry("subject", {"none": ("Thơ", "Nôm"), "en": ("Poetry",)}),)


def test_a_date_may_be_stated_in_edtf_with_its_place_on_a_timeline() -> None:
    record = row("folder,EDTF,navDate\na,1866/1870,1866\n").record
    assert (record.date, record.nav_date) == ("1866/1870", "1866-01-01T00:00:00Z")


def test_a_column_that_nobody_knows_is_kept_under_its_heading() -> None:
    assert row("folder,Thợ  khắc ván\na,Một người\n").record.entries == (
        Entry("Thợ khắc ván", {"none": ("Một người",)}),
    )


def test_rights_in_words_are_a_statement_and_a_page_on_the_web_is_a_link() -> None:
    record = row("folder,rights,url\na,Xin phép,https://opac.example.org/1\n").record
    assert (record.rights, record.statement) == ("", {"none": ("Xin phép",)})
    assert record.homepage == (Link("https://opac.example.org/1"),)


@pytest.mark.parametrize(
    ("cell", "folder"),
    [("0001", "0001"), ("1", "0001"), ("0001", "1"), ("a/", "a"), ("A", "a"), ("./a", "a"), ("Sa\u0301ch", "Sách")],
)
def test_a_folder_is_found_as_people_and_programs_write_it(cell: str, folder: str) -> None:
    assert row(f"folder,title\n{cell},Kiều\n", folder).record.label == {"none": ("Kiều",)}


def test_a_folder_without_a_row_has_no_record() -> None:
    assert table("folder,title\na,Kiều\n").reading("b") is None


def test_two_rows_for_one_folder_are_refused_by_their_numbers() -> None:
    finding = refused("folder,title\na,Kiều\nb,x\nA,Kiều\n")
    assert (finding.code, finding.values["rows"]) == ("record-rows", "2, 4")


def test_a_row_is_known_by_the_number_that_the_program_shows() -> None:
    found = table('folder,title\n\na,"two\nlines"\nb,x\n')
    assert [found.reading(name)[0] for name in ("a", "b")] == [3, 4]  # type: ignore[index]


def test_rows_that_name_no_folder_are_counted() -> None:
    assert table("folder,title\n,Kiều\na,x\n").nameless == [2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "record-refused"),
        ("\n\n", "record-refused"),
        ("title,author\na,b\n", "record-refused"),
        ("folder,title@xx yy\na,b\n", "record-value"),
        ("folder,title\na,b,c\n", "record-row"),
        ("folder,viewing direction\na,rtl\n", "record-value"),
        ("folder,url\na,javascript:alert(1)\n", "record-value"),
        ("folder,edtf\na,Tự Đức\n", "record-value"),
        ("folder,navDate\na,1866~\n", "record-value"),
        ('folder,title\na,"no end\n', "record-row"),
    ],
)
def test_what_cannot_be_understood_is_refused(text: str, code: str) -> None:
    assert refused(text).code == code


SHEET = "thư mục;nhan đề;tác giả;nơi xuất bản\na;Truyện Kiều, bản in;Nguyễn Du;Hà Nội|Thăng Long\n"
TCVN3 = "th­ môc;nhan ®Ò;t¸c gi¶;n¬i xuÊt b¶n\na;TruyÖn KiÒu, b¶n in;NguyÔn Du;Hµ Néi|Th¨ng Long\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_1258(text: str) -> bytes:
    """Letters with their hats and horns, tones behind them: what Python's codec writes only of decomposed text."""
    parts = (normalize("NFD", letter) for letter in text)
    kept = ("".join(c for c in part if c not in TONES) + "".join(c for c in part if c in TONES) for part in parts)
    return "".join(
        normalize("NFC", part[:-1]) + part[-1] if part[-1] in TONES else normalize("NFC", part) for part in kept
    ).encode("cp1258")


VNI = "thö muïc;nhan ñeà;taùc giaû;nôi xuaát baûn\na;Truyeän Kieàu, baûn in;Nguyeãn Du;Haø Noäi|Thaêng Long\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (SHEET.encode(), None),
        (SHEET.encode("utf-8-sig"), None),
        (SHEET.replace(";", "\t").encode("utf-16"), None),
        (SHEET.replace(";", "\t").encode("utf-16-le"), None),
        (SHEET.replace(", ", " ").replace(";", ",").encode(), None),
        (f"sep=;\n{SHEET}".encode(), None),
        (SHEET.replace("\n", "\r\n").encode(), None),
        (TCVN3.encode("cp1252"), "TCVN3"),
        (VNI.encode("cp1252"), "VNI"),
        (in_1258(SHEET), "Windows-1258"),
    ],
    ids=["utf-8", "mark", "utf-16", "unmarked", "commas", "sep", "crlf", "tcvn3", "vni", "1258"],
)
def test_encoding_and_delimiter_are_found_out(content: bytes, encoding: str | None) -> None:
    found = table_of(csv_table.read(content))
    assert found.encoding == encoding
    reading = found.reading("a")
    assert reading is not None
    assert reading[1].record.label["none"][0].startswith("Truyện Kiều")
    assert reading[1].record.entries == (
        Entry("creator", {"none": ("Nguyễn Du",)}),
        Entry("place", {"none": ("Hà Nội", "Thăng Long")}),
    )


@pytest.mark.parametrize(
    ("content", "title", "encoding"),
    [
        ("folder;title\na;NhËt ký trong tï\n".encode("cp1252"), "Nhật ký trong tù", "TCVN3"),
        ("folder;title\na;Nhaät kyù\n".encode("cp1252"), "Nhật ký", "VNI"),
        (in_1258("folder;title\na;Nhật ký trong tù\n"), "Nhật ký trong tù", "Windows-1258"),
        ("folder;title\na;L'été à Saïgon\n".encode("cp1252"), "L'été à Saïgon", None),
        ("folder;title\na;Du thé là-bas\n".encode("cp1252"), "Du thé là-bas", None),
        ("folder;title\na;NhËt ký\n".encode(), "NhËt ký", None),
    ],
    ids=["tcvn3", "vni", "1258", "french", "syllables", "unicode"],
)
def test_a_short_sheet_in_no_unicode_is_in_the_encoding_in_which_all_is_vietnamese(
    content: bytes, title: str, encoding: str | None
) -> None:
    found = table_of(csv_table.read(content))
    reading = found.reading("a")
    assert reading is not None
    assert (reading[1].record.label, found.encoding) == ({"none": (title,)}, encoding)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadRecord):
        table_of(csv_table.read(b"PK\x03\x04\x00\x01" * 10))


def test_where_to_open_what_is_missing_and_where_it_lies() -> None:
    found = row("thư mục;trang mở đầu;trang thiếu;tọa độ\na;0002;0005|0006;16.4637, 107.5909").record
    assert (found.start, found.places) == ("0002", (Place(107.5909, 16.4637, 107.5909, 16.4637),))
    assert found.pages == (PageNote("0005", is_missing=True), PageNote("0006", is_missing=True))


def test_coordinates_that_are_none_are_refused_by_their_row() -> None:
    finding = refused("folder,coordinates\na,Huế")
    assert (finding.code, finding.values["place"], finding.values["value"]) == ("record-value", "2", "Huế")


@pytest.mark.parametrize(
    "above",
    ["DANH MỤC SÁCH SỐ HÓA;;\n\n", "THƯ MỤC\n", "Thư viện tỉnh;;\nDanh mục;;\nNăm 2024;;\n;;\n", "sep=;\nDANH MỤC\n"],
    ids=["title and empty row", "a bibliography", "three lines", "Excel's first line"],
)
def test_a_title_may_stand_above_the_headings(above: str) -> None:
    assert row(f"{above}thư mục;nhan đề;tác giả\na;Kiều;Nguyễn Du\n").record.label == {"none": ("Kiều",)}


def test_headings_stand_among_the_first_rows_and_not_somewhere_among_the_works() -> None:
    assert refused("x,y\n" * 20 + "folder,title\na,Kiều\n").code == "record-refused"


@pytest.mark.parametrize("heading", ["STT", "Số thứ tự", "TT", "No."])
def test_the_number_of_a_row_is_no_line_of_the_record(heading: str) -> None:
    assert row(f"{heading},folder,title\n1,a,Kiều\n").record == Record(label={"none": ("Kiều",)})


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "########"])
def test_a_cell_that_the_spreadsheet_could_not_work_out_spoils_its_row_alone(cell: str) -> None:
    sheet = f"folder,title\na,{cell}\nb,Kiều\n"
    assert (refused(sheet).code, refused(sheet).values["place"]) == ("record-value", "2")
    assert row(sheet, "b").record.label == {"none": ("Kiều",)}


@pytest.mark.parametrize("number", ["9.78604E+12", "9,78604E+12", "9E+12"])
def test_a_number_whose_last_digits_are_lost_is_left_out_and_said(number: str) -> None:
    found = row(f"folder;title;isbn\na;Kiều;{number}\n")
    assert found.record == Record(label={"none": ("Kiều",)})
    assert [(one.code, one.values["value"]) for one in found.findings] == [("record-rounded", number)]


def test_a_value_in_quotation_marks_may_hold_bars() -> None:
    cell = '"Thơ|""A | B""|""C"" và D"'
    assert row(f"folder,subject\na,{cell}\n").record.entries == (
        Entry("subject", {"none": ("Thơ", "A | B", '"C" và D')}),
    )


def test_a_path_means_the_last_folder_of_it() -> None:
    assert row("folder,title\nD:\\quét\\a,Kiều\n").record.label == {"none": ("Kiều",)}


def test_where_both_are_there_each_of_1_and_0001_has_its_row() -> None:
    sheet = "folder,title\n1,một\n0001,không một\n"
    assert [row(sheet, name).record.label["none"] for name in ("1", "0001")] == [("một",), ("không một",)]


@pytest.mark.parametrize("sheet", ['folder,title\na,"Kiều" hay\n', 'folder,title\na,"Kiều\nb,x\n'])
def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_row(sheet: str) -> None:
    assert (refused(sheet).code, refused(sheet).values["row"]) == ("record-row", "2")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 64, b"\xd0\xcf\x11\xe0" + b"\0" * 64])
def test_a_workbook_that_is_called_csv_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(BadRecord) as error:
        csv_table.read(content)
    assert "workbook" in error.value.finding.values["reason"]
