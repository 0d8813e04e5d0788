"""Which work an id means: the one that has it, else the one that had it, in these very letters.

The columns compare without regard to case, which finds the row by its index; then every letter counts.
"""

from typing import Any

from sqlalchemy import Column, ColumnElement, Select, func, select, union_all

from manifests.catalog.tables import former_ids, works


def number_of(work: str) -> ColumnElement[Any]:
    """The key of the work, NULL where there never was one."""
    now = select(works.c.number).where(_reads(works.c.id, work)).scalar_subquery()
    return func.coalesce(now, _former(work))


def is_called(work: str) -> ColumnElement[bool]:
    """Of a row of `works`."""
    return works.c.number == number_of(work)


def was_called(work: str) -> ColumnElement[bool]:
    return works.c.number == _former(work)


def _former(work: str) -> ColumnElement[Any]:
    return select(former_ids.c.work).where(_reads(former_ids.c.id, work)).scalar_subquery()


def taken(work: str) -> Select[Any]:
    """The works that have or had the id, in whatever letters."""
    had = select(former_ids.c.work).where(former_ids.c.id == work)
    return select(union_all(select(works.c.number).where(works.c.id == work), had).subquery())


def _reads(column: Column[Any], work: str) -> ColumnElement[bool]:
    return (column == work) & (column.collate("BINARY") == work)
