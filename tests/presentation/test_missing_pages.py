"""Pages without an image: where their canvases stand, what they are called, when there are none."""

from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.metadata.record import Chapter, PageNote, Record
from manifests.presentation import v2, v3
from manifests.presentation.leaves import leaves_of
from manifests.presentation.missing_pages import gap_label, statement_of
from tests.presentation.make import page, pages, work

HERE = Addresses("https://example.org")


def counted(*names: str, **labels: str) -> Record:
    """A record that counts pages."""
    notes = tuple(PageNote(name, {"none": (labels[f"p{name}"],)} if f"p{name}" in labels else {}) for name in names)
    return Record(pages=notes, sequence=names)


def ids(record: Record, count: int) -> list[str]:
    return [one.id for one in leaves_of(pages(count), record)]


def test_a_page_without_an_image_stands_where_the_record_counts_it() -> None:
    record = counted("0000", "0001", "0001a", "0001b", "0002", "0003")
    assert ids(record, 3) == ["0000", "0001", "0001a", "0001b", "0002", "0003"]


def test_where_all_pages_are_here_there_are_no_more_canvases() -> None:
    assert ids(counted("0001", "0002"), 2) == ["0001", "0002"]
    assert ids(Record(pages=(PageNote("0009"),)), 2) == ["0001", "0002"]
    assert statement_of(counted("0001", "0002"), pages(2)) is None


def test_a_page_written_by_hand_stands_behind_the_one_that_it_names() -> None:
    told = [("0001b", "0001"), ("0001d", "0001"), ("0001c", "0001b"), ("last", "nowhere")]
    record = Record(pages=tuple(PageNote(name, is_missing=True, after=after) for name, after in told))
    assert ids(record, 4) == ["0001", "0001b", "0001c", "0001d", "0002", "0003", "0004", "last"]
    assert ids(Record(pages=(PageNote("0002", is_missing=True, after="0001"),)), 2) == ["0001", "0002"]


def test_the_label_says_so_in_its_language() -> None:
    assert gap_label(PageNote("2", {"none": ("2a",)})) == {"vi": ["2a (thiếu)"], "en": ["2a (missing)"]}
    found = gap_label(PageNote("2", {"vi": ("Tờ 2",), "fr": ("f. 2",)}))
    assert found == {"vi": ["Tờ 2 (thiếu)"], "fr": ["f. 2 (missing)"]}


def test_of_a_sample_of_a_work_no_book_of_empty_canvases_is_made() -> None:
    record = counted(*(f"{n:04}" for n in range(1, 8)))
    assert ids(record, 3) == ["0001", "0002", "0003"]
    assert statement_of(record, pages(3)) == (
        {"vi": ["Trang không có ảnh"], "en": ["Pages without an image"]},
        {"none": ["4, 5, 6, 7 (4)"]},
    )


def test_long_lists_are_cut_and_what_looks_like_markup_is_text() -> None:
    record = counted("0001", *(f"x{n}" for n in range(30)), p0001="i", px0="<b>1</b>")
    told = statement_of(record, pages(1))
    assert told is not None
    (value,) = told[1]["none"]
    assert "x19 ... (30)" in value
    assert "x20" not in value
    assert "<b>" not in value


def test_an_id_is_that_which_the_page_would_have_unless_it_is_taken() -> None:
    found = leaves_of([*pages(2), page("TO-2")], counted("0001", "Tờ 2", "tờ-2", "。", "0002"))
    assert [one.id for one in found] == ["0001", "To-2-2", "to-2-3", "page", "0002", "TO-2"]


def test_it_is_as_large_as_the_page_beside_it() -> None:
    small, large = page("0001", (100, 200)), page("0002", (300, 400))
    found = leaves_of([small, large], counted("0000", "0001", "0002", "0003"))
    assert [(one.width, one.height) for one in found] == [(100, 200), (100, 200), (300, 400), (300, 400)]


@pytest.mark.parametrize("v", [v3, v2])
def test_recipe_0283_both_versions_have_the_canvas_its_label_and_the_line(v: Any) -> None:
    record = counted("0001", "0001a", "0002", p0001a="1b")
    made = str(v.manifest(work(), pages(2), HERE, record=record))
    assert "https://example.org/iiif/presentation/3/Sach-co/canvas/0001a" in made
    assert "1b (thiếu)" in made
    assert "1b (missing)" in made
    assert "Pages without an image" in made
    items = v3.manifest(work(), pages(2), HERE, record=record)["items"]
    assert [len(canvas["items"]) for canvas in items] == [1, 0, 1]


def test_a_chapter_begins_on_its_own_page_though_that_has_no_image() -> None:
    chapter = Chapter({"vi": ("Tựa",)}, "0000", "0001")
    record = Record(pages=(PageNote("0000"), PageNote("0001")), sequence=("0000", "0001"), chapters=(chapter,))
    (found,) = v3.manifest(work(), pages(1), HERE, record=record)["structures"]
    assert [item["id"].rpartition("/")[2] for item in found["items"]] == ["0000", "0001"]
    assert [len(one["canvases"]) for one in v2.manifest(work(), pages(1), HERE, record=record)["structures"][1:]] == [2]
