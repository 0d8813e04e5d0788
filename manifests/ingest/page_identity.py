"""Which page a file is: pure, over what is known of the files and of the pages. Nothing here looks at a disk.

decisions.md, 20: "each file takes at most one page, each page one file, in this order: (1) same name and same content,
(2) same content, in order of name, (3) same name, if its page is still free (present before missing before pruned):
that page scanned anew, (4) a new page. Name is the stem in NFC, content the SHA-256 of the master." So whatever is
inserted, renamed or renumbered, each content keeps its id.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias
from unicodedata import normalize

from manifests.ids import slug, with_suffix
from manifests.ingest.natural_order import natural_key
from manifests.model import PageState

_FEWEST_DIGITS = 6
_NAMELESS = "page"


@dataclass(frozen=True, slots=True)
class NamedContent:
    """A file as far as this matters. `content` is None where no known page can have it."""

    name: str
    content: str | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    id: str
    name: str
    content: str
    state: PageState


def name_of(file: PurePath) -> str:
    return normalize("NFC", file.stem)


_Key: TypeAlias = Callable[[NamedContent | KnownPage], Hashable]
_STEPS: Sequence[_Key] = (
    lambda one: (one.name, one.content) if one.content is not None else None,
    lambda one: one.content,
    lambda one: one.name,
)
"""What has to agree, in turn. Where it is None, nothing agrees."""
_RANK = (PageState.PRESENT, PageState.MISSING, PageState.PRUNED)


def pages_of_files(files: Sequence[NamedContent], known: Sequence[KnownPage]) -> list[KnownPage | None]:
    """For each file, in the order given, the page that it is; None where it is a new one."""
    found: dict[int, KnownPage] = {}
    free = sorted(known, key=lambda page: (_RANK.index(page.state), natural_key(page.name)))
    in_order = sorted(range(len(files)), key=lambda number: natural_key(files[number].name))
    for key in _STEPS:
        by_key: dict[Hashable, list[KnownPage]] = defaultdict(list)
        for page in reversed(free):
            by_key[key(page)].append(page)
        for number in in_order:
            asked = key(files[number])
            if number not in found and asked is not None and by_key[asked]:
                found[number] = by_key[asked].pop()
        taken = {page.id for page in found.values()}
        free = [page for page in free if page.id not in taken]
    return [found.get(number) for number in range(len(files))]


def wished_id(name: str) -> str:
    """Of a new page. Empty where the name has nothing that an id may have."""
    return slug(name)


def names_to_tell_apart(names: Iterable[str], known_ids: Iterable[str]) -> set[str]:
    """The names of new pages, in order, that need their content for their id."""
    taken = {page.casefold() for page in known_ids}
    needed = set()
    for name in names:
        wished = wished_id(name).casefold()
        if not wished or wished in taken:
            needed.add(name)
        taken.add(wished)
    return needed


def new_ids(files: Sequence[NamedContent], known_ids: Iterable[str]) -> list[str]:
    """The ids of new pages, in the order of their names: the stem, and where that is taken digits of the content."""
    taken = {page.casefold() for page in known_ids}
    return [_new_id(file, taken) for file in files]


def _new_id(file: NamedContent, taken: set[str]) -> str:
    made = next(wished for wished in _wishes(file) if wished.casefold() not in taken)
    taken.add(made.casefold())
    return made


def _wishes(file: NamedContent) -> Iterator[str]:
    wished = wished_id(file.name)
    if wished:
        yield wished
    content = file.content or ""
    for digits in range(_FEWEST_DIGITS, len(content) + 1):
        yield with_suffix(wished or _NAMELESS, content[:digits])
    for number in range(2, 1 << 31):  # equal files of equal names: nothing but their order tells them apart
        yield with_suffix(wished or _NAMELESS, str(number))
