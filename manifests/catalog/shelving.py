"""Which works stand in which collections: what one transaction writes of it. Every function runs inside one that
`Catalog` has begun, and brings what follows from its change (`tables`) in step before it returns.

A work that stands in a set, a serial or a year is not shown a second time in a collection around that: its volumes
would stand there beside the set. One that stands nowhere stands in `top`.
"""

from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from manifests.addresses import TOP
from manifests.catalog import facet_rows
from manifests.catalog.tables import collections, members, works
from manifests.collection import (
    LAST,
    CollectionKind,
    CollectionRecord,
    Held,
    Membership,
    held_after,
    member_key,
    part_key,
)
from manifests.model import State

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_TOP = 1
"""The number of `top`, which is made with the catalogue."""
_NOTHING: Mapping[str, Any] = {"works": 0, "parts": 0, "shown_by": None, "is_shown": False}


def make_top(connection: Connection) -> None:
    """In a new catalogue. What the library is called, its settings say."""
    said = _described(CollectionRecord(TOP, {}), "", None)
    connection.execute(insert(collections).values(number=_TOP, id=TOP, updated=_NEVER, **said, **_NOTHING))
    connection.execute(update(collections).values(is_shown=True))


# A work in its collections


def held_by(connection: Connection, work: int) -> dict[str, Held]:
    """By ids of collections in small letters; without `top`, where nobody has put it."""
    columns = (collections.c.id, members.c.given, members.c.recorded, members.c.rank)
    question = select(*columns).join(members, members.c.collection == collections.c.number)
    rows = connection.execute(question.where(members.c.work == work, members.c.collection != _TOP))
    return {row.id.casefold(): Held(row.given, row.recorded, row.rank) for row in rows}


def put_in(connection: Connection, work: int, wishes: Sequence[Membership], left: Sequence[str], now: datetime) -> bool:
    """Puts a work where it belongs, making the collections that are missing. Whether anything has changed."""
    before = held_by(connection, work)
    after = held_after(before, wishes, left)
    if after == before:
        return False
    for wish in wishes:
        _make_missing(connection, wish, now)
    numbers = _numbers(connection, {*before, *after})
    for name in before.keys() - after.keys():
        connection.execute(delete(members).where(members.c.work == work, members.c.collection == numbers[name]))
    for name, held in after.items():
        _hold(connection, numbers[name], work, held)
    show(connection, work, {numbers[name] for name in before.keys() - after.keys()})
    return True


def _make_missing(connection: Connection, wish: Membership, now: datetime) -> None:
    parent = TOP
    for record in (*wish.within, wish.collection):
        known = connection.execute(select(collections).where(collections.c.id == record.id)).first()
        if known is None:
            _make(connection, record, parent, part_key(LAST, record.id), now)
        elif known.kind is CollectionKind.PLAIN and record.kind is not CollectionKind.PLAIN:
            described = update(collections).where(collections.c.number == known.number)
            connection.execute(described.values(kind=record.kind, updated=now))
        parent = record.id


def _hold(connection: Connection, collection: int, work: int, held: Held) -> None:
    values = {"given": held.given, "recorded": held.recorded, "rank": held.rank}
    here = (members.c.collection == collection) & (members.c.work == work)
    if not connection.execute(update(members).where(here).values(values)).rowcount:
        new = {"collection": collection, "work": work, "key": "", "is_shown": False}
        connection.execute(insert(members).values(values | new))


def show(connection: Connection, work: int, also: Some[int] = ()) -> None:
    """Brings in step what follows from the state, the pages, the id and the places of a work. `also`: collections that
    it has left."""
    known = connection.execute(select(works.c.id, works.c.state, works.c.pages).where(works.c.number == work)).one()
    is_public = known.state == State.PUBLIC and known.pages > 0
    changed = {*also, *_keep_in_top_or_not(connection, work)}
    question = select(members, collections.c.kind).join(collections, collections.c.number == members.c.collection)
    rows = connection.execute(question.where(members.c.work == work)).all()
    inside = {row.collection for row in rows if row.kind != CollectionKind.PLAIN}
    around = {number for one in inside for number in _above(connection, one)[1:]}
    for row in rows:
        is_shown, key = is_public and row.collection not in around, member_key(known.id, row.rank)
        if (row.is_shown, row.key) != (is_shown, key):
            here = (members.c.collection == row.collection) & (members.c.work == work)
            connection.execute(update(members).where(here).values(is_shown=is_shown, key=key))
            changed.add(row.collection)
    if changed:
        facet_rows.count(connection)
        recount(connection, changed)


def _keep_in_top_or_not(connection: Connection, work: int) -> list[int]:
    rows = connection.execute(select(members.c.collection).where(members.c.work == work)).all()
    places = {row.collection for row in rows}
    if not places:
        _hold(connection, _TOP, work, Held(False, False))
    elif _TOP in places and len(places) > 1:
        connection.execute(delete(members).where(members.c.work == work, members.c.collection == _TOP))
    else:
        return []
    return [_TOP]


def recount(connection: Connection, numbers: Iterable[int]) -> None:
    """Upwards, as far as anything changes."""
    waiting = list(numbers)
    while waiting:
        number = waiting.pop()
        row = connection.execute(select(collections).where(collections.c.number == number)).one()
        now = _counted(connection, number)
        if {name: row._mapping[name] for name in now} != now:
            connection.execute(update(collections).where(collections.c.number == number).values(now))
            waiting += [row.parent] if row.parent is not None else []


def _counted(connection: Connection, number: int) -> dict[str, Any]:
    shown = (members.c.collection == number) & members.c.is_shown.is_(True)
    inner = (collections.c.parent == number) & collections.c.is_shown.is_(True)
    work = connection.execute(select(members.c.work).where(shown).order_by(members.c.key).limit(1)).scalar()
    if work is None:
        first = select(collections.c.shown_by).where(inner).order_by(collections.c.key).limit(1)
        work = connection.execute(first).scalar()
    works_here = connection.execute(select(func.count()).select_from(members).where(shown)).scalar_one()
    parts_here = connection.execute(select(func.count()).select_from(collections).where(inner)).scalar_one()
    is_shown = number == _TOP or works_here + parts_here > 0
    return {"works": works_here, "parts": parts_here, "shown_by": work, "is_shown": is_shown}


# What is said of collections


def describe(connection: Connection, records: Sequence[CollectionRecord], now: datetime) -> bool:
    """Whether anything has become otherwise than it was. Their order is theirs among those of one parent."""
    is_news = False
    for position, record in enumerate(records):
        number, key = _number(connection, record.id), part_key(position, record.id)
        if number is None:
            _make(connection, record, TOP, key, now)
            is_news = True
    for position, record in enumerate(records):  # now that each parent is there
        is_news |= _say(connection, record, part_key(position, record.id), now)
    if is_news:
        connection.execute(update(collections).where(collections.c.number == _TOP).values(updated=now))
        _show_all_again(connection)
        facet_rows.count(connection)
    return is_news


def _say(connection: Connection, record: CollectionRecord, key: str, now: datetime) -> bool:
    known = connection.execute(select(collections).where(collections.c.id == record.id)).one()
    kind = known.kind if record.kind is CollectionKind.PLAIN else record.kind
    said = _described(record, key, _number(connection, record.parent)) | {"kind": kind, "nav_date": known.nav_date}
    before = {name: known._mapping[name] for name in said}
    if _comparable(before) == _comparable(said):
        return False
    connection.execute(update(collections).where(collections.c.number == known.number).values(**said, updated=now))
    return True


def _comparable(values: Mapping[str, Any]) -> dict[str, Any]:
    texts = ("label", "summary")
    return {**values, **{name: {tag: list(said) for tag, said in values[name].items()} for name in texts}}


def _show_all_again(connection: Connection) -> None:
    """What lies in what may have changed: the works that stand in several, then every collection, the deepest first."""
    several = select(members.c.work).group_by(members.c.work).having(func.count() > 1)
    for row in connection.execute(several).all():
        show(connection, row.work)
    numbers = [row.number for row in connection.execute(select(collections.c.number)).all()]
    depths = {number: len(_above(connection, number)) for number in numbers}
    for number in sorted(numbers, key=lambda number: -depths[number]):
        connection.execute(
            update(collections).where(collections.c.number == number).values(_counted(connection, number))
        )


def _make(connection: Connection, record: CollectionRecord, parent: str, key: str, now: datetime) -> None:
    said = _described(record, key, _number(connection, parent))
    connection.execute(insert(collections).values(id=record.id, updated=now, **said, **_NOTHING))


def _described(record: CollectionRecord, key: str, parent: int | None) -> dict[str, Any]:
    return {
        "parent": parent,
        "key": key,
        "label": record.label,
        "summary": record.summary,
        "logo": record.logo,
        "homepage": record.homepage,
        "kind": record.kind,
        "nav_date": record.nav_date,
    }


def _number(connection: Connection, collection: str) -> int | None:
    return connection.execute(select(collections.c.number).where(collections.c.id == collection)).scalar()


def _numbers(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    return {name: number for name in names if (number := _number(connection, name)) is not None}


def _above(connection: Connection, number: int) -> list[int]:
    """The collection itself and those around it, the innermost first."""
    path: list[int] = []
    inner: int | None = number
    while inner is not None:
        path.append(inner)
        inner = connection.execute(select(collections.c.parent).where(collections.c.number == inner)).scalar()
    return path
