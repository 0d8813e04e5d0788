"""Ctrl-C that Python loses is raised again, and whatever else it could not raise is still told."""

import sys
from typing import Any

import pytest

from server.cli.interruption import LostInterrupt


class Dropped:
    """Raises when nothing refers to it any more, where nobody can catch it."""

    def __init__(self, error: type[BaseException]) -> None:
        self._error = error

    def __del__(self) -> None:
        raise self._error


def test_nothing_is_raised_where_nothing_was_lost() -> None:
    with LostInterrupt() as interrupt:
        interrupt.raise_again()


def test_a_lost_interrupt_is_raised_once_at_the_next_step() -> None:
    with LostInterrupt() as interrupt:
        Dropped(KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):
            interrupt.raise_again()
        interrupt.raise_again()


def test_other_errors_are_told_as_before_and_the_hook_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type[BaseException]] = []

    def tell(unraisable: Any) -> None:
        told.append(unraisable.exc_type)

    monkeypatch.setattr(sys, "unraisablehook", tell)
    with LostInterrupt() as interrupt:
        Dropped(ValueError)
        interrupt.raise_again()
    assert told == [ValueError]
    assert sys.unraisablehook is tell
