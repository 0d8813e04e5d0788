"""Ctrl-C that Python itself loses.

Ctrl-C is raised wherever the main thread happens to be. In a weak reference's callback, or in `__del__`, nobody can
catch it: Python prints it as "ignored" and goes on (`sys.unraisablehook` says so). A long command would then run to its
end as if nobody had asked it to stop.
"""

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any


class LostInterrupt:
    """Remembers, between `with` and its end, a Ctrl-C that was lost. Long work asks at each step."""

    def __init__(self) -> None:
        self._is_lost = False
        self._hook_before: Callable[[Any], object] = sys.unraisablehook

    def __enter__(self) -> "LostInterrupt":
        self._hook_before = sys.unraisablehook
        sys.unraisablehook = self._hear
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.unraisablehook = self._hook_before

    def raise_again(self) -> None:
        """Raises the lost KeyboardInterrupt, where there is one, in a place where it can be caught."""
        if self._is_lost:
            self._is_lost = False
            raise KeyboardInterrupt

    def _hear(self, unraisable: "sys.UnraisableHookArgs") -> None:
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            self._is_lost = True
        else:
            self._hook_before(unraisable)
