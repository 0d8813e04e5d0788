"""A lane gives way to everything else on the machine."""

import asyncio
import os
import threading

from server.derivatives.lane import Lane


def test_its_threads_give_way_and_no_other_does() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    here = priority()
    lane = Lane("quick", threads=1, patience=1, places=1)
    assert asyncio.run(lane.run(priority, 0.1, lambda: None)) == max(here, 10)
    assert priority() == here


def test_a_drawing_that_alone_is_more_than_may_wait_is_let_in_where_nothing_else_is() -> None:
    lane = Lane("costly", threads=1, patience=1, places=1)
    assert asyncio.run(lane.run(lambda: "done", 5.0, lambda: None)) == "done"
