"""How tests wait: for a state, never for a time. No test says how quick anything is."""

import time
from collections.abc import Callable

GUARD = 300
"""Seconds after which a test is given up as hanging: far beyond what a busy machine needs."""


def until(is_so: Callable[[], object], what: str) -> None:
    """Returns when it is so; a test that waits in vain says for what."""
    limit = time.monotonic() + GUARD
    while not is_so():
        assert time.monotonic() < limit, f"waited in vain: {what}"
        time.sleep(0.02)
