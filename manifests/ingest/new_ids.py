"""Which id a new work and a new page get. Neither depends on what else is new, on order or on `--jobs`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from manifests.ids import RESERVED, short_hash, slug, with_suffix
from manifests.ingest.roots import RootedPath


def work_id(place: RootedPath, is_file: bool, is_taken: Callable[[str], bool]) -> str:
    """From the folder's name, or a single file's stem; told apart by the path below the root where that is taken."""
    path = Path(place.path)
    name = (path.stem if is_file else path.name) or place.root
    wished = slug(name)
    if wished and wished.casefold() not in RESERVED and not is_taken(wished):
        return wished
    by_path = with_suffix(wished or "work", short_hash(place.path))
    # Two roots may hold folders of one name at one path.
    return with_suffix(wished or "work", short_hash(f"{place.root}/{place.path}")) if is_taken(by_path) else by_path


def page_ids(files: Iterable[Path], known: Mapping[str, str]) -> dict[str, str]:
    """File name to page id. `known` (file name to id) stays; a new file is called by its stem, with its extension
    where another file has the stem, with six hex digits of its name where even that is taken."""
    names = [file.name for file in files]
    stems = Counter(slug(Path(name).stem).casefold() for name in names)
    ids = {name: known[name] for name in names if name in known}
    taken = {page.casefold() for page in known.values()}
    for name in names:
        if name in ids:
            continue
        stem = slug(Path(name).stem)
        shared = stems[stem.casefold()] > 1 or stem.casefold() in taken
        wished = slug(name) if shared else stem
        if not wished or wished.casefold() in taken:
            wished = with_suffix(wished or "page", short_hash(name))
        ids[name] = wished
        taken.add(wished.casefold())
    return ids
