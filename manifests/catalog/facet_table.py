"""Browsing: which public works fit what was chosen, and how many there are of each value beside it.

What is chosen of one facet widens, what is chosen of several narrows: works in French or Vietnamese, and of the 1880s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, func, select

from manifests.catalog import facet_rows
from manifests.catalog.change_counter import count_change
from manifests.catalog.rows import WORK_COLUMNS, source_record_of, work_of
from manifests.catalog.tables import facets, records, works
from manifests.metadata.facets import RECIPE
from manifests.metadata.merging import merged
from manifests.model import State, Work

Chosen: TypeAlias = Mapping[str, Sequence[str]]
"""Values by facet."""
Connected: TypeAlias = Callable[[], AbstractContextManager[Connection]]

_PUBLIC = (works.c.state == State.PUBLIC) & (works.c.pages > 0)
_WORKS_AT_ONCE = 500


class FacetCount(NamedTuple):
    facet: str
    value: str
    works: int


class FacetTable:
    def __init__(self, reading: Connected, writing: Connected) -> None:
        self._reading = reading
        self._writing = writing

    def works(self, chosen: Chosen, after: str | None, limit: int) -> list[Work]:
        """By id, from the one behind `after`."""
        question = select(*WORK_COLUMNS).where(_PUBLIC, *_fitting(works.c.number, chosen))
        if after is not None:
            question = question.where(works.c.id > after)
        with self._reading() as connection:
            return [work_of(row) for row in connection.execute(question.order_by(works.c.id).limit(limit))]

    def ids(self, chosen: Chosen) -> frozenset[str]:
        question = select(works.c.id).where(_PUBLIC, *_fitting(works.c.number, chosen))
        with self._reading() as connection:
            return frozenset(row.id for row in connection.execute(question))

    def number(self, chosen: Chosen) -> int:
        """How many works fit."""
        question = select(func.count()).select_from(works).where(_PUBLIC, *_fitting(works.c.number, chosen))
        with self._reading() as connection:
            return int(connection.execute(question).scalar_one())

    def counts(self, names: Sequence[str], chosen: Chosen) -> list[FacetCount]:
        """Every value of these facets that works have which fit, in any order."""
        question = (
            select(facets.c.facet, facets.c.value, func.count())
            .where(facets.c.is_listed == True, facets.c.facet.in_(names), *_fitting(facets.c.work, chosen))  # noqa: E712 -- SQL
            .group_by(facets.c.facet, facets.c.value)
        )
        with self._reading() as connection:
            return [FacetCount(*row) for row in connection.execute(question)]

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


def _fitting(work: ColumnElement[int], chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    """One condition a facet. A facet whose values stand in another table needs its own question here."""
    for facet, values in chosen.items():
        yield work.in_(select(facets.c.work).where(facets.c.facet == facet, facets.c.value.in_(values)))
