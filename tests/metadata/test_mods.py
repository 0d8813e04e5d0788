"""MODS: every element that has a line, and what becomes of the others."""

import pytest

from manifests.metadata import mods
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Entry, Link, Place, Provider, Record
from tests.metadata.record_samples import MODS


def record(inside: str) -> Record:
    return mods.read(f'<m:mods xmlns:m="http://www.loc.gov/mods/v3">{inside}</m:mods>'.encode()).record


def line(inside: str, field: str) -> tuple[str, ...]:
    (found,) = [entry.values for entry in record(inside).entries if entry.field == field]
    return found["none"]


def test_every_element_is_read() -> None:
    assert mods.read(MODS.encode()).record == Record(
        label={"vi": ("Bản Truyện Kiều: truyện thơ",), "none": ("Truyện Kiều",), "vi-Hani": ("傳翹",)},
        summary={"vi": ("Truyện thơ lục bát.",)},
        entries=(
            Entry("other-title", {"none": ("Đoạn trường tân thanh",)}),
            Entry("creator", {"none": ("Nguyễn Du, 1765-1820",)}),
            Entry("contributor", {"none": ("Liễu Văn đường (nhà in)",)}),
            Entry("type", {"none": ("text",), "vi": ("truyện thơ",)}),
            Entry("place", {"none": ("Hà Nội",)}),
            Entry("publisher", {"none": ("Liễu Văn đường",)}),
            Entry("date", {"none": ("Tự Đức 19 (1866)",)}),
            Entry("digitisation: date", {"none": ("2019–2020",)}),
            Entry("language", {"none": ("vi-Hani",)}),
            Entry("extent", {"none": ("136 tờ",)}),
            Entry("format", {"none": ("ván khắc",)}),
            Entry("contents", {"none": ("Hồi 1",)}),
            Entry("note", {"none": ("Rách",)}),
            Entry("subject", {"none": ("Thơ Nôm -- Thế kỉ 19", "Từ Hải")}),
            Entry("isbn", {"none": ("978",)}),
            Entry("identifier", {"none": ("ppn: 123", "HN-1")}),
            Entry("shelfmark", {"none": ("VNb.60",)}),
            Entry("series", {"none": ("Tủ sách Nôm",)}),
            Entry("volume", {"none": ("1",)}),
            Entry("targetAudience", {"none": ("sinh viên",)}),
        ),
        rights="http://creativecommons.org/licenses/by/4.0/",
        statement={"none": ("Xin ghi nguồn",)},
        provider=Provider({"none": ("Viện Hán Nôm",)}),
        homepage=(Link("https://opac.example.org/1"),),
    )


def test_a_title_has_its_parts_as_on_a_card() -> None:
    inside = (
        "<m:titleInfo><m:title>Sử kí</m:title><m:partNumber>2</m:partNumber><m:partName>Lý</m:partName></m:titleInfo>"
    )
    assert record(inside).label == {"none": ("Sử kí. 2, Lý",)}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<m:namePart>Nguyễn Du</m:namePart>", "Nguyễn Du"),
        ('<m:namePart type="family">Balzac</m:namePart><m:namePart type="given">H.</m:namePart>', "Balzac, H."),
        ("<m:namePart>x</m:namePart><m:displayForm>Tố Như</m:displayForm>", "Tố Như"),
    ],
)
def test_a_name_is_shown_as_it_was_catalogued(name: str, shown: str) -> None:
    assert line(f"<m:name>{name}</m:name>", "creator") == (shown,)


def test_a_code_of_a_place_stands_only_where_there_is_no_name_of_it() -> None:
    assert line(
        '<m:originInfo><m:place><m:placeTerm type="code">vm</m:placeTerm></m:place></m:originInfo>', "place"
    ) == ("vm",)


def test_a_collection_of_one_is_that_one_and_of_several_none() -> None:
    one = "<mods><titleInfo><title>x</title></titleInfo></mods>"
    assert mods.read(f"<modsCollection>{one}</modsCollection>".encode()).record.label == {"none": ("x",)}
    with pytest.raises(BadRecord):
        mods.read(f"<modsCollection>{one}{one}</modsCollection>".encode())


def test_coordinates_locate_the_work_and_stay_a_line() -> None:
    found = record(
        "<m:subject><m:cartographics><m:scale>1:25 000</m:scale><m:coordinates>E 105°51'/N 21°02'</m:coordinates>"
        "</m:cartographics></m:subject>"
    )
    assert found.places == (Place(105.85, 21.033333, 105.85, 21.033333),)
    assert found.entries[0].field == "coverage"


@pytest.mark.parametrize("title", ["Báo cáo /", "Báo cáo :", "Báo cáo  = "])
def test_punctuation_that_leads_on_to_the_rest_of_a_card_ends_no_title(title: str) -> None:
    assert record(f"<m:titleInfo><m:title>{title}</m:title></m:titleInfo>").label == {"none": ("Báo cáo",)}


@pytest.mark.parametrize(
    "digital",
    [
        "<m:edition>[Electronic ed.]</m:edition><m:dateIssued>2012</m:dateIssued>",
        "<m:edition>[Electronic ed.]</m:edition><m:dateCaptured>2012</m:dateCaptured>",
        "<m:dateCaptured>2012</m:dateCaptured>",
        "<m:edition>Online-Ausg.</m:edition><m:dateIssued>2012</m:dateIssued>",
    ],
)
def test_an_origin_that_is_that_of_the_digitisation_says_nothing_of_the_original(digital: str) -> None:
    place = "<m:place><m:placeTerm>Hà Nội</m:placeTerm></m:place>"
    found = record(
        f"<m:originInfo><m:dateIssued>1866</m:dateIssued></m:originInfo><m:originInfo>{place}{digital}</m:originInfo>"
    )
    said = {entry.field: entry.values["none"] for entry in found.entries}
    assert (said["date"], said["digitisation: place"], said["digitisation: date"]) == (
        ("1866",),
        ("Hà Nội",),
        ("2012",),
    )
    assert "place" not in said


def test_the_code_of_a_country_is_no_name_of_a_place() -> None:
    inside = '<m:place><m:placeTerm type="code" authority="marccountry">enk</m:placeTerm></m:place>'
    assert [entry.field for entry in record(f"<m:originInfo>{inside}</m:originInfo>").entries] == ["placeTerm"]


@pytest.mark.parametrize(
    ("said", "rights"),
    [
        ("CC-BY", "http://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-nd", "http://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("PDM", "http://creativecommons.org/publicdomain/mark/1.0/"),
        ("CC-0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("In copyright", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("All Rights Reserved", "http://rightsstatements.org/vocab/InC/1.0/"),
    ],
)
def test_wellcomes_words_for_a_licence_are_understood_and_its_settings_are_no_rights(said: str, rights: str) -> None:
    found = mods.read(
        f"""<mods><accessCondition type="dz">{said}</accessCondition><accessCondition type="player">63</accessCondition>
        <accessCondition type="status">Open</accessCondition></mods>""".encode()
    )
    assert (found.record.rights, found.record.statement, found.findings) == (rights, {}, [])


def test_without_its_kind_a_licence_without_version_is_words() -> None:
    assert record("<m:accessCondition>CC-BY</m:accessCondition>").statement == {"none": ("CC-BY",)}


@pytest.mark.parametrize("status", ["Closed", "Restricted files", "Clinical images"])
def test_a_work_that_not_everybody_may_see_is_said(status: str) -> None:
    found = mods.read(f'<mods><accessCondition type="status">{status}</accessCondition></mods>'.encode())
    assert [(one.code, one.values["status"]) for one in found.findings] == [("record-access", status)]


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("", "Rách", "note"),
        ("statement of responsibility", "Nguyễn Du soạn", "responsibility"),
        ("ownership", "Hoàng Xuân Hãn", "provenance"),
        ("leader6", "a", "leader6"),
        ("wellcomeidentifier", "PP/KIN/K/2/3a", "wellcomeidentifier"),
        ("reproduction", "Bản chụp của Viện", "note"),
    ],
)
def test_a_note_stands_where_its_kind_belongs(kind: str, text: str, field: str) -> None:
    assert line(f'<m:note type="{kind}">{text}</m:note>', field) == (text,)


def test_the_number_of_the_record_identifies_a_work_that_nothing_else_does() -> None:
    number = "<m:recordInfo><m:recordIdentifier>b30074976</m:recordIdentifier></m:recordInfo>"
    assert line(number, "identifier") == ("b30074976",)
    assert line(f"<m:identifier>HN-1</m:identifier>{number}", "identifier") == ("HN-1",)


def test_an_extension_is_kept_by_the_names_that_it_has() -> None:
    assert line("<m:extension><x><loai>General</loai></x></m:extension>", "loai") == ("General",)


@pytest.mark.parametrize(
    ("inside", "field", "text"),
    [
        ('<m:note type="layout" displayLabel="Layout">five volumes</m:note>', "Layout", "five volumes"),
        ('<m:note displayLabel="Phụ chú">Rách</m:note>', "note", "Rách"),
        ('<m:note type="provenance" displayLabel="Where from">Huế</m:note>', "provenance", "Huế"),
        ('<m:identifier displayLabel="Stanley">19. 9</m:identifier>', "identifier", "Stanley: 19. 9"),
    ],
)
def test_what_a_record_wants_to_be_called_is_its_heading(inside: str, field: str, text: str) -> None:
    assert line(inside, field) == (text,)


def test_a_span_of_nothing_is_no_date() -> None:
    dates = '<m:dateIssued point="start"/><m:dateIssued point="end"/>'
    assert record(f"<m:originInfo>{dates}</m:originInfo>").entries == ()
