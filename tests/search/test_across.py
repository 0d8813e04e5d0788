"""Across works: the engine names them, the scan proves it."""

from contextlib import AbstractContextManager, nullcontext

from manifests.search import across
from manifests.search.engine import Candidate, Writer
from manifests.text.store import WorkText
from tests.text.text_samples import work


class Names:
    """An engine that names works in the order it was given, whatever is asked."""

    def __init__(self, *works: str) -> None:
        self.works = works

    def find(self, query: str, limit: int | None = None) -> list[Candidate]:
        return [Candidate(name, 1 / n, 1) for n, name in enumerate(self.works, 1)][:limit]

    def writing(self) -> AbstractContextManager[Writer]:
        raise NotImplementedError

    def generations(self) -> dict[str, int]:
        return dict.fromkeys(self.works, 1)

    def close(self) -> None:
        nullcontext()


TEXTS: dict[str, WorkText] = {
    "marks": work(["thu vien"], ["thư viện"]),
    "exact": work(["thư viện thư viện"]),
    "near": work(["viện và thư"]),
    "changed": work(["không còn gì"]),
    "waiting": work(["thư viện"]),
}


def told(engine: Names, query: str, limit: int | None = None, also: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(hit.work, hit.tier) for hit in across.search(engine, TEXTS.get, query, limit, also=also)]


def test_hits_come_by_tier_then_in_the_order_of_the_engine() -> None:
    assert told(Names("near", "marks", "exact"), "thư viện") == [
        ("marks", "exact"),
        ("exact", "exact"),
        ("exact", "exact"),
        ("marks", "marks"),
        ("near", "near"),
    ]


def test_a_work_that_no_longer_says_it_or_is_not_to_be_read_is_dropped() -> None:
    assert told(Names("changed", "withdrawn", "near"), "thư viện") == [("near", "near")]


def test_works_that_wait_for_the_index_are_looked_into_as_well() -> None:
    assert told(Names("exact"), "thư viện", also=("waiting", "exact")) == [
        ("exact", "exact"),
        ("exact", "exact"),
        ("waiting", "exact"),
    ]


def test_a_limit_gives_the_first_of_the_whole_answer() -> None:
    engine = Names("near", "marks", "exact")
    whole = told(engine, "thư viện")
    for limit in range(1, 7):
        assert told(engine, "thư viện", limit) == whole[:limit]
