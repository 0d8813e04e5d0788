"""The catalogue: states, the change log, keyset lists, tombstones, staging, and no question without an index."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from manifests.addresses import TOP
from manifests.catalog import Catalog, FileFinding, KnownHash, Staged
from manifests.collection import CollectionRecord, Membership
from manifests.errors import Missing
from manifests.findings import make_finding
from manifests.model import ChangeKind, Master, OcrEngine, PageState, Pyramid, Recognition, State
from tests.catalog.make import NOON, page, save

EVERY_STATE = tuple(State)


@pytest.fixture
def catalog(tmp_path: Path):
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    yield catalog
    catalog.close()


def kinds(catalog: Catalog) -> list[tuple[str, ChangeKind]]:
    return [(change.work, change.kind) for change in catalog.changes(0, 100)]


def test_a_work_comes_back_as_it_was_saved(catalog):
    work = save(catalog, "kieu", "ab")
    assert (work.state, work.pages, work.first_image, work.first_size) == (State.PUBLIC, 2, "kieu~a", (2000, 3000))
    without_index = [page("kieu", name) for name in "ab"]
    assert [known.page.id for known in catalog.pages("kieu")] == [known.page.id for known in without_index]
    assert catalog.page("kieu", "b")[1] == page("kieu", "b")


def test_an_id_in_another_case_is_taken_but_is_not_that_work(catalog):
    save(catalog, "kieu")
    assert catalog.is_taken("KIEU")
    with pytest.raises(Missing):
        catalog.work("KIEU")
    with pytest.raises(Missing):
        catalog.page("kieu", "A")


def test_a_known_work_keeps_its_state_whatever_is_asked(catalog):
    save(catalog, "kieu", draft=True)
    assert save(catalog, "kieu", draft=False).state == State.DRAFT
    catalog.set_state("kieu", State.WITHDRAWN, NOON)
    assert save(catalog, "kieu").state == State.WITHDRAWN


def test_the_log_tells_what_the_public_could_see(catalog):
    save(catalog, "draft", draft=True)
    save(catalog, "kieu")
    save(catalog, "kieu")
    catalog.set_state("kieu", State.WITHDRAWN, NOON)
    catalog.set_state("kieu", State.PUBLIC, NOON)
    catalog.set_state("kieu", State.REMOVED, NOON)
    catalog.set_state("draft", State.REMOVED, NOON)
    assert kinds(catalog) == [
        ("kieu", ChangeKind.CREATED),
        ("kieu", ChangeKind.UPDATED),
        ("kieu", ChangeKind.WITHDRAWN),
        ("kieu", ChangeKind.CREATED),
        ("kieu", ChangeKind.REMOVED),
    ]


def test_a_removed_work_leaves_tombstones_and_comes_back_under_its_id(catalog):
    save(catalog, "kieu", documents={3: ("maker", "digest", b"{}")})
    catalog.set_state("kieu", State.REMOVED, NOON)
    found = catalog.page("kieu", "a")
    assert (found.work_state, found.record.state) == (State.REMOVED, PageState.PRUNED)
    assert catalog.document("kieu", 3) is None
    work = catalog.work("kieu")
    assert (work.text, work.pages, work.first_image, work.first_size) == (None, 0, None, None)
    assert save(catalog, "kieu", returns=True).state == State.PUBLIC
    assert kinds(catalog)[-1] == ("kieu", ChangeKind.CREATED)


def test_a_removed_work_waits_until_the_index_has_forgotten_it(catalog):
    save(catalog, "kieu", text="kieu.1.words", text_changed=True)
    catalog.indexed([("kieu", 1)])
    catalog.set_state("kieu", State.REMOVED, NOON)
    assert [(work.id, work.text, wanted) for work, wanted in catalog.waiting(10)] == [("kieu", None, 2)]


def test_a_work_removed_while_it_was_being_made_stays_removed(catalog):
    save(catalog, "kieu")
    catalog.set_state("kieu", State.REMOVED, NOON)
    assert save(catalog, "kieu", returns=False).state == State.REMOVED


def test_lists_are_walked_by_the_last_id_seen(catalog):
    for number in range(7):
        save(catalog, f"w{number}")
    seen, after = [], None
    while batch := catalog.works((State.PUBLIC,), after, 3):
        seen += [work.id for work in batch]
        after = batch[-1].id
    assert seen == [f"w{number}" for number in range(7)]


def test_the_pages_of_the_root_begin_where_the_list_says(catalog):
    for number in range(7):
        save(catalog, f"w{number}")
    top = catalog.collections
    keys = ["", *top.keys(TOP, 3)]
    assert [[member.what.id for member in top.page(TOP, key, 3)] for key in keys] == [
        ["w0", "w1", "w2"],
        ["w3", "w4", "w5"],
        ["w6"],
    ]
    assert [top.start(TOP, key) for key in keys] == [0, 3, 6]
    assert [top.key_before(TOP, key, 3) for key in keys[1:]] == ["", keys[1]]
    assert top.find(TOP).total == 7


def test_a_pruned_page_keeps_its_row_and_frees_its_pyramid(catalog):
    save(catalog, "kieu", "ab")
    pages = [page("kieu", "a"), page("kieu", "b", PageState.PRUNED)]
    assert save(catalog, "kieu", pages=pages).pages == 1
    assert catalog.page("kieu", "b")[1].state == PageState.PRUNED
    assert catalog.pyramids() == {"pyramids/kieu/a.tif"}


def test_a_page_written_back_without_its_tile_index_keeps_it(catalog):
    save(catalog, "kieu", "a")
    save(catalog, "kieu", pages=catalog.pages("kieu"))
    assert catalog.page("kieu", "a")[1].page.pyramid.index == b"tiles of a"


def test_staged_pyramids_are_taken_over_by_their_works_transaction(catalog):
    pyramid = Pyramid("pyramids/kieu/a.tif", 20, 30, "d", 4, 1, True, b"i")
    staged = Staged(
        "a.tif", 5, 6, "s", Master("png", 20, 30, 8, 1, "grey"), pyramid, (make_finding("no-profile", assumed="x"),)
    )
    catalog.stage("scans", "kieu", staged)
    catalog.stage("scans", "kieu", staged)
    assert catalog.staged("scans", "kieu") == {("a.tif", 1): staged}
    assert catalog.pyramids() == {"pyramids/kieu/a.tif"}
    save(catalog, "kieu")
    assert catalog.staged("scans", "kieu") == {}


def test_the_row_to_index_waits_until_its_own_generation_is_taken(catalog):
    save(catalog, "kieu", text="kieu.1.words", text_changed=True)
    [(work, wanted)] = catalog.waiting(10)
    save(catalog, "kieu", text="kieu.2.words", text_changed=True)
    catalog.indexed([(work.id, wanted)])
    [(_, newer)] = catalog.waiting(10)
    catalog.indexed([("kieu", newer)])
    assert (wanted, newer, catalog.waiting(10)) == (1, 2, [])


def test_a_new_work_and_a_new_title_are_to_index_and_nothing_else_is(catalog):
    save(catalog, "kieu")
    assert [generation for _, generation in catalog.waiting(10)] == [1]
    catalog.indexed([("kieu", 1)])
    save(catalog, "kieu", "ab")
    assert catalog.waiting(10) == []
    save(catalog, "kieu", label={"vi": ["Truyện Kiều"]})
    assert [generation for _, generation in catalog.waiting(10)] == [2]


def test_only_what_lies_in_a_folder_is_below_it(catalog):
    for number, folder in enumerate(("a", "a/b", "a b", "a-c", "a0b", "ab")):
        save(catalog, f"w{number}", folder=folder)
    assert [work.folder for work in catalog.works_below("scans", "a")] == ["a", "a/b"]
    assert len(catalog.works_below("scans", "")) == 6


MADE_BY_THE_QUESTION = ("SCAN (subquery", "SCAN anon_", "SCAN below", "SCAN around_it", "SCAN CONSTANT ROW")


def ask_all_of_collections(catalog: Catalog) -> None:
    kept = catalog.collections
    kept.describe([CollectionRecord("maps", {"vi": ["Bản đồ"]}, parent="top")], NOON)
    kept.all(), kept.find("maps"), kept.path("maps"), kept.of_work("kieu"), kept.held("kieu")
    kept.page(TOP, "a", 10), kept.parts(TOP, "", 10), kept.start(TOP, "a"), kept.keys(TOP, 10)
    kept.key_before(TOP, "a", 10), kept.public_below("maps"), kept.works_below("maps", EVERY_STATE, "", 10)
    kept.with_text(10, 10)


def test_no_question_runs_without_an_index(catalog, tmp_path):
    asked: list[tuple[str, tuple]] = []
    event.listen(
        catalog._engine,
        "before_cursor_execute",
        lambda _c, _k, statement, values, *_: asked.append((statement, values)),
    )
    save(catalog, "kieu", text="t", text_changed=True, findings=[FileFinding("f", None, make_finding("unused"))])
    for given in ([Membership(CollectionRecord("maps", {"vi": ["Bản đồ"]}), given=True)], []):
        save(catalog, "kieu", stands_in=given, leaves=[] if given else ["maps"])
    staged = Staged("a.tif", 5, 6, "s", Master("png", 1, 1, 8, 1, "grey"), Pyramid("p", 1, 1, "d", 4, 1, True, b""), ())
    catalog.stage("scans", "kieu", staged)
    catalog.set_state("kieu", State.WITHDRAWN, NOON)
    catalog.works(EVERY_STATE, "a", 10), catalog.works((State.PUBLIC,), "a", 10), catalog.count((State.PUBLIC,))
    catalog.work("kieu"), catalog.work_of_folder("scans", "kieu"), catalog.works_below("scans", "k")
    catalog.pages("kieu"), catalog.page("kieu", "a"), catalog.document("kieu", 3), catalog.is_taken("kieu")
    catalog.document_stamp("kieu", 3), catalog.last_change(), catalog.records("kieu")
    catalog.shared_record("kieu", "MODS")
    catalog.findings("scans", "kieu"), catalog.changes(0, 10), catalog.staged("scans", "kieu"), catalog.waiting(10)
    catalog.indexed([("kieu", 1)])
    catalog.note_hash("scans", "kieu", KnownHash("a.tif", 5, 6, "s")), catalog.hashes("scans", "kieu")
    catalog.note_file_by_file("scans", "maps"), catalog.is_file_by_file("scans", "maps")
    catalog.note_recognition("kieu", "a", Recognition(OcrEngine("t", "5", "vie", "m"), "a1" * 32, "f"))
    catalog.recognitions("kieu"), catalog.recognition_files()
    catalog.works_with_lengths([5678]), catalog.folders(), catalog.removed()
    catalog.generations(), catalog.index_again(["kieu"]), catalog.texts(), catalog.pyramids()
    ask_all_of_collections(catalog)
    catalog.fixity.sound_since("kieu", "text")
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        steps = [
            (row[3], statement)
            for statement, values in asked
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    unindexed = [step for step in steps if step[0].startswith("SCAN") and "INDEX" not in step[0]]
    assert len(asked) > 30
    # A queue is walked in its own order, and so are the rows that a question has numbered or found itself.
    assert [step for step in unindexed if not step[0].startswith(("SCAN to_index", *MADE_BY_THE_QUESTION))] == []
