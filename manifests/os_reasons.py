"""Why the operating system would not do something, as a value for our sentences.

Its words are English whatever the reader speaks. Those that people meet are messages of ours too, so that they are
translated where they are shown, like every value that is one.
"""

from manifests.errors import N_

COMMON = (
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File name too long"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
    N_("Input/output error"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Stale file handle"),
    N_("Host is down"),
    N_("Connection timed out"),
)
"""As `os.strerror` has them on Linux."""


def reason_of(error: OSError) -> str:
    """Never empty."""
    return error.strerror or str(error) or type(error).__name__
