"""Which page a page of a file is: pure, over what is known of files and pages. Nothing here looks at a disk.

decisions.md, 20: "each file takes at most one page, each page one file, in this order: (1) same name and same content,
(2) same content, in order of name, (3) same name, if its page is still free (present before missing before pruned):
that page scanned anew, (4) a new page. Name is the stem in NFC, content the SHA-256 of the master with the number of
the page in it." So whatever is inserted, renamed or renumbered, each content keeps its id. Of a file that holds several
pages each counts as a file here, and its number is a part of its name too: so a page keeps its number for ever.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias
from unicodedata import normalize

from manifests.ids import slug, with_suffix
from manifests.model import PageState
from manifests.natural_order import natural_key

_FEWEST_DIGITS = 6
_NAMELESS = "page"


@dataclass(frozen=True, slots=True)
class NamedContent:
    """A page of a file as far as this matters. `content` is None where no known page can have it.

    `number` is that of the page among the `pages` of the file, of which most have one.
    """

    name: str
    content: str | None
    number: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class KnownPage:
    id: str
    name: str
    content: str
    state: PageState
    number: int = 1


def name_of(file: PurePath) -> str:
    return normalize("NFC", file.stem)


_Key: TypeAlias = Callable[[NamedContent | KnownPage], Hashable]
_STEPS: Sequence[_Key] = (
    lambda one: (one.name, one.content, one.number) if one.content is not None else None,
    lambda one: (one.content, one.number) if one.content is not None else None,
    lambda one: (one.name, one.number),
)
"""What has to agree, in turn. Where it is None, nothing agrees."""
_RANK = (PageState.PRESENT, PageState.MISSING, PageState.PRUNED)


def pages_of_files(files: Sequence[NamedContent], known: Sequence[KnownPage]) -> list[KnownPage | None]:
    """For each page of a file, in the order given, the page that it is; None where it is a new one."""
    found: dict[int, KnownPage] = {}
    free = sorted(known, key=lambda page: (_RANK.index(page.state), natural_key(page.name), page.number))
    in_order = sorted(range(len(files)), key=lambda at: (natural_key(files[at].name), files[at].number))
    for key in _STEPS:
        by_key: dict[Hashable, list[KnownPage]] = defaultdict(list)
        for page in reversed(free):
            by_key[key(page)].append(page)
        for at in in_order:
            asked = key(files[at])
            if at not in found and asked is not None and by_key[asked]:
                found[at] = by_key[asked].pop()
        taken = {page.id for page in found.values()}
        free = [page for page in free if page.id not in taken]
    return [found.get(at) for at in range(len(files))]


def wished_id(file: NamedContent) -> str:
    """Of a new page: the stem, with the number of the page where the file has several. Empty where the name has
    nothing that an id may have.
    """
    wished = slug(file.name)
    return with_suffix(wished, str(file.number)) if wished and file.pages > 1 else wished


def names_to_tell_apart(files: Iterable[NamedContent], known_ids: Iterable[str]) -> set[str]:
    """The names of new pages, in order, that need their content for their id."""
    taken = {page.casefold() for page in known_ids}
    needed = set()
    for file in files:
        wished = wished_id(file).casefold()
        if not wished or wished in taken:
            needed.add(file.name)
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
    wished = wished_id(file)
    if wished:
        yield wished
    content = file.content or ""
    for digits in range(_FEWEST_DIGITS, len(content) + 1):
        yield _told_apart(wished, content[:digits], file)
    for number in range(2, 1 << 31):  # equal files of equal names: nothing but their order tells them apart
        yield _told_apart(wished, str(number), file)


def _told_apart(wished: str, suffix: str, file: NamedContent) -> str:
    """Without a name the pages of one file still are told apart by their numbers."""
    if wished or file.pages == 1:
        return with_suffix(wished or _NAMELESS, suffix)
    return with_suffix(with_suffix(_NAMELESS, suffix), str(file.number))
