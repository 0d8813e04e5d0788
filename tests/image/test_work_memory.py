"""Memory that drawings borrow: never the same for two at a time, and not taken anew for each."""

import gc
import weakref
from contextlib import suppress

import numpy as np
import pytest

from server.image.work_memory import MOST_KEPT, PIECE, Bytes, WorkMemory


def place(piece: Bytes) -> int:
    return int(piece.ctypes.data)


def test_what_two_drawings_have_at_a_time_lies_apart() -> None:
    with WorkMemory() as one, WorkMemory() as other:
        pieces = [memory.take(1000) for memory in (one, other, one)]
        for number, piece in enumerate(pieces):
            piece[:] = number
        assert [set(np.unique(piece)) for piece in pieces] == [{0}, {1}, {2}]


def test_the_next_drawing_has_what_the_last_gave_back() -> None:
    with WorkMemory() as memory:
        first = place(memory.take(1000))
    with WorkMemory() as memory:
        assert place(memory.take(PIECE)) == first


def test_it_is_given_back_where_a_drawing_fails() -> None:
    def fails() -> None:
        with WorkMemory() as memory:
            places.append(place(memory.take(10)))
            raise ValueError

    places: list[int] = []
    for _ in range(2):
        with suppress(ValueError):
            fails()
    assert places[0] == places[1]


@pytest.mark.parametrize("length", [1000, PIECE + 1])
def test_what_only_libvips_still_reads_is_held_until_the_drawing_ends(length: int) -> None:
    with WorkMemory() as memory:
        held = weakref.ref(memory.take(length).base)
        gc.collect()
        assert held() is not None
    gc.collect()
    assert (held() is None) == (length > PIECE)


def test_a_large_one_is_as_large_as_asked_and_kept_by_nobody() -> None:
    with WorkMemory() as memory:
        assert memory.take(PIECE + 1).size == PIECE + 1
        kept = place(memory.take(1))
    with WorkMemory() as memory:
        assert place(memory.take(1)) == kept


def test_however_many_draw_at_a_time_only_so_many_pieces_are_kept() -> None:
    with WorkMemory() as memory:
        many = {place(memory.take(10)) for _ in range(2 * MOST_KEPT)}
        held = WorkMemory()  # keeps the allocator from giving the same places out again
    with held:
        again = [place(held.take(10)) for _ in range(MOST_KEPT)]
        assert set(again) <= many
