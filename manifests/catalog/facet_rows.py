"""What a work is browsed by, as rows: written with its record, hidden with its state, in the transaction of either."""

from sqlalchemy import Connection, delete, insert, update

from manifests.catalog.tables import facets, works
from manifests.metadata.facets import RECIPE, facets_of
from manifests.metadata.record import Record


def replace(connection: Connection, work: int, record: Record, *, is_listed: bool) -> None:
    connection.execute(delete(facets).where(facets.c.work == work))
    rows = [
        {"facet": facet, "value": value, "work": work, "is_listed": is_listed} for facet, value in facets_of(record)
    ]
    if rows:
        connection.execute(insert(facets), rows)
    connection.execute(update(works).where(works.c.number == work).values(facets_recipe=RECIPE))


def listed(connection: Connection, work: int, *, is_listed: bool) -> None:
    connection.execute(update(facets).where(facets.c.work == work).values(is_listed=is_listed))
