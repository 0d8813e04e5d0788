"""METS: the description of the whole, pages by the files they show, chapters by links or by what they hold."""

import pytest

from manifests.metadata import mets
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Chapter, Entry, Link, PageNote, PartOf, Provider, Record
from tests.metadata.record_samples import METS

NO_NAMESPACE = """<mets xmlns:xlink="http://www.w3.org/1999/xlink">
  <dmdSec ID="D"><mdWrap MDTYPE="DC"><xmlData>
    <title xmlns="http://purl.org/dc/elements/1.1/">Sách</title>
  </xmlData></mdWrap></dmdSec>
  <fileSec><fileGrp USE="Images">
    <file ID="A"><FLocat xlink:href="a.tif"/></file><file ID="B"><FLocat xlink:href="b.tif"/></file>
    <file ID="C" MIMETYPE="text/xml"><FLocat xlink:href="b.xml"/></file>
  </fileGrp></fileSec>
  <structMap><div LABEL="Sách"><div LABEL="Chương 1"><div LABEL="i"><fptr FILEID="A"/></div></div>
  <div LABEL="Chương 2"><div LABEL="ii"><fptr><area FILEID="B"/></fptr><fptr FILEID="C"/></div></div></div></structMap>
</mets>"""


def test_everything_is_read() -> None:
    assert mets.read(METS.encode()).record == Record(
        label={"vi": ("Truyện Kiều",)},
        entries=(
            Entry("creator", {"none": ("Nguyễn Du",)}),
            Entry("date", {"none": ("1866",)}),
            Entry("extent", {"none": ("24 cm",)}),
        ),
        rights="http://creativecommons.org/publicdomain/mark/1.0/",
        provider=Provider(
            {"none": ("Viện Hán Nôm",)}, "https://hannom.example.org/", "https://hannom.example.org/logo.png"
        ),
        homepage=(Link("https://opac.example.org/1"),),
        pages=(
            PageNote("0001"),
            *(PageNote(f"000{n}", {"none": (label,)}) for n, label in enumerate(("1a", "1b", "2a", "2b"), 2)),
            PageNote("0006"),
        ),
        chapters=(
            Chapter({"none": ("Hồi thứ nhất",)}, "0001", "0003", (Chapter({"none": ("Tự",)}, "0002", "0002"),)),
            Chapter({"none": ("Hồi thứ ba",)}, "0005", "0006"),
        ),
        sequence=("0001", "0002", "0003", "0004", "0005", "0006"),
    )


def test_a_single_structure_without_links_gives_chapters_by_what_they_hold() -> None:
    found = mets.read(NO_NAMESPACE.encode()).record
    assert found.label == {"none": ("Sách",)}
    assert found.pages == (PageNote("a", {"none": ("i",)}), PageNote("b", {"none": ("ii",)}))
    assert found.chapters == (Chapter({"none": ("Chương 1",)}, "a", "a"), Chapter({"none": ("Chương 2",)}, "b", "b"))


def test_a_work_without_a_description_is_called_as_its_uppermost_division() -> None:
    only = '<mets><structMap TYPE="LOGICAL"><div LABEL="Example Book"><div LABEL="One"/></div></structMap></mets>'
    assert mets.read(only.encode()).record == Record(label={"none": ("Example Book",)})


def test_divisions_without_end_are_cut_off() -> None:
    deep = '<mets><structMap TYPE="LOGICAL">' + '<div LABEL="x">' * 200 + "</div>" * 200 + "</structMap></mets>"
    assert mets.read(deep.encode()).record.chapters == ()


def test_chapters_that_overlap_without_end_are_refused() -> None:
    count = 200
    files = "".join(f'<file ID="F{n}"><FLocat xlink:href="{n}.tif"/></file>' for n in range(count))
    leaves = "".join(f'<div ID="P{n}"><fptr FILEID="F{n}"/></div>' for n in range(count))
    parts = "".join(f'<div ID="L{n}" LABEL="x"/>' for n in range(count))
    links = "".join(
        f'<smLink xlink:from="L{n}" xlink:to="P{place}"/>' for n in range(count) for place in (0, count - 1)
    )
    content = (
        f'<mets xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp>{files}</fileGrp></fileSec>'
        f'<structMap TYPE="LOGICAL"><div>{parts}</div></structMap>'
        f'<structMap TYPE="PHYSICAL"><div>{leaves}</div></structMap><structLink>{links}</structLink></mets>'
    )
    with pytest.raises(BadRecord):
        mets.read(content.encode())


def test_xml_of_another_kind_is_refused() -> None:
    with pytest.raises(BadRecord):
        mets.read(b"<mods/>")


def test_an_order_of_a_thousand_digits_is_no_number_and_costs_nothing() -> None:
    long = NO_NAMESPACE.replace('LABEL="Chương 1"', f'LABEL="Chương 1" ORDER="{"9" * 5000}"')
    assert [page.page for page in mets.read(long.encode()).record.pages] == ["a", "b"]


def in_whole(divisions: str) -> Record:
    """METS of one structure, the logical one."""
    return mets.read(f'<mets><structMap TYPE="LOGICAL">{divisions}</structMap></mets>'.encode()).record


def test_a_volume_is_part_of_the_set_that_its_mets_leads_to_and_has_its_own_chapters_alone() -> None:
    record = in_whole(
        '<div TYPE="multivolume_work" LABEL="Toàn thư"><mptr/>'
        '<div TYPE="volume" LABEL="Tập hai" ORDERLABEL="2" ORDER="20">'
        '<div TYPE="chapter" LABEL="Một"/><div TYPE="chapter" LABEL="Hai"/></div></div>'
    )
    assert record.label == {"none": ("Tập hai",)}
    assert record.part_of == PartOf({"none": ("Toàn thư",)}, number="2")


def test_an_issue_is_part_of_its_newspaper_and_of_the_day_of_its_division() -> None:
    record = in_whole(
        '<div TYPE="Newspaper" LABEL="Nam Phong"><mptr/><div TYPE="year" ORDERLABEL="1917"><mptr/>'
        '<div TYPE="month" ORDERLABEL="1917-07"><div TYPE="day" ORDERLABEL="1917-07-01">'
        '<div TYPE="issue" LABEL="Số 1"/></div></div></div></div>'
    )
    assert (record.label, record.date) == ({"none": ("Số 1",)}, "1917-07-01")
    assert record.part_of == PartOf({"none": ("Nam Phong",)}, is_serial=True, number="Số 1")


@pytest.mark.parametrize(
    "divisions",
    [
        '<div TYPE="multivolume_work" LABEL="Bộ"><div TYPE="volume" LABEL="1"/><div TYPE="volume" LABEL="2"/></div>',
        '<div TYPE="newspaper" LABEL="Báo"><div TYPE="year" LABEL="2021"/><div TYPE="year" LABEL="2022"/></div>',
        '<div TYPE="monograph" LABEL="Sách"><mptr/><div TYPE="part" LABEL="Một"/></div>',
        '<div TYPE="newspaper"><mptr/><div TYPE="issue" LABEL="Số 1"/></div>',
        '<div TYPE="multivolume_work" LABEL="Toàn thư"><mptr/></div>',
        "",
    ],
)
def test_what_leads_to_no_whole_is_part_of_none(divisions: str) -> None:
    assert (in_whole(divisions).part_of, in_whole(divisions).date) == (None, "")


def wellcome(name: str) -> str:
    """METS of Goobi at Wellcome Collection, cut down: a manifestation in a set, its pages with ALTO."""
    files = "".join(
        f'<mets:file ID="{use}{n}" MIMETYPE="{kind}">'
        f'<mets:FLocat LOCTYPE="URL" xlink:href="{folder}/{name}_000{n}.{ending}"/></mets:file>'
        for use, kind, folder, ending in (("O", "image/jp2", "objects", "jp2"), ("A", "application/xml", "alto", "xml"))
        for n in (1, 2)
    )
    pages = "".join(
        f'<mets:div ID="P{n}" ORDER="{n}" ORDERLABEL="{label}" TYPE="page"><mets:fptr FILEID="O{n}"/>'
        f'<mets:fptr FILEID="A{n}"/></mets:div>'
        for n, label in ((1, " - "), (2, "3"))
    )
    return f"""<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
      <mets:dmdSec ID="D1"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><m:mods xmlns:m="http://www.loc.gov/mods/v3">
        <m:titleInfo><m:title>Enciclopedia anatomica /</m:title></m:titleInfo>
        <m:part order="1" type="host"><m:detail><m:number>01</m:number></m:detail></m:part>
        <m:relatedItem type="host"><m:recordInfo><m:recordIdentifier>b22012692</m:recordIdentifier></m:recordInfo>
        </m:relatedItem><m:accessCondition type="dz">PDM</m:accessCondition>
      </m:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
      <mets:fileSec><mets:fileGrp USE="OBJECTS">{files}</mets:fileGrp></mets:fileSec>
      <mets:structMap TYPE="LOGICAL"><mets:div ID="L0" LABEL="Enciclopedia anatomica /" TYPE="MultipleManifestation">
        <mets:mptr LOCTYPE="URL" xlink:href="b22012692.xml"/>
        <mets:div DMDID="D1" ID="L1" LABEL="Enciclopedia anatomica /" ORDER="1" TYPE="Monograph">
          <mets:div ID="L2" LABEL="Cover" TYPE="Cover"/></mets:div></mets:div></mets:structMap>
      <mets:structMap TYPE="PHYSICAL"><mets:div ID="P0" TYPE="physSequence">{pages}</mets:div></mets:structMap>
      <mets:structLink><mets:smLink xlink:from="L2" xlink:to="P1"/></mets:structLink></mets:mets>"""


def test_wellcomes_dialect_is_read() -> None:
    found = mets.read(wellcome("b1_0001").encode())
    record = found.record
    assert (record.label, record.rights) == (
        {"none": ("Enciclopedia anatomica",)},
        "http://creativecommons.org/publicdomain/mark/1.0/",
    )
    assert record.part_of == PartOf({"none": ("Enciclopedia anatomica",)}, number="1")
    assert record.pages == (PageNote("b1_0001_0001"), PageNote("b1_0001_0002", {"none": ("3",)}))
    assert record.chapters == (Chapter({"none": ("Cover",)}, "b1_0001_0001", "b1_0001_0001"),)
    assert [page.texts for page in mets.pages_in(wellcome("b1_0001").encode())] == [
        (f"alto/b1_0001_000{n}.xml",) for n in (1, 2)
    ]
    assert not found.findings


def test_a_description_in_a_format_that_is_not_read_is_said() -> None:
    found = mets.read(
        b'<mets><dmdSec ID="D"><mdWrap MDTYPE="OTHER" OTHERMDTYPE="LIDO"><xmlData><lido/></xmlData></mdWrap></dmdSec>'
        b'<structMap TYPE="LOGICAL"><div DMDID="D" LABEL="Kieu"/></structMap></mets>'
    )
    assert found.record.label == {"none": ("Kieu",)}
    assert [(one.code, one.values["form"]) for one in found.findings] == [("mets-form", "LIDO")]
