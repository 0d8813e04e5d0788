"""The questions behind collections: what lies in one, in order, and where its pages begin.

Two lists in one order: the collections in it, whose keys begin with `-`, before its works (`collection.member_key`). A
page is asked for by the key of the member before it, so that an old address goes on working whatever is added.
"""

from collections.abc import Collection as Some
from typing import Any

from sqlalchemy import CTE, ColumnElement, CompoundSelect, Select, func, literal, select, union_all

from manifests.catalog.called import number_of
from manifests.catalog.rows import WORK_COLUMNS
from manifests.catalog.tables import collections, members, works
from manifests.model import State

_SHOWS = works.alias("shows")
_AROUND = collections.alias("around")
COLLECTION_COLUMNS = (
    *(column for column in collections.c if column.name not in {"parent", "shown_by"}),
    _AROUND.c.id.label("parent_id"),
    _SHOWS.c.first_image,
    _SHOWS.c.first_width,
    _SHOWS.c.first_height,
)


def _described() -> Select[Any]:
    return (
        select(*COLLECTION_COLUMNS)
        .select_from(collections)
        .outerjoin(_AROUND, _AROUND.c.number == collections.c.parent)
        .outerjoin(_SHOWS, _SHOWS.c.number == collections.c.shown_by)
    )


def one(collection: str) -> Select[Any]:
    return _described().where(collections.c.id == collection)


def all_of_them() -> Select[Any]:
    return _described().order_by(collections.c.id)


def of_work(work: str) -> Select[Any]:
    """Those in which it stands directly, `top` among them where it is in no other."""
    held = _described().add_columns(members.c.is_shown.label("shows_work"), members.c.given, members.c.recorded)
    joined = held.join(members, members.c.collection == collections.c.number)
    return joined.where(members.c.work == number_of(work)).order_by(collections.c.id)


def _parts(collection: int) -> ColumnElement[bool]:
    return (collections.c.parent == collection) & collections.c.is_shown.is_(True)


def _works(collection: int) -> ColumnElement[bool]:
    return (members.c.collection == collection) & members.c.is_shown.is_(True)


def parts(collection: int, after: str, limit: int) -> Select[Any]:
    here = _parts(collection) & (collections.c.key > after)
    return _described().where(here).order_by(collections.c.key).limit(limit)


def works_in(collection: int, after: str, limit: int) -> Select[Any]:
    question = select(members.c.key, *WORK_COLUMNS).join(works, works.c.number == members.c.work)
    return question.where(_works(collection), members.c.key > after).order_by(members.c.key).limit(limit)


def start(collection: int, after: str) -> Select[Any]:
    """How many members come before the page that begins after this one."""
    inner = select(func.count()).select_from(collections).where(_parts(collection), collections.c.key <= after)
    here = select(func.count()).select_from(members).where(_works(collection), members.c.key <= after)
    return select(inner.scalar_subquery() + here.scalar_subquery())


def keys_before(collection: int, after: str, limit: int) -> CompoundSelect[Any]:
    """The last so many keys up to this one."""
    inner = select(collections.c.key).where(_parts(collection), collections.c.key <= after)
    here = select(members.c.key).where(_works(collection), members.c.key <= after)
    nearest = [
        select(part.order_by(part.selected_columns.key.desc()).limit(limit).subquery().c.key) for part in (inner, here)
    ]
    both = union_all(*nearest)
    return both.order_by(both.selected_columns.key.desc()).limit(limit)


def keys(collection: int, size: int) -> Select[Any]:
    """The last key of each full page."""
    both = union_all(
        select(collections.c.key).where(_parts(collection)), select(members.c.key).where(_works(collection))
    ).subquery()
    rank = func.row_number().over(order_by=both.c.key).label("rank")
    numbered = select(both.c.key, rank).subquery()
    return select(numbered.c.key).where(numbered.c.rank % size == 0).order_by(numbered.c.rank)


def below(*ids: str) -> CTE:
    """The numbers of collections and of all in them, however deep. An id in other letter case is another id."""
    named = collections.c.id.in_(ids) & collections.c.id.collate("BINARY").in_(ids)
    found = select(collections.c.number).where(named).cte("below", recursive=True)
    return found.union(select(collections.c.number).where(collections.c.parent == found.c.number))


def shows_below(*ids: str) -> ColumnElement[bool]:
    """Of a row of `members`: people see the work in one of these collections, or in one below."""
    return members.c.collection.in_(select(below(*ids).c.number)) & members.c.is_shown.is_(True)


def public_below(collection: str) -> Select[Any]:
    """The works that people see in a collection or in those below it: their ids, and whether they have words."""
    there = select(members.c.work).where(shows_below(collection))
    return (
        select(works.c.id, works.c.text.is_not(None).label("has_text"))
        .where(works.c.number.in_(there))
        .order_by(works.c.id)
    )


def works_below(collection: str, states: Some[State], after: str, limit: int) -> Select[Any]:
    """Whatever their state, by id."""
    inner = below(collection)
    there = select(members.c.work).where(members.c.collection.in_(select(inner.c.number)))
    listed = works.c.number.in_(there) & works.c.state.in_(states) & (works.c.pages > 0) & (works.c.id > after)
    return select(*WORK_COLUMNS).where(listed).order_by(works.c.id).limit(limit)


def around(collection: str) -> Select[Any]:
    """Those around a collection: the outermost, `top`, first."""
    start = select(collections.c.parent.label("number"), literal(1).label("depth")).where(
        collections.c.id == collection
    )
    found = start.cte("around_it", recursive=True)
    outer = select(collections.c.parent, found.c.depth + 1).where(collections.c.number == found.c.number)
    found = found.union(outer)
    return _described().join(found, found.c.number == collections.c.number).order_by(found.c.depth.desc())


def with_text(first: int, limit: int) -> Select[Any]:
    """Of all public works those that have words, by their place among these: whoever reads them all carries a number
    along, no id."""
    listed = (works.c.state == State.PUBLIC) & (works.c.pages > 0) & works.c.text.is_not(None)
    return select(works.c.id).where(listed).order_by(works.c.id).limit(limit).offset(first)
