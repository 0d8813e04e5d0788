"""Works on their way: begun in order, a few at a time, finished as soon as they can be."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from manifests.ingest.pipeline import Order, Pipeline
from manifests.ingest.report import Outcome, Verdict


class Log(list[str]):
    """What happened, in order. Workers that answer at once."""

    @contextmanager
    def __call__(self) -> Iterator[object]:
        self.append("open")
        yield self
        self.append("close")


class Work:
    """Has so many rounds of so many orders; the first round decides its name where it is `unnamed`."""

    def __init__(self, log: Log, name: str, *rounds: int, unnamed: bool = False) -> None:
        self.log, self.name, self.rounds, self.unnamed = log, name, list(rounds), unnamed

    def orders(self) -> list[Order]:
        if not self.rounds:
            self.unnamed = False
            return []
        return [self.order(number) for number in range(self.rounds.pop(0))]

    def order(self, number: int) -> Order:
        def give(_workers):
            future = Future()
            future.set_result(number)
            self.log.append(f"{self.name}{number}")
            return future

        return Order(give, lambda _: None)

    @property
    def lets_others_begin(self) -> bool:
        return not self.unnamed

    def finish(self) -> Iterator[Outcome]:
        self.log.append(f"end {self.name}")
        yield Outcome(self.name, self.name, None, Verdict.ADDED)


def run(works: Iterator[Work], log: Log, jobs: int = 1) -> list[str]:
    return [outcome.file for outcome in Pipeline(works, log, jobs).run()]


def test_works_without_orders_are_finished_one_by_one_and_open_no_workers() -> None:
    log = Log()
    assert run((Work(log, name) for name in "abc"), log) == ["a", "b", "c"]
    assert log == ["end a", "end b", "end c"]


def test_orders_are_given_in_the_order_of_the_works() -> None:
    log = Log()
    run((Work(log, name, 2) for name in "abc"), log)
    assert [step for step in log if step[-1].isdecimal() and " " not in step] == ["a0", "a1", "b0", "b1", "c0", "c1"]


def test_workers_are_opened_with_the_first_order_and_once() -> None:
    log = Log()
    run((Work(log, name, 1) for name in "abcdefgh"), log)
    assert log[0] == "open"
    assert log.count("open") == 1


def test_only_so_many_works_are_begun_as_there_is_room_for() -> None:
    log, begun = Log(), []

    def works() -> Iterator[Work]:
        for number in range(100):
            begun.append(number)
            yield Work(log, f"w{number}-", 1)

    next(Pipeline(works(), log, jobs=2).run())
    assert len(begun) < 15


def test_nothing_begins_before_the_name_of_the_work_in_front_is_known() -> None:
    log = Log()
    run(iter([Work(log, "a", 2, unnamed=True), Work(log, "b", 1)]), log)
    assert log.index("b0") > log.index("end a")


class Slow(Work):
    """Its one order is done when another work is finished."""

    def __init__(self, log: Log, name: str) -> None:
        super().__init__(log, name, 1)
        self.future: Future[int] = Future()

    def order(self, number: int) -> Order:
        return Order(lambda _workers: self.future, lambda _: None)


class Frees(Work):
    def __init__(self, log: Log, name: str, slow: Slow) -> None:
        super().__init__(log, name, 1)
        self.slow = slow

    def finish(self) -> Iterator[Outcome]:
        self.slow.future.set_result(0)
        return super().finish()


def test_what_is_finished_first_waits_to_be_told_until_it_is_its_turn() -> None:
    log = Log()
    slow = Slow(log, "a")
    assert run(iter([slow, Frees(log, "b", slow), Work(log, "c")]), log, jobs=2) == ["a", "b", "c"]
    assert log.index("end b") < log.index("end a")
