"""A work gets another id in one transaction: all of it or none, and no id leads to two works."""

from pathlib import Path

import pytest
from sqlalchemy import event

from manifests.catalog import Catalog, IdChanged
from manifests.errors import Missing, Misused
from manifests.model import ChangeKind, OcrEngine, Recognition, State
from tests.catalog.make import NOON, save

OLD_DOCUMENTS = {3: ("maker", "of kieu", b"kieu")}
NEW_DOCUMENTS = {3: ("maker", "of Truyen-Kieu", b"Truyen-Kieu")}
DIGESTS = {3: "of kieu"}


@pytest.fixture
def catalog(tmp_path: Path):
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    save(catalog, "kieu", "ab", documents=OLD_DOCUMENTS, text="kieu.1.words", text_changed=True)
    yield catalog
    catalog.close()


def rename(catalog: Catalog, old: str = "kieu", new: str = "Truyen-Kieu", digests: dict | None = None) -> bool:
    return catalog.ids.rename(old, new, NEW_DOCUMENTS, DIGESTS if digests is None else digests, NOON)


def told(catalog: Catalog) -> object:
    """All that anybody can be told of the works."""
    states = tuple(State)
    names = ["kieu", "Truyen-Kieu"]
    return (
        [work for work in catalog.works(states, None, 9)],
        [catalog.document(name, 3) for name in names],
        [catalog.ids.of(name) for name in names],
        [[record.page.image for record in catalog.pages(name)] for name in names],
        catalog.changes(0, 9),
        catalog.waiting(9),
        catalog.version(),
    )


def test_everything_of_the_work_has_the_new_id(catalog):
    assert rename(catalog)
    work = catalog.work("Truyen-Kieu")
    assert (work.id, work.first_image, work.pages) == ("Truyen-Kieu", "Truyen-Kieu~a", 2)
    assert catalog.document("Truyen-Kieu", 3) == NEW_DOCUMENTS[3]
    assert [record.page.image for record in catalog.pages("Truyen-Kieu")] == ["Truyen-Kieu~a", "Truyen-Kieu~b"]
    assert [record.page.pyramid.file for record in catalog.pages("Truyen-Kieu")] == [
        "pyramids/kieu/a.tif",
        "pyramids/kieu/b.tif",
    ]
    assert [work.id for work, _ in catalog.waiting(9)] == ["Truyen-Kieu"]


def test_who_began_with_the_former_id_goes_on_with_it(catalog):
    rename(catalog)
    catalog.note_recognition("kieu", "a", Recognition(OcrEngine("t", "5", "vie", "m"), "a1" * 32, "f"))
    assert catalog.work("kieu") == catalog.work("Truyen-Kieu")
    assert catalog.pages("kieu") == catalog.pages("Truyen-Kieu")
    assert catalog.page("kieu", "a") == catalog.page("Truyen-Kieu", "a")
    assert catalog.recognitions("kieu").keys() == catalog.recognitions("Truyen-Kieu").keys() == {"a"}
    assert catalog.document_stamp("kieu", 3) == catalog.document_stamp("Truyen-Kieu", 3)


def test_what_was_made_under_the_former_id_is_not_stored(catalog):
    rename(catalog)
    with pytest.raises(IdChanged):
        save(catalog, "kieu", "abc")
    assert len(catalog.pages("Truyen-Kieu")) == 2


def test_a_new_work_is_not_stored_under_an_id_that_was_given_meanwhile(catalog):
    rename(catalog)
    for name in ("Truyen-Kieu", "KIEU"):
        with pytest.raises(IdChanged):
            save(catalog, name, folder="other", is_new=True)


def test_the_log_names_both(catalog):
    rename(catalog)
    *_, change = catalog.changes(0, 9)
    assert (change.kind, change.old_id, change.new_id, change.work) == (
        ChangeKind.RENAMED,
        "kieu",
        "Truyen-Kieu",
        "Truyen-Kieu",
    )


def test_of_a_draft_the_log_says_nothing(catalog):
    save(catalog, "draft", draft=True)
    before = catalog.changes(0, 9)
    assert rename(catalog, "draft", "published-later", {})
    assert catalog.changes(0, 9) == before


def test_former_ids_lead_to_the_present_one_in_one_step_in_the_order_of_time(catalog):
    rename(catalog, "kieu", "b")
    rename(catalog, "b", "c", {3: "of Truyen-Kieu"})
    assert (catalog.work("kieu").id, catalog.work("b").id) == ("c", "c")
    assert catalog.ids.of("c") == ["kieu", "b"]


def test_a_work_may_have_its_former_id_back_and_no_other_may(catalog):
    rename(catalog)
    save(catalog, "other")
    for wish in ("kieu", "KIEU", "truyen-kieu"):
        with pytest.raises(Misused, match=r"still leads there|of another work"):
            rename(catalog, "other", wish, {})
        assert catalog.is_taken(wish)
    assert rename(catalog, "Truyen-Kieu", "kieu", {3: "of Truyen-Kieu"})
    assert (catalog.work("Truyen-Kieu").id, catalog.ids.of("kieu")) == ("kieu", ["Truyen-Kieu"])


def test_letter_case_alone_may_change(catalog):
    rename(catalog, "kieu", "Kieu")
    assert (catalog.work("kieu").id, catalog.work("Kieu").id) == ("Kieu", "Kieu")
    with pytest.raises(Missing):
        catalog.work("KIEU")
    rename(catalog, "Kieu", "kieu", {3: "of Truyen-Kieu"})
    assert (catalog.work("Kieu").id, catalog.ids.of("kieu")) == ("kieu", ["Kieu"])


def test_nothing_is_done_where_the_documents_are_others_by_now_or_the_id_is(catalog):
    before = told(catalog)
    assert not rename(catalog, digests={3: "of another kieu"})
    assert not rename(catalog, "KIEU")
    assert not rename(catalog, "nothing")
    assert told(catalog) == before


class Killed(Exception):
    pass


def test_stopped_at_any_statement_all_is_as_it_was(catalog):
    before = told(catalog)
    left = [0]

    def kill(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    event.listen(catalog._engine, "after_cursor_execute", kill)
    for statements in range(1, 50):
        left[0] = statements
        try:
            rename(catalog)
            break
        except Killed:
            left[0] = 0
            assert told(catalog) == before
    left[0] = 0
    assert statements > 8
    assert catalog.work("kieu").id == "Truyen-Kieu"
