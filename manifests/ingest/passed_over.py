"""Names that are passed over in silence: what computers and network disks put beside scans, and a library's own files.

decisions.md, 19: "`Thumbs.db desktop.ini .DS_Store ._* ~$*`, hidden files and folders, and what computers and network
disks put beside scans. Nothing else is passed over in silence." What is not listed here is taken in, refused or noted.
"""

import os
import re
from collections.abc import Collection
from pathlib import Path

CATALOG = "catalog.sqlite"
LIBRARY_FOLDERS = ("pyramids", "text", "index", "cache")
"""What stands beside the catalogue in a library's folder: never a work, wherever an ingest begins."""

_SERVICE_NAMES = frozenset(
    name.casefold()
    for name in (
        # Windows
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "$RECYCLE.BIN",
        "RECYCLER",
        "System Volume Information",
        # macOS; most of what it leaves is hidden
        "__MACOSX",
        "Icon\r",
        "Network Trash Folder",
        "Temporary Items",
        # Linux
        "lost+found",
        # Synology, QNAP, NetApp
        "@eaDir",
        "#recycle",
        "#snapshot",
        "@Recycle",
        "@Recently-Snapshot",
        "~snapshot",
    )
)
_HIDDEN_OR_IN_USE = re.compile(r"\..*|~\$.*", re.DOTALL)
_LIBRARY_FILES = re.compile(r"catalog\.sqlite.*|library\.toml(\.part)?|ingest\.(lock|owner)")


def is_passed_over(name: str, beside: Collection[str] = ()) -> bool:
    """`beside` are the names in the same folder: next to a catalogue stand the other files of a library."""
    if name.casefold() in _SERVICE_NAMES or _HIDDEN_OR_IN_USE.fullmatch(name):
        return True
    return CATALOG in beside and (name in LIBRARY_FOLDERS or _LIBRARY_FILES.fullmatch(name) is not None)


def lies_in_a_library(path: Path) -> bool:
    """Whether a library made this folder for itself, or one around it."""
    around = (path, *path.parents)
    return any(one.name in LIBRARY_FOLDERS and os.path.exists(one.parent / CATALOG) for one in around)
