"""Which id a new work and a new page get. Neither depends on what else is new, on order or on `--jobs`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from manifests.ids import RESERVED, hexed, plain, with_suffix
from manifests.ingest.roots import Place


def work_id(place: Place, is_file: bool, is_taken: Callable[[str], bool]) -> str:
    """From the folder's name, or a single file's stem; told apart by the path below the root where that is taken."""
    path = Path(place.way)
    name = (path.stem if is_file else path.name) or place.root
    wished = plain(name)
    if wished and wished.casefold() not in RESERVED and not is_taken(wished):
        return wished
    by_path = with_suffix(wished or "work", hexed(place.way))
    # Two roots may hold folders of one name at one path.
    return with_suffix(wished or "work", hexed(f"{place.root}/{place.way}")) if is_taken(by_path) else by_path


def page_ids(files: Iterable[Path], known: Mapping[str, str]) -> dict[str, str]:
    """File name to page id. `known` (file name to id) stays; a new file is called by its stem, with its extension
    where another file has the stem, with six hex digits of its name where even that is taken."""
    names = [file.name for file in files]
    stems = Counter(plain(Path(name).stem).casefold() for name in names)
    ids = {name: known[name] for name in names if name in known}
    taken = {page.casefold() for page in known.values()}
    for name in names:
        if name in ids:
            continue
        stem = plain(Path(name).stem)
        shared = stems[stem.casefold()] > 1 or stem.casefold() in taken
        wished = plain(name) if shared else stem
        if not wished or wished.casefold() in taken:
            wished = with_suffix(wished or "page", hexed(name))
        ids[name] = wished
        taken.add(wished.casefold())
    return ids
