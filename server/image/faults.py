"""Saying what is wrong with an image request: all of it at once, with each place marked.

The sentence of each fault is an error of its own and a value of the whole one, so that every part can be said in
the reader's language. What was asked is shown in printable ASCII and cut, whatever it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from manifests.errors import LibraryError, Malformed, Unsupported

SHOWN = 40
"""The characters of one part that are shown."""

_TWO_LINES = "{above}\n{below}"


@dataclass(frozen=True, slots=True)
class Fault:
    """`part` is the place of the faulty part among those given to `refuse`."""

    part: int
    error: LibraryError


def request_error(parts: Sequence[str], separators: str, faults: Sequence[Fault]) -> LibraryError:
    """One error for all faults: malformed if any of them is, else unsupported.

    `separators` holds the character that stands in front of each part.
    """
    shown = [show(part) for part in parts]
    faulty = {fault.part for fault in faults}
    places = {
        "request": "".join(mark + text for mark, text in zip(separators, shown, strict=True)),
        "marks": "".join(
            " " + ("^" * max(1, len(text)) if i in faulty else " " * len(text)) for i, text in enumerate(shown)
        ).rstrip(),
        "faults": reduce(_below, (fault.error for fault in faults)),
    }
    if any(isinstance(fault.error, Malformed) for fault in faults):
        return Malformed("This image request cannot be answered:\n{request}\n{marks}\n{faults}", **places)
    return Unsupported("This image request is not carried out here:\n{request}\n{marks}\n{faults}", **places)


def show(text: str) -> str:
    """Nothing that moves the cursor or the marks below: `ế` is shown as its number, a long text by its beginning."""
    plain = text[: SHOWN + 1].encode("unicode_escape").decode("ascii")
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 3] + "..."


def _below(above: LibraryError, below: LibraryError) -> LibraryError:
    return Malformed(_TWO_LINES, above=above, below=below)
