"""What a work is browsed by, as rows: written with its record, hidden with its state, in the transaction of either.

A number counts their changes, so that whoever holds them in memory reads them again only when they are others: most of
what an ingest writes changes none.
"""

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from manifests.catalog.tables import facets, meta, works
from manifests.metadata.facets import RECIPE, facets_of
from manifests.metadata.record import Record

_CHANGES = "facets"


def replace(connection: Connection, work: int, record: Record, *, is_listed: bool) -> None:
    rows = {(facet, value, is_listed) for facet, value in facets_of(record)}
    stored = select(facets.c.facet, facets.c.value, facets.c.is_listed).where(facets.c.work == work)
    if rows != {tuple(row) for row in connection.execute(stored)}:
        connection.execute(delete(facets).where(facets.c.work == work))
        if rows:
            names = ("facet", "value", "is_listed")
            connection.execute(insert(facets), [dict(zip(names, row, strict=True), work=work) for row in sorted(rows)])
        count(connection)
    connection.execute(update(works).where(works.c.number == work).values(facets_recipe=RECIPE))


def listed(connection: Connection, work: int, *, is_listed: bool) -> None:
    other = update(facets).where(facets.c.work == work, facets.c.is_listed != is_listed).values(is_listed=is_listed)
    if connection.execute(other).rowcount:
        count(connection)


def changes(connection: Connection) -> int:
    """How often they have changed."""
    return int(connection.execute(select(meta.c.value).where(meta.c.key == _CHANGES)).scalar() or 0)


def count(connection: Connection) -> None:
    """To be called by whatever changes the sets of `FacetTable.members`, and how their values are called."""
    value = str(changes(connection) + 1)
    first = upsert(meta).values(key=_CHANGES, value=value)
    connection.execute(first.on_conflict_do_update(set_={"value": value}))
