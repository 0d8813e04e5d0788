"""Which works have masters of some lengths: asked before a folder that may have been moved is read."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Connection, func, select

from manifests.catalog.tables import pages, works

_NUMBERS_IN_A_QUESTION = 5000
"""SQLite takes 32,766."""


def works_with_lengths(connection: Connection, lengths: Collection[int]) -> dict[str, int]:
    """By work the number of its pages, removed works too, whose masters have or had so many bytes."""
    found: Counter[str] = Counter()
    numbers = sorted(set(lengths))
    for start in range(0, len(numbers), _NUMBERS_IN_A_QUESTION):
        some = numbers[start : start + _NUMBERS_IN_A_QUESTION]
        question = select(works.c.id, func.count()).join(pages, pages.c.work == works.c.number)
        rows = connection.execute(question.where(pages.c.length.in_(some)).group_by(works.c.id)).all()
        found.update({work: count for work, count in rows})
    return dict(found)
