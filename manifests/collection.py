"""A collection as the holdings know it, as values: what it is called, what it lies in, what it holds.

Collections form one tree with the collection `top` at its root: Presentation 3.0 section 5.1. A work may stand in
several of them; one that stands in no other stands in `top`, so that whoever walks from there comes to every work.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from manifests.addresses import TOP
from manifests.model import LanguageMap, Work


class CollectionKind(StrEnum):
    """`set`: its works are the volumes of one; `serial`: a newspaper or journal, and in it a `year` for each year."""

    PLAIN = "plain"
    SET = "set"
    SERIAL = "serial"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """What is said of a collection: in a file of collections, or by the record of a work that stands in it.

    `parent` is the id of the collection that it lies in. `logo` and `homepage` are addresses, or empty; a logo of this
    server's own begins with `/`. `nav_date` is an xsd:dateTime, or empty.
    """

    id: str
    label: LanguageMap
    summary: LanguageMap = field(default_factory=dict)
    parent: str = TOP
    logo: str = ""
    homepage: str = ""
    kind: CollectionKind = CollectionKind.PLAIN
    nav_date: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """One that is there. `works` and `parts` count what people see directly in it, works and collections; where both
    are 0, nobody sees it either, but for `top`. That one alone has no `parent`, and its `updated` is the time of the
    last thing that was said of any. `shown_by` lends it a picture.
    """

    id: str
    parent: str | None
    label: LanguageMap
    summary: LanguageMap
    logo: str
    homepage: str
    kind: CollectionKind
    nav_date: str
    updated: datetime
    works: int = 0
    parts: int = 0
    is_shown: bool = True
    shown_by: tuple[str, int, int] | None = None
    """An image, its width, its height."""

    @property
    def total(self) -> int:
        return self.works + self.parts


@dataclass(frozen=True, slots=True)
class Member:
    """What stands in a collection, and the key by which it has its place there."""

    key: str
    what: Work | Collection


@dataclass(frozen=True, slots=True)
class Membership:
    """A wish that a work stand in a collection, which is made where there is none of its id, in those of `within` (the
    outermost first). `given`: by whoever took the work in, else its record says so. `rank` orders the works of a set
    or a serial: a number of a volume, a date; empty elsewhere.
    """

    collection: CollectionRecord
    given: bool = False
    rank: str = ""
    within: tuple[CollectionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """How a work stands in a collection: `given`, `recorded`, or both; `rank` as in `Membership`."""

    given: bool
    recorded: bool
    rank: str = ""


def held_after(before: Mapping[str, Held], wishes: Sequence[Membership], left: Sequence[str] = ()) -> dict[str, Held]:
    """What a work is held in, by id of collection in small letters, after an ingest. What was given before stays but
    for what it has `left`; what a record said before, counts no more."""
    gone = {name.casefold() for name in left}
    after = {name: Held(True, False) for name, held in before.items() if held.given and name not in gone}
    for wish in wishes:
        name = wish.collection.id.casefold()
        now = after.get(name, Held(False, False))
        after[name] = Held(now.given or wish.given, now.recorded or not wish.given, wish.rank or now.rank)
    return after


_RUN = re.compile(r"0*([0-9]+)")


def member_key(work: str, rank: str = "") -> str:
    """The place of a work among the others: by rank, then by its id as people count, `Tap-2` before `Tap-10`.

    Letters, digits, `.`, `_` and `-`, so that it stands in an address as it is; no two works have the same.
    """
    counted = _countable(work)
    told = f"{counted}.{work}" if counted != _countable(work, strip=False) else counted
    return f"{_countable(rank)}.{told}" if rank else told


def part_key(position: int, collection: str) -> str:
    """Of a collection in another. Begins with `-`, so that collections stand before works."""
    return f"-{min(position, LAST):05}-{_countable(collection)}"


LAST = 99999
"""The position of a collection that no file puts anywhere: behind the others, by its id."""


def _countable(text: str, *, strip: bool = True) -> str:
    """Each number behind two digits that count its own: sorted as text, it is sorted by its value."""

    def counted(found: re.Match[str]) -> str:
        number = found[1] if strip else found[0]
        return f"{min(len(number), 99):02}{number}"

    return _RUN.sub(counted, text)
