"""What can go wrong, named by meaning.

What is shown to people turns a meaning into its own language: the web server into a status, the command line into an
exit code, a report into a row. Nothing below those knows of any of them.

A sentence is an English message id with named placeholders, kept apart from its values, so that whoever shows it can
say it in the reader's language. Babel collects the first argument of each class below (`make translations`).
"""

import errno
from collections.abc import Mapping
from functools import partial
from typing import Any


def N_(sentence: str) -> str:  # noqa: N802 -- the name that gettext's world knows
    """Marks a sentence for translation where it stands; it is translated where it is shown."""
    return sentence


def plural(one: str, many: str) -> tuple[str, str]:
    """The same for a sentence about `{count}` things: for one of them, and for several."""
    return one, many


class LibraryError(Exception):
    """A sentence a librarian understands: what is wrong, where, and what to do next."""

    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values: Mapping[str, Any] = values

    def __reduce__(self) -> tuple[Any, ...]:
        """An error of a worker process arrives whole."""
        return partial(type(self), **self.values), (self.sentence,)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class Malformed(LibraryError):
    """What was asked cannot be understood."""


class Unsupported(LibraryError):
    """What was asked is understood, and not done here."""


class Missing(LibraryError):
    """There is no such thing, or nobody may know of it."""


class Renamed(LibraryError):
    """The thing has another id than the one it was asked by, which it had before: `work` was, `now` is."""


class Withdrawn(LibraryError):
    """The thing was here and has been taken away on purpose; its address stays."""


class Damaged(LibraryError):
    """A file of the library's, or one given to it, cannot be read."""


class Busy(LibraryError):
    """Someone else holds what is needed; later it will work."""


class Misused(LibraryError):
    """A command or a setting is wrong: the reader can mend it by typing something else."""


def disk_fault(file: object, error: OSError) -> Damaged:
    """What the disk would not do, for whoever can do something about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Damaged("The disk is full: {file} cannot be written. Make room, then do the same again.", file=file)
    return Damaged("{file} cannot be written ({reason}).", file=file, reason=error.strerror or type(error).__name__)
