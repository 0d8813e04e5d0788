"""The questions behind the root collection: every public work by id, and where its pages begin.

A page of it is asked for by the id of the work before it, so that an old address goes on working whatever is added.
"""

from typing import Any

from sqlalchemy import Select, func, select

from manifests.catalog.rows import WORK_COLUMNS
from manifests.catalog.tables import works
from manifests.model import State

_PUBLIC = (works.c.state == State.PUBLIC) & (works.c.pages > 0)
"""A work whose pages have all gone is like a withdrawn one: in no list."""


def page(after: str, limit: int) -> Select[Any]:
    return select(*WORK_COLUMNS).where(_PUBLIC, works.c.id > after).order_by(works.c.id).limit(limit)


def length() -> Select[Any]:
    return select(func.count()).select_from(works).where(_PUBLIC)


def start(after: str) -> Select[Any]:
    """How many works come before the page that begins after this one."""
    return select(func.count()).select_from(works).where(_PUBLIC, works.c.id <= after)


def key_before(after: str, size: int) -> Select[Any]:
    """The work so many before this one."""
    before = select(works.c.id).where(_PUBLIC, works.c.id <= after)
    return before.order_by(works.c.id.desc()).offset(size).limit(1)


def keys(size: int) -> Select[Any]:
    """The last work of each full page."""
    rank = func.row_number().over(order_by=works.c.id).label("rank")
    numbered = select(works.c.id, rank).where(_PUBLIC).subquery()
    return select(numbered.c.id).where(numbered.c.rank % size == 0).order_by(numbered.c.rank)


def with_text(first: int, limit: int) -> Select[Any]:
    """Those that have words, by their place among these: whoever reads them all carries a number along, no id."""
    listed = _PUBLIC & works.c.text.is_not(None)
    return select(works.c.id).where(listed).order_by(works.c.id).limit(limit).offset(first)
