"""The metadata of Kitodo and Goobi: names of their rule sets become lines, others stay, in METS and in MODS."""

import pytest

from manifests.metadata import mets, mods
from manifests.metadata.record import Entry

_INSIDE = """
  <k:metadata name="TitleDocMain">Truyện Kiều</k:metadata><k:metadata name="Author" type="person">
    <k:lastName>Nguyễn</k:lastName><k:firstName>Du</k:firstName><k:displayName>Nguyễn Du</k:displayName></k:metadata>
  <k:metadata name="DocLanguage">vie</k:metadata><k:metadata name="pathimagefiles">file:///opt/1</k:metadata>
  <k:metadata name="shelfmarksource">VNb.60</k:metadata>
  <k:metadataGroup name="Address"><k:metadata name="StreetName">Tràng Thi</k:metadata></k:metadataGroup>
"""
_LINES = (
    Entry("creator", {"none": ("Nguyễn Du",)}),
    Entry("language", {"none": ("vi",)}),
    Entry("shelfmark", {"none": ("VNb.60",)}),
    Entry("StreetName", {"none": ("Tràng Thi",)}),
)


@pytest.mark.parametrize(("root", "form"), [("kitodo", "KITODO"), ("goobi", "GOOBI")])
def test_a_section_of_mets_is_read(root: str, form: str) -> None:
    found = mets.read(
        f'<mets><dmdSec ID="D"><mdWrap MDTYPE="OTHER" OTHERMDTYPE="{form}"><xmlData>'
        f'<k:{root} xmlns:k="http://meta.kitodo.org/v1/">{_INSIDE}</k:{root}></xmlData></mdWrap></dmdSec>'
        '<structMap TYPE="LOGICAL"><div DMDID="D"/></structMap></mets>'.encode()
    )
    assert (found.record.label, found.record.entries) == ({"none": ("Truyện Kiều",)}, _LINES)
    assert not found.findings


def test_in_mods_it_is_an_extension() -> None:
    record = mods.read(
        f'<mods><extension><k:goobi xmlns:k="http://meta.goobi.org/v1.5.1/">{_INSIDE}</k:goobi></extension></mods>'.encode()
    ).record
    assert (record.label, record.entries) == ({"none": ("Truyện Kiều",)}, _LINES)


def test_a_person_without_a_name_for_showing_has_the_two_parts_of_one() -> None:
    person = "<metadata name='Author'><firstName>Nguyên Trứ</firstName><lastName>Trần</lastName></metadata>"
    record = mods.read(f"<mods><extension><kitodo>{person}</kitodo></extension></mods>".encode()).record
    assert record.entries == (Entry("creator", {"none": ("Trần, Nguyên Trứ",)}),)
