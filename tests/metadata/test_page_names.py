"""Which page a record means by a name."""

from manifests.metadata.page_names import places_of

PAGES = [("book/0001.tif", "0001"), ("book/a\u0302n.tif", "an"), ("book/x.1.tif", "x.1")]


def test_a_name_is_the_files_without_its_ending_or_the_id_of_the_page() -> None:
    assert places_of(["0001", "ân", "an", "x.1", "9"], PAGES) == {"0001": 0, "ân": 1, "an": 1, "x.1": 2}


def test_what_an_export_has_added_to_the_name_does_not_matter() -> None:
    assert places_of(["0001.tif.large", "x.1.jpg"], PAGES) == {"0001.tif.large": 0, "x.1.jpg": 2}


def test_other_names_mean_the_pages_by_their_order_where_there_are_as_many() -> None:
    assert places_of(["a", "b", "c"], PAGES) == {"a": 0, "b": 1, "c": 2}
    assert places_of(["a", "b"], PAGES) == {}
    assert places_of([], []) == {}
