"""Dublin Core in its three shapes."""

import pytest

from manifests.metadata import dublin_core
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Entry, Link, Place, Record
from tests.metadata.record_samples import DUBLIN_CORE, QUALIFIED


def test_what_dspace_exports_is_read_without_what_is_for_its_staff() -> None:
    found = dublin_core.read(DUBLIN_CORE.encode()).record
    assert found == Record(
        label={"vi": ("Truyện Kiều",)},
        summary={"en": ("A tale in verse",)},
        entries=(
            Entry("other-title", {"none": ("Đoạn trường tân thanh",)}),
            Entry("creator", {"none": ("Nguyễn Du",)}),
            Entry("date", {"none": ("1866",)}),
            Entry("date.accessioned", {"none": ("2020-01-01T00:00:00Z",)}),
            Entry("identifier", {"none": ("HN-1",)}),
            Entry("language", {"none": ("vi",)}),
            Entry("subject", {"none": ("Thơ Nôm",)}),
        ),
        rights="http://creativecommons.org/licenses/by-nc/4.0/",
        homepage=(Link("https://hdl.example.org/1/2"),),
    )
    assert "someone@example.org" not in str(found)


def test_the_first_title_in_each_language_is_the_title() -> None:
    found = dublin_core.read(QUALIFIED.encode()).record
    assert found.label == {"vi": ("Truyện Kiều",), "en": ("The Tale of Kiều",)}
    assert Entry("other-title", {"vi": ("Kim Vân Kiều",)}) in found.entries


def test_a_refinement_without_a_line_is_kept_and_rights_in_words_are_shown() -> None:
    found = dublin_core.read(QUALIFIED.encode()).record
    assert Entry("audience", {"none": ("sinh viên",)}) in found.entries
    assert Entry("language", {"none": ("Tiếng Mường",)}) in found.entries
    assert found.statement == {"none": ("Xin phép",)}


def test_elements_without_a_namespace_are_known_by_their_names() -> None:
    assert dublin_core.read(b"<metadata><title>x</title><creator>y</creator></metadata>").record == Record(
        label={"none": ("x",)}, entries=(Entry("creator", {"none": ("y",)}),)
    )


def test_xml_of_another_kind_is_refused() -> None:
    with pytest.raises(BadRecord):
        dublin_core.read(b"<html><body>title</body></html>")


def test_a_point_or_box_of_dcmi_locates_the_work_and_is_called_by_its_name() -> None:
    found = dublin_core.read(
        b'<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:coverage>name=Hue; east=107.59; north=16.46</dc:coverage>'
        b"<dc:coverage>1945, 1954</dc:coverage><dc:coverage>18, 19</dc:coverage></x>"
    ).record
    assert found.places == (Place(107.59, 16.46, 107.59, 16.46, {"none": ("Hue",)}),)
    assert found.entries == (Entry("coverage", {"none": ("Hue", "1945, 1954", "18, 19")}),)


def test_a_file_of_a_harvester_with_several_records_is_refused_and_with_one_read() -> None:
    one = '<metadata><dc xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>{}</d:title><d:title>K</d:title></dc></metadata>'
    harvested = "<OAI-PMH><ListRecords>{}</ListRecords></OAI-PMH>"
    assert dublin_core.read(harvested.format(one.format("Kiều")).encode()).record.label == {"none": ("Kiều",)}
    with pytest.raises(BadRecord) as refused:
        dublin_core.read(harvested.format(one.format("Kiều") + one.format("Lục Vân Tiên")).encode())
    assert "several" in refused.value.finding.values["reason"]
