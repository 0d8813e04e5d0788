"""Browsing: which public works fit what was chosen, and which have each value that may be chosen beside it.

What is chosen of one facet widens, what is chosen of several narrows: works in French or Vietnamese, and of the 1880s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from manifests.addresses import TOP
from manifests.catalog import facet_rows
from manifests.catalog.change_counter import count_change
from manifests.catalog.collection_queries import shows_below
from manifests.catalog.rows import WORK_COLUMNS, source_record_of, work_of
from manifests.catalog.tables import collections, facets, members, records, works
from manifests.metadata.facets import COLLECTION, RECIPE
from manifests.metadata.merging import merged
from manifests.model import State, Work

Chosen: TypeAlias = Mapping[str, Sequence[str]]
"""Values by facet."""
Members: TypeAlias = Mapping[str, Mapping[str, int]]
"""By facet and value, the set of works that have it, as the bits of a whole number."""
Connected: TypeAlias = Callable[[], AbstractContextManager[Connection]]

_PUBLIC = (works.c.state == State.PUBLIC) & (works.c.pages > 0)
_WORKS_AT_ONCE = 500


class FacetTable:
    def __init__(self, reading: Connected, writing: Connected) -> None:
        self._reading = reading
        self._writing = writing

    def works(self, chosen: Chosen, after: str | None, limit: int, *, are_many: bool = False) -> list[Work]:
        """By id, from the one behind `after`. Where many fit, the list is walked; else what fits is put in order."""
        fitting = _each_of(chosen) if are_many else _fitting(chosen)
        question = select(*WORK_COLUMNS).where(_PUBLIC, *fitting)
        if after is not None:
            question = question.where(works.c.id > after)
        with self._reading() as connection:
            return [work_of(row) for row in connection.execute(question.order_by(works.c.id).limit(limit))]

    def works_in_order(self, collection: str, chosen: Chosen, after: str, limit: int) -> list[tuple[str, Work]]:
        """Those in a set, a serial or a year, and the place of each in it, from the one behind the place `after`: by
        the numbers of volumes, the dates of issues."""
        place = func.min(members.c.key).label("place")
        question: Select[Any] = (
            select(*WORK_COLUMNS, place)
            .join(members, members.c.work == works.c.number)
            .where(_PUBLIC, shows_below(collection), *_fitting(chosen))
            .group_by(works.c.number)
            .having(place > after)
        )
        with self._reading() as connection:
            return [(row.place, work_of(row)) for row in connection.execute(question.order_by(place).limit(limit))]

    def ids(self, chosen: Chosen) -> frozenset[str]:
        question = select(works.c.id).where(_PUBLIC, *_fitting(chosen))
        with self._reading() as connection:
            return frozenset(row.id for row in connection.execute(question))

    def changes(self) -> int:
        """Another number whenever `members` has another answer."""
        with self._reading() as connection:
            return facet_rows.changes(connection)

    def members(self) -> Members:
        """The public works of every value: forty thousand in some 15 ms, which is what one question to the table takes,
        and their collections in as much again.

        A collection has the works of those below it too; `top` is none to choose.
        """
        question = (
            select(facets.c.facet, facets.c.value, func.group_concat(facets.c.work).label("works"))
            .where(facets.c.is_listed == True)  # noqa: E712 -- SQL
            .group_by(facets.c.facet, facets.c.value)
        )
        found: dict[str, dict[str, int]] = {}
        with self._reading() as connection:
            for row in connection.execute(question):
                found.setdefault(row.facet, {})[row.value] = _bits(row.works)
            return {**found, COLLECTION.name: _in_collections(connection)}

    # Known works, after an upgrade or another recipe

    def bring_up_to_date(self) -> None:
        """Takes anew what another recipe, or none, has taken of the records that are stored. Asks nothing else."""
        while self._have_other_recipe():
            with self._writing() as connection:
                count_change(connection)
                for row in connection.execute(_of_other_recipe()).all():
                    said = select(records).where(records.c.work == row.number)
                    record = merged(source_record_of(one) for one in connection.execute(said)).record
                    is_listed = row.state == State.PUBLIC and row.pages > 0
                    facet_rows.replace(connection, row.number, record, is_listed=is_listed)

    def _have_other_recipe(self) -> bool:
        with self._reading() as connection:
            return connection.execute(_of_other_recipe().limit(1)).first() is not None


def _of_other_recipe() -> Select[Any]:
    other = (works.c.facets_recipe < RECIPE) | (works.c.facets_recipe > RECIPE)
    return select(works.c.number, works.c.state, works.c.pages).where(other).limit(_WORKS_AT_ONCE)


def _fitting(chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    """One condition a facet, of a row of `works`."""
    for facet, values in chosen.items():
        work, is_one_of = _having(facet, values)
        yield works.c.number.in_(select(work).where(is_one_of))


def _each_of(chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    """The same, asked for each work."""
    for facet, values in chosen.items():
        work, is_one_of = _having(facet, values)
        yield exists().where(work == works.c.number, is_one_of)


def _having(facet: str, values: Sequence[str]) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """The column of the works that have these values, and what its rows fulfil."""
    if facet == COLLECTION.name:
        return members.c.work, shows_below(*(value for value in values if value != TOP))
    return facets.c.work, (facets.c.facet == facet) & facets.c.value.in_(values)


def _in_collections(connection: Connection) -> dict[str, int]:
    """The works that people see in each collection or below it: each is added to those around, outwards."""
    columns = (collections.c.number, collections.c.id, collections.c.parent)
    tree = connection.execute(select(*columns).where(collections.c.id != TOP)).all()
    names, around = {row.number: row.id for row in tree}, {row.number: row.parent for row in tree}
    question = (
        select(members.c.collection, func.group_concat(members.c.work).label("works"))
        .where(members.c.is_shown == True)  # noqa: E712 -- SQL
        .group_by(members.c.collection)
    )
    found: dict[str, int] = {}
    for row in connection.execute(question):
        bits, number = _bits(row.works), row.collection
        while number in names:
            found[names[number]] = found.get(names[number], 0) | bits
            number = around[number]
    return found


def _bits(numbers: str) -> int:
    """A set of works as one whole number, in which the bit of each is set: two are cut in a microsecond."""
    members = [int(number) for number in numbers.split(",")]
    found = bytearray(max(members) // 8 + 1)
    for number in members:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")
