"""Works on their way through an ingest: a few at a time, each from its folder to its transaction.

A work is begun when there is room, its files are hashed where that is needed, its pyramids are made, and it is finished
as soon as the last of them is there. So nothing waits for a plan of the whole, and memory holds the works in hand
alone. What is to be said of them is said in the order in which they were begun, whichever of them is finished first:
two runs over the same files give the same report. The workers are opened with the first master that has to be read.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol

from manifests.ingest.pyramid_maker import OpenPyramidMaker, PyramidMaker
from manifests.ingest.report import Outcome

_WAITING_PER_WORKER = 2
"""Masters handed to the workers beyond those in hand: enough that no worker waits, few enough that Ctrl-C is quick."""


@dataclass(frozen=True, slots=True)
class Order:
    """One thing for the workers to do, and who wants to hear of what came of it."""

    give: Callable[[PyramidMaker], Future[Any]]
    take: Callable[[Any], None]


class WorkOnItsWay(Protocol):
    """One work. It is asked for orders again when all that it gave are done; when it has none it is finished."""

    def orders(self) -> Sequence[Order]: ...
    def finish(self) -> Iterator[Outcome]: ...

    @property
    def lets_others_begin(self) -> bool:
        """False as long as what the next works are called may depend on this one."""


@dataclass(eq=False, slots=True)
class _InHand:
    """`rows`: what came of it, once it is finished, until it is its turn to be told."""

    work: WorkOnItsWay
    left: int = 0
    rows: list[Outcome] | None = None


class Pipeline:
    """`works` is walked as there is room: what it yields is begun at once."""

    def __init__(self, works: Iterator[WorkOnItsWay], open_pyramid_maker: OpenPyramidMaker, jobs: int) -> None:
        self._works = works
        self._open = open_pyramid_maker
        self._room = jobs * (1 + _WAITING_PER_WORKER)
        self._has_more = True
        self._waiting: deque[tuple[_InHand, Order]] = deque()
        self._in_hand: dict[Future[Any], tuple[_InHand, Order]] = {}
        self._ended: deque[_InHand] = deque()
        self._to_be_told: deque[_InHand] = deque()
        self._workers: PyramidMaker | None = None
        self._blocking: _InHand | None = None

    def run(self) -> Iterator[Outcome]:
        with ExitStack() as stack:
            while True:
                self._begin_works()
                self._hand_over(stack)
                if self._ended:
                    yield from self._finish(self._ended.popleft())
                elif self._in_hand:
                    self._take_what_is_done()
                elif not self._has_more:
                    return

    def _finish(self, one: _InHand) -> Iterator[Outcome]:
        """The work whose turn it is tells its rows as they come: OCR may take long between two of them."""
        if one is not self._to_be_told[0]:
            one.rows = list(one.work.finish())
            return
        self._to_be_told.popleft()
        yield from one.work.finish()
        while self._to_be_told and (rows := self._to_be_told[0].rows) is not None:
            self._to_be_told.popleft()
            yield from rows

    def _begin_works(self) -> None:
        """One that has nothing to be read is finished before the next is begun."""
        while self._has_more and not self._ended and self._blocking is None:
            if len(self._waiting) + len(self._in_hand) >= self._room:
                return
            work = next(self._works, None)
            if work is None:
                self._has_more = False
                return
            one = _InHand(work)
            self._to_be_told.append(one)
            self._waiting.extend(self._next_orders(one))

    def _next_orders(self, one: _InHand) -> list[tuple[_InHand, Order]]:
        orders = one.work.orders()
        one.left = len(orders)
        if not orders:
            self._ended.append(one)
        if not one.work.lets_others_begin:
            self._blocking = one
        elif self._blocking is one:
            self._blocking = None
        return [(one, order) for order in orders]

    def _hand_over(self, stack: ExitStack) -> None:
        while self._waiting and len(self._in_hand) < self._room:
            if self._workers is None:
                self._workers = stack.enter_context(self._open())
            one, order = self._waiting.popleft()
            self._in_hand[order.give(self._workers)] = one, order

    def _take_what_is_done(self) -> None:
        for future in wait(self._in_hand, return_when=FIRST_COMPLETED).done:
            one, order = self._in_hand.pop(future)
            order.take(future.result())
            one.left -= 1
            if not one.left:  # a work that was begun before others is ended before them
                self._waiting.extendleft(reversed(self._next_orders(one)))
