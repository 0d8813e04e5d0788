"""Targets and colour charts: which names say so, and that readers see none of them while the library keeps all."""

from pathlib import Path

import pytest

from manifests.errors import Missing
from manifests.ingest.report import Verdict
from manifests.ingest.targets import targets_among
from manifests.library import Library
from tests.ingest.fakes import FakeWorkerPool, ingest, scan

PAGES = [Path(f"{number:04}.tif") for number in range(1, 5)]

CHARTS = """target, 0000_target, 0000target, ms12_target, Target (2), target-recto, target_2024-05-03, Targets
color target, device level target, test chart, calibration, calibration target, grey card 2, Gray scale, UTT
colorchecker, ColorChart_01, colour_checker_passport, IT8, it8.7-2, QP card, QPcard 201, Kodak Q-13, TE263
GoldenThread, Golden Thread 300dpi, Farbkarte, Graukeil, mire, mire de couleurs, charte couleur, Échelle de gris
Bảng màu, bang-mau, thang màu, thước màu, Thuoc_mau_2, thẻ xám, 色卡"""

TITLES = """target-practice-1915, targeted, the target, on-target, market, ruler, colour card game, color plate 3
Bảng mẫu, thuốc màu, tháng 8, bang chu cai, charte, La mire, mirette, it, Q1, utterance, 0000, trang bìa"""


def names(written: str) -> list[str]:
    return [name for line in written.splitlines() for name in line.split(", ")]


@pytest.mark.parametrize("name", names(CHARTS))
def test_a_file_named_for_a_chart_is_a_target(name: str) -> None:
    target = Path(f"{name}.tif")
    assert targets_among([target, *PAGES]) == {target}


@pytest.mark.parametrize("name", names(TITLES))
def test_a_title_with_such_a_word_in_it_is_a_page(name: str) -> None:
    assert targets_among([Path(f"{name}.tif"), *PAGES]) == frozenset()


def test_what_most_names_of_a_folder_begin_with_may_stand_before_the_word() -> None:
    target = Path("VNU-HN_target.tif")
    assert targets_among([target, *(Path(f"VNU-HN_{number}.tif") for number in "123")]) == {target}
    assert (
        targets_among([Path("shooting_target.tif"), *map(Path, ("shooting_range.tif", "bow.tif", "fox.tif"))]) == set()
    )


def test_where_every_name_is_that_of_a_target_all_are_pages() -> None:
    assert targets_among([Path("target.tif")]) == frozenset()
    assert targets_among([Path("IT8.tif"), Path("colorchecker.tif")]) == frozenset()


@pytest.mark.parametrize("name", ["target" + "1" * 240 + "x", "1" * 254 + "x", "1a " * 80 + "targe", "target " * 36])
def test_a_name_that_nearly_fits_in_many_ways_is_soon_found_not_to(name: str) -> None:
    assert targets_among([Path(name), *PAGES]) == frozenset()


# In a library


@pytest.fixture
def book(library: Library, scans: Path) -> Path:
    folder = scans / "book"
    scan(folder, "0000_target.tif"), scan(folder, "0001.tif"), scan(folder, "0002.tif")
    return folder


def said(outcomes, name):
    return [finding.code for one in outcomes if Path(one.file).name == name for finding in one.findings]


def shown(library: Library) -> list[str]:
    return [page.id for page in library.pages("book")]


def test_a_target_is_kept_and_no_page_that_readers_see(library: Library, book: Path) -> None:
    outcomes = ingest(library, book)
    assert said(outcomes, "0000_target.tif") == ["target"]
    work = library.work("book")
    assert (shown(library), work.pages, work.first_image) == (["0001", "0002"], 2, "book~0001")
    assert [(page.id, page.is_target) for page in library.kept_pages("book")] == [
        ("0000_target", True),
        ("0001", False),
        ("0002", False),
    ]
    for version in (2, 3):
        assert b"0000_target" not in library.document(version, "book").body


def test_its_image_answers_and_its_canvas_does_not(library: Library, book: Path) -> None:
    ingest(library, book)
    assert library.image("book~0000_target").file == "book/0000_target.tif"
    with pytest.raises(Missing):
        library.page("book", "0000_target")
    with pytest.raises(Missing):
        library.canvases.canvas("book", "0000_target")


def test_a_second_ingest_says_the_same_and_makes_nothing(library: Library, book: Path) -> None:
    ingest(library, book)
    changes, workers = library.changes(), FakeWorkerPool()
    assert said(ingest(library, book, workers=workers), "0000_target.tif") == ["target"]
    assert (workers.built, library.changes()) == ([], changes)


def test_a_target_that_comes_later_is_no_change_for_harvesters(library: Library, book: Path) -> None:
    ingest(library, book)
    changes, updated = library.changes(), library.work("book").updated
    scan(book, "9999_colorchecker.tif")
    assert said(ingest(library, book), "9999_colorchecker.tif") == ["target"]
    assert (library.changes(), library.work("book").updated) == (changes, updated)
    assert len(library.kept_pages("book")) == 4


def test_another_name_shows_it_and_such_a_name_hides_a_page(library: Library, book: Path) -> None:
    ingest(library, book)
    changes = len(library.changes())
    (book / "0000_target.tif").rename(book / "0000.tif")
    workers = FakeWorkerPool()
    assert said(ingest(library, book, workers=workers), "0000.tif") == []
    assert shown(library) == ["0000_target", "0001", "0002"]
    assert (workers.built, len(library.changes())) == ([], changes + 1)
    (book / "0000.tif").rename(book / "target.tif")
    ingest(library, book)
    assert (shown(library), len(library.changes())) == (["0001", "0002"], changes + 2)


def test_what_readers_have_seen_stays_a_page_and_the_librarian_is_told(library: Library, book: Path) -> None:
    for name in ("0001.tif", "0002.tif"):
        (book / name).unlink()
    assert said(ingest(library, book), "0000_target.tif") == []
    assert shown(library) == ["0000_target"]
    scan(book, "0001.tif")
    assert said(ingest(library, book), "0000_target.tif") == ["target-shown"]
    scan(book, "0000_target.tif", "1000x1500 scanned anew")
    ingest(library, book)
    assert shown(library) == ["0000_target", "0001"]


def test_a_target_scanned_anew_stays_hidden(library: Library, book: Path) -> None:
    ingest(library, book)
    scan(book, "0000_target.tif", "1000x1500 scanned anew")
    assert [one.verdict for one in ingest(library, book) if one.file.endswith("target.tif")] == [Verdict.CHANGED]
    assert shown(library) == ["0001", "0002"]


def test_where_no_page_can_be_taken_in_a_target_makes_no_work(library: Library, book: Path) -> None:
    scan(book, "0001.tif", "torn"), scan(book, "0002.tif", "torn")
    outcomes = {Path(one.file).name: one.verdict for one in ingest(library, book)}
    assert outcomes["0000_target.tif"] == Verdict.UNCHANGED
    assert library.works() == []
    scan(book, "0001.tif")
    ingest(library, book)
    assert [page.id for page in library.kept_pages("book")] == ["0000_target", "0001"]


def test_the_last_page_is_not_pruned_for_a_target_s_sake(library: Library, book: Path) -> None:
    ingest(library, book)
    (book / "0001.tif").unlink(), (book / "0002.tif").unlink()
    ingest(library, book, prune=True)
    assert shown(library) == ["0001", "0002"]


def test_its_number_is_missing_between_no_pages(library: Library, scans: Path) -> None:
    for name in ("1.tif", "2.tif", "3.tif", "target_1.tif", "target_2.tif", "target_4.tif"):
        scan(scans / "book", name)
    assert said(ingest(library, scans / "book"), "book") == []


def test_its_text_is_used_for_nothing(library: Library, book: Path) -> None:
    for stem in ("0000_target", "0001", "0002"):
        (book / f"{stem}.txt").write_text(f"{stem} thang xám")
    outcomes = ingest(library, book)
    assert said(outcomes, "0000_target.txt") == ["unused"]
    assert [hit.page for hit in library.search("xám", work="book")] == ["0001", "0002"]
    (book / "0001.tif").rename(book / "target_2.tif")
    (book / "0001.txt").rename(book / "target_2.txt")
    ingest(library, book)
    assert [hit.page for hit in library.search("xám", work="book")] == ["0002"]


def test_a_page_is_not_taken_for_a_target_by_the_folder_s_own_name(library: Library, scans: Path) -> None:
    scan(scans / "target", "0001.tif")
    ingest(library, scans)
    assert library.work("target").pages == 1
