"""Whether a new folder is a known work that was moved or renamed.

decisions.md, 21: "A new folder takes the id of the one known work whose own folder is absent below a readable root
when at least 90 % of that work's masters are there by SHA-256 (finding `moved`); of several such works it takes none,
with a finding." A root that is not there at all has been moved itself where the folder lies below its new root as it
lay below the old one. A removed work moves too: a takedown outlasts a new name.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from manifests.catalog import Catalog, PageRecord
from manifests.ingest.listing import Folder, list_folder
from manifests.ingest.roots import RootedPath, Roots
from manifests.model import PageState, State, Work

_PERCENT_OF_THE_SAME = 90


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work whose folder is absent, and the pages that have to be found again."""

    work: Work
    pages: list[PageRecord]

    @property
    def lengths(self) -> set[int]:
        return {page.length for page in self.pages}

    def is_in(self, contents: Collection[str]) -> bool:
        return _are_enough(sum(page.page.sha256 in contents for page in self.pages), len(self.pages))


def candidates(catalog: Catalog, roots: Roots, place: RootedPath, lengths: Iterable[int]) -> list[Candidate]:
    """The works that a new folder may be, by the lengths of its files alone."""
    return list(_candidates(catalog, roots, place, set(lengths)))


def _candidates(catalog: Catalog, roots: Roots, place: RootedPath, lengths: set[int]) -> Iterator[Candidate]:
    for name, count in catalog.works_with_lengths(lengths).items():
        work = catalog.work(name)
        if not _are_enough(count, work.pages) or not _is_absent(roots, work, place):
            continue
        pages = [page for page in catalog.pages(name) if _counts(page, work)]
        if _are_enough(sum(page.length in lengths for page in pages), len(pages)):
            yield Candidate(work, pages)


def _counts(page: PageRecord, work: Work) -> bool:
    return page.state != PageState.PRUNED or work.state == State.REMOVED


def _are_enough(found: int, of: int) -> bool:
    return found > 0 and found * 100 >= of * _PERCENT_OF_THE_SAME


def _is_absent(roots: Roots, work: Work, place: RootedPath) -> bool:
    """Whether the work's folder has gone, and not only the disk that holds it."""
    was = RootedPath(work.root, work.folder)
    if work.root not in roots.folders or _exists(roots.path(was)):
        return False
    root = Path(roots.folders[work.root])
    if _exists(root):
        return not is_empty(root)
    return place.root != work.root and f"/{place.path}".endswith(f"/{work.folder}")


def _exists(path: Path) -> bool:
    """What may not be looked at has not gone."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_empty(folder: Path) -> bool:
    """As where a disk is not mounted; what systems put beside scans does not count."""
    found = list_folder(Folder((folder,)))
    return found.denied is None and not (found.files or found.folders or found.odd or found.refused)
