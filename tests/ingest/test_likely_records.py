"""Files that look like records under another name: by their endings, XML by its root."""

import os
from pathlib import Path

import pytest

from manifests.ingest.likely_records import name_for
from tests.ingest.fakes import ingest, scan


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("b30074976.xml", '<m:mets xmlns:m="http://www.loc.gov/METS/"/>', "mets.xml"),
        ("1234.xml", "<modsCollection/>", "mods.xml"),
        ("koha.xml", '<record xmlns="http://www.loc.gov/MARC21/slim"/>', "marc.xml"),
        ("export.xml", "<dublin_core/>", "dublin_core.xml"),
        ("metadata_dcterms.xml", "<dublin_core schema='dcterms'/>", None),
        ("0001.xml", "<alto/>", None),
        ("0002.xml", "no XML", None),
        ("bib-1234.MRC", "", "marc.mrc"),
        ("koha.mrk", "", "marc.xml, marc.mrc"),
        ("marc.json", "{}", "marc.xml, marc.mrc"),
        ("settings.json", "{}", None),
        ("Danh mục.xlsx", "", "metadata.xlsx"),
        ("metadata.ods", "", "metadata.xlsx"),
        ("metadata.xls", "", "metadata.xlsx"),
        ("mets.xml", "<mets/>", None),
        ("contents", "", None),
    ],
)
def test_the_name_is_that_under_which_it_would_be_read(
    tmp_path: Path, name: str, content: str, expected: str | None
) -> None:
    (tmp_path / name).write_text(content)
    assert name_for(tmp_path / name) == expected


def test_what_cannot_be_read_looks_like_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xml")
    assert name_for(tmp_path / "a.xml") is None
    assert name_for(tmp_path / "gone.xml") is None


def test_it_is_unused_and_said_in_one_row(library, scans):  # type: ignore[no-untyped-def]
    scan(scans / "book", "1.tif")
    (scans / "book" / "b1.xml").write_text("<mets/>")
    (scans / "danh muc.xlsx").write_text("")
    said = {Path(row.file).name: [f.code for f in row.findings] for row in ingest(library, scans) if row.findings}
    assert said == {"b1.xml": ["unused", "record-name"], "danh muc.xlsx": ["unused", "record-name"]}
