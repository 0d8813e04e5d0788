"""The values of collections: where a work has its place among others, and what it is held in after an ingest."""

import pytest

from manifests.collection import CollectionRecord, Held, Membership, held_after, member_key, part_key

MAPS, BOOKS = CollectionRecord("Ban-do", {}), CollectionRecord("Sach", {})


@pytest.mark.parametrize(
    "works",
    [
        ["Tap-1", "Tap-2", "Tap-10", "Tap-100"],
        ["Tap-001", "Tap-2", "Tap-0010"],
        ["1917", "Kieu", "Kieu-2"],
    ],
)
def test_works_stand_in_the_order_in_which_people_count(works: list[str]) -> None:
    assert sorted(works, key=member_key) == works


def test_a_rank_counts_more_than_an_id_and_works_without_one_come_last() -> None:
    ranked = {"z": "1", "y": "2", "x": "10", "a": ""}
    assert sorted(ranked, key=lambda work: member_key(work, ranked[work])) == ["z", "y", "x", "a"]
    dated = {"c": "1917-07-01", "b": "1917-11-01", "a": "1918"}
    assert sorted(dated, key=lambda work: member_key(work, dated[work])) == ["c", "b", "a"]


def test_no_two_works_have_one_place() -> None:
    works = ["a1", "a01", "a001", "a1.a01", "a", "A-1", "a-1"]
    assert len({member_key(work) for work in works}) == len(works)


def test_collections_stand_before_works_in_the_order_of_their_file() -> None:
    keys = [part_key(0, "z"), part_key(1, "a"), part_key(12, "b"), member_key("0"), member_key("a")]
    assert sorted(keys) == keys


def test_what_was_given_stays_and_what_a_record_said_is_what_it_says_now() -> None:
    given = held_after({}, [Membership(MAPS, given=True), Membership(BOOKS)])
    assert given == {"ban-do": Held(True, False), "sach": Held(False, True)}
    assert held_after(given, []) == {"ban-do": Held(True, False)}
    assert held_after(given, [Membership(MAPS)]) == {"ban-do": Held(True, True)}


def test_a_work_leaves_what_it_was_given_to_but_not_what_its_record_says() -> None:
    both = held_after({}, [Membership(MAPS, given=True), Membership(BOOKS)])
    assert held_after(both, [Membership(BOOKS)], ["BAN-DO", "Sach"]) == {"sach": Held(False, True)}
