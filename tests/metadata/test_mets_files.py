"""The files that METS names: images and texts by groups and kinds, the nearest to the masters first."""

import pytest

from manifests.metadata import mets
from manifests.metadata.mets_files import MetsPage, path_below
from tests.metadata.mets_samples import mets_of


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("0001.tif", ("0001.tif",)),
        ("./images/0001.tif", ("images", "0001.tif")),
        ("images\\0001.tif", ("images", "0001.tif")),
        ("S%C3%A1ch/%E1%BA%A3nh%201.tif", ("Sách", "ảnh 1.tif")),
        ("../other/0001.tif", ()),
        ("images/../../0001.tif", ()),
        ("/etc/passwd", ()),
        ("%2Fetc/passwd", ()),
        ("file:///data/0001.tif", ()),
        ("https://example.org/0001.tif", ()),
        ("//example.org/0001.tif", ()),
        ("C:\\scans\\0001.tif", ()),
        ("0001%00.tif", ()),
        ("http://[bad/0001.tif", ()),
        ("", ()),
    ],
)
def test_a_path_leads_downwards_or_nowhere(address: str, parts: tuple[str, ...]) -> None:
    assert path_below(address) == parts


def test_the_image_nearest_to_the_master_names_the_page_and_thumbnails_come_last() -> None:
    shown = ("t/1.jpg", "max/1.large.jpg", "tif/1.tif", "alto/1.xml")
    told = mets_of(("i", shown), THUMBS=["t/1.jpg"], MAX=["max/1.large.jpg"], MASTER=["tif/1.tif"])
    (page,) = mets.pages_in(told.encode())
    assert page == MetsPage("1", ("tif/1.tif", "max/1.large.jpg", "t/1.jpg"), ("alto/1.xml",))


def test_a_group_in_a_group_is_used_as_the_one_around_it() -> None:
    inner = mets_of(("i", ("1.jpg",))).replace('<fileGrp USE="ORIGINAL">', '<fileGrp USE="FULLTEXT"><fileGrp>')
    inner = inner.replace("</fileGrp>", "</fileGrp></fileGrp>").replace("<FLocat", '<FLocat OTHER="x"')
    text = inner.replace('<file ID="F0">', '<file ID="F0" MIMETYPE="application/octet-stream">')
    assert mets.pages_in(text.encode()) == []


def test_a_text_is_known_by_its_group_its_kind_or_its_name() -> None:
    by_group = mets_of(("i", ("1.tif", "1.pdf")), FULLTEXT=["1.pdf"])
    by_kind = mets_of(("i", ("1.tif", "1.bin"))).replace('<file ID="F1">', '<file ID="F1" MIMETYPE="text/xml">')
    by_name = mets_of(("i", ("1.tif", "1.hocr")))
    texts = [mets.pages_in(told.encode())[0].texts for told in (by_group, by_kind, by_name)]
    assert texts == [("1.pdf",), ("1.bin",), ("1.hocr",)]


def test_what_is_neither_image_nor_text_is_no_file_of_a_page() -> None:
    told = mets_of(("i", ("1.tif", "1.pdf"))).replace('<file ID="F1">', '<file ID="F1" MIMETYPE="application/pdf">')
    assert mets.pages_in(told.encode()) == [MetsPage("1", ("1.tif",))]


def test_a_page_that_shows_nothing_is_called_by_its_id() -> None:
    told = mets.pages_in(mets_of(("i", ("1.tif",)), ("ii", ())).encode())
    assert told == [MetsPage("1", ("1.tif",)), MetsPage("P1")]


def test_structures_without_any_image_have_no_pages() -> None:
    assert mets.pages_in(mets_of(("i", ()), ("ii", ("1.xml",))).encode()) == []


def test_an_address_that_is_none_is_no_file() -> None:
    assert mets.pages_in(mets_of(("i", ("http://[bad/1.tif",)), ("ii", ("2.tif",))).encode()) == [
        MetsPage("2", ("2.tif",))
    ]
