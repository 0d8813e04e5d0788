"""Which page a record means by a name."""

from manifests.metadata.page_names import as_named, notes_of, places_of
from manifests.metadata.record import Chapter, PageNote, Record

PAGES = [("book/0001.tif", "0001"), ("book/a\u0302n.tif", "an"), ("book/x.1.tif", "x.1")]


def test_a_name_is_the_files_without_its_ending_or_the_id_of_the_page() -> None:
    assert places_of(["0001", "ân", "an", "x.1", "9"], PAGES) == {"0001": 0, "ân": 1, "an": 1, "x.1": 2}


def test_what_an_export_has_added_to_the_name_does_not_matter() -> None:
    assert places_of(["0001.tif.large", "x.1.jpg"], PAGES) == {"0001.tif.large": 0, "x.1.jpg": 2}


def test_what_stands_before_the_dot_means_no_page_where_several_begin_so() -> None:
    pages = [("vol.1.tif", "vol.1"), ("vol.2.tif", "vol.2")]
    assert places_of(["vol.1", "vol.3"], pages) == {"vol.1": 0}


def test_other_names_mean_the_pages_by_their_order_where_there_are_as_many() -> None:
    assert places_of(["a", "b", "c"], PAGES) == {"a": 0, "b": 1, "c": 2}
    assert places_of(["a", "b", "c"], PAGES, may_count=False) == {}
    assert places_of(["a", "b"], PAGES) == {}
    assert places_of([], []) == {}


def test_a_page_that_is_missing_is_none_of_those_by_order() -> None:
    notes = tuple(map(PageNote, "abc"))
    gone = PageNote("d", is_missing=True)
    assert notes_of(Record(pages=(*notes, gone)), PAGES) == {0: notes[0], 1: notes[1], 2: notes[2]}


def test_a_record_gets_the_names_that_pages_have_here() -> None:
    inner = Chapter({}, "B", "B")
    record = Record(
        pages=(PageNote("A"), PageNote("B"), PageNote("C")),
        chapters=(Chapter({}, "A", "C", (inner,)),),
        sequence=("A", "B", "C"),
    )
    assert as_named(record, {"A": "1", "B": "2"}) == Record(
        pages=(PageNote("1"), PageNote("2"), PageNote("C")),
        chapters=(Chapter({}, "1", "C", (Chapter({}, "2", "2"),)),),
        sequence=("1", "2", "C"),
    )
