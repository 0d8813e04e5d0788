"""Questions to the catalogue about records, and about the files that they were read from."""

from typing import Any

from sqlalchemy import Select, select

from manifests.catalog.called import number_of
from manifests.catalog.rows import RECORD_COLUMNS
from manifests.catalog.tables import records


def of_work(work: str) -> Select[Any]:
    """By the names of their readers, without their files."""
    return select(*RECORD_COLUMNS).where(records.c.work == number_of(work)).order_by(records.c.name)


def shared(work: str, shared_as: str) -> Select[Any]:
    """Of several records in one format the first by the name of its reader."""
    return (
        select(records.c.digest, records.c.body)
        .where(records.c.work == number_of(work), records.c.shared_as == shared_as, records.c.body.is_not(None))
        .order_by(records.c.name)
        .limit(1)
    )
