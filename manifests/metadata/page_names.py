"""Which page a record means: records name files, and not always the files that lie here.

A name is that of the file without its ending, or the page's id; an export for the Web adds to it (`0001.tif.large`). A
record none of whose names is here, and that has as many as there are pages, means them by their order.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from unicodedata import normalize


def places_of(names: Sequence[str], pages: Sequence[tuple[str, str]]) -> Mapping[str, int]:
    """Name to the place of its page among `pages`, each a file and an id; names without a page are left out."""
    known: dict[str, int] = {}
    for place, (file, page) in enumerate(pages):
        for name in (PurePosixPath(file).stem, page, _begin(PurePosixPath(file).stem)):
            known.setdefault(normalize("NFC", name), place)
    whole = {name: normalize("NFC", name) for name in names}
    found = {name: known[key] for name, said in whole.items() for key in (_begin(said), said) if key in known}
    if not found and len(names) == len(pages):
        return {name: place for place, name in enumerate(names)}
    return found


def _begin(name: str) -> str:
    """In front of the first dot."""
    return name.partition(".")[0] or name
