"""The collections in the catalogue: every question that is asked of them, and what is said of them from outside."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Collection as Some
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from manifests.catalog import collection_queries as queries
from manifests.catalog import shelving
from manifests.catalog.called import number_of
from manifests.catalog.change_counter import count_change
from manifests.catalog.rows import collection_of, work_of
from manifests.collection import Collection, CollectionRecord, Held, Member
from manifests.errors import Missing
from manifests.model import State, Work

_Opened = Callable[[], AbstractContextManager[Connection]]


class CollectionCatalog:
    """`reading` and `writing` open the catalogue for one question or one transaction."""

    def __init__(self, reading: _Opened, writing: _Opened) -> None:
        self._reading = reading
        self._writing = writing

    def _rows(self, question: Any) -> Sequence[Row[Any]]:
        with self._reading() as connection:
            return connection.execute(question).all()

    def find(self, collection: str) -> Collection:
        """Whether people see it or not. Raises Missing; an id in other letter case is another id."""
        return collection_of(self._row(collection))

    def _row(self, collection: str) -> Row[Any]:
        rows = self._rows(queries.one(collection))
        if not rows or rows[0].id != collection:
            raise Missing("There is no collection {collection}.", collection=collection)
        return rows[0]

    def shown(self, collection: str) -> Collection:
        """As `find`; one in which people see nothing is as if it were not there."""
        found = self.find(collection)
        if not found.is_shown:
            raise Missing("There is no collection {collection}.", collection=collection)
        return found

    def all(self) -> list[Collection]:
        """By id, `top` too."""
        return [collection_of(row) for row in self._rows(queries.all_of_them())]

    def path(self, collection: str) -> list[Collection]:
        """Those around it, from `top` on."""
        return [collection_of(row) for row in self._rows(queries.around(collection))]

    def of_work(self, work: str, *, shown: bool = False) -> list[Collection]:
        """Those in which a work stands directly; `shown`: in which people see it stand."""
        rows = self._rows(queries.of_work(work))
        return [collection_of(row) for row in rows if row.shows_work or not shown]

    def held(self, work: str) -> Mapping[str, Held]:
        """How a work stands in its collections, by their ids in small letters; `top` is none of them."""
        with self._reading() as connection:
            number = connection.execute(select(number_of(work))).scalar()
            return shelving.held_by(connection, number) if number is not None else {}

    # What lies in one, page by page

    def page(self, collection: str, after: str, limit: int) -> list[Member]:
        """The collections in it, then its works, from the one behind the key `after` on."""
        inner = self.parts(collection, after, limit)
        number = self._row(collection).number
        rest = self._rows(queries.works_in(number, after, limit - len(inner))) if len(inner) < limit else ()
        return [*inner, *(Member(row.key, work_of(row)) for row in rest)]

    def parts(self, collection: str, after: str, limit: int) -> list[Member]:
        rows = self._rows(queries.parts(self._row(collection).number, after, limit))
        return [Member(row.key, collection_of(row)) for row in rows]

    def start(self, collection: str, after: str) -> int:
        return int(self._rows(queries.start(self._row(collection).number, after))[0][0])

    def keys(self, collection: str, size: int) -> list[str]:
        """The last key of each full page of so many."""
        return [row.key for row in self._rows(queries.keys(self._row(collection).number, size))]

    def key_before(self, collection: str, after: str, size: int) -> str:
        """The last key before the page of so many that ends with this one; the empty one where there is none."""
        rows = self._rows(queries.keys_before(self._row(collection).number, after, size + 1))
        return str(rows[size].key) if len(rows) > size else ""

    # What lies in one, however deep

    def public_below(self, collection: str) -> dict[str, bool]:
        """The works that people see there, by id in order, and whether they have words."""
        return {row.id: bool(row.has_text) for row in self._rows(queries.public_below(collection))}

    def works_below(self, collection: str, states: Some[State], after: str, limit: int) -> list[Work]:
        self._row(collection)
        return [work_of(row) for row in self._rows(queries.works_below(collection, states, after, limit))]

    def with_text(self, first: int, limit: int) -> list[str]:
        """Ids of all public works that have words, in their order, from the place `first` on."""
        return [row.id for row in self._rows(queries.with_text(first, limit))]

    # What is said of them

    def describe(self, records: Sequence[CollectionRecord], now: datetime) -> bool:
        """Whether anything has become otherwise. Each parent is known, or among them; none lies in itself."""
        with self._writing() as connection:
            is_news = shelving.describe(connection, records, now)
            if is_news:
                count_change(connection)
        return is_news
