"""Text beside masters: found at once, gone with its file, kept with a page that lost its master."""

import os
import shutil

from manifests.library import Library
from tests.ingest.fakes import ingest, scan


def test_the_text_beside_a_master_is_found_at_once_and_goes_with_its_file(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.txt", "Trăm năm trong cõi người ta")
    ingest(library, scans)
    assert [(hit.page, hit.match) for hit in library.search("coi nguoi")] == [("1", "cõi người")]
    assert [hit.work for hit in library.search("trăm năm", work="book")] == ["book"]
    assert library.pages("book")[0].text == "plain"
    scan(scans / "book", "1.txt", "Chữ tài chữ mệnh")
    ingest(library, scans)
    assert (library.search("coi nguoi"), len(library.search("chu menh"))) == ([], 1)
    (scans / "book" / "1.txt").unlink()
    ingest(library, scans)
    assert (library.search("chu menh"), library.pages("book")[0].text) == ([], None)


def test_what_the_public_may_not_see_is_not_found(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.txt", "Trăm năm trong cõi người ta")
    ingest(library, scans, draft=True)
    assert library.search("tram nam") == []
    library.publish("book")
    assert len(library.search("tram nam")) == 1
    library.withdraw("book")
    assert library.search("tram nam") == []


def test_a_page_kept_without_its_master_keeps_its_text(library, scans):
    for number, verse in enumerate(("Trăm năm trong cõi", "Chữ tài chữ mệnh"), 1):
        scan(scans / "book", f"{number}.tif"), scan(scans / "book", f"{number}.txt", verse)
    ingest(library, scans)
    (scans / "book" / "1.tif").unlink()
    scan(scans / "book", "2.txt", "Trải qua một cuộc bể dâu")
    ingest(library, scans)
    assert [hit.page for query in ("tram nam", "be dau") for hit in library.search(query)] == ["1", "2"]


def test_an_index_that_was_lost_is_made_anew_by_the_next_ingest(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.txt", "Trăm năm trong cõi người ta")
    ingest(library, scans)
    shutil.rmtree(library.folder / "index")
    again = Library.open(library.folder, library.settings)
    ingest(again, scans)
    assert [hit.work for hit in again.search("tram nam")] == ["book"]
    again.close()


def test_an_encoding_that_was_named_once_holds_until_another_is_named(library, scans):
    """`Hội` in TCVN3 and in VNI: one word, of which nothing can be told."""
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.txt", "Héi")
    found = lambda: [hit.match for hit in library.search("hội")]  # noqa: E731
    ingest(library, scans)
    assert found() == []
    ingest(library, scans, text_encoding="tcvn3")
    assert found() == ["Hội"]
    scan(scans / "book", "1.txt", "Héi 1926")
    ingest(library, scans)
    assert found() == ["Hội"]
    scan(scans / "book", "1.txt", "Hoäi 1926")
    ingest(library, scans, text_encoding="vni")
    assert found() == ["Hội"]
    ingest(library, scans, text_encoding="auto")
    assert found() == []
    assert [f.code for row in ingest(library, scans) for f in row.findings] == []


def test_an_encoding_is_remembered_for_texts_that_cannot_be_told_apart_by_their_time(library, scans):
    for name in ("1", "2"):
        scan(scans / "book", f"{name}.tif"), scan(scans / "book", f"{name}.txt", "Héi")
        os.utime(scans / "book" / f"{name}.txt", (1_000_000_000, 1_000_000_000))
    ingest(library, scans, text_encoding="tcvn3")
    for _ in range(2):
        ingest(library, scans)
        assert [hit.page for hit in library.search("hội")] == ["1", "2"]
