"""Another id for a work: which it may have, and the documents that name it, made before the one transaction.

What is stored by names of its own stays where it is: pyramids, words, what OCR has read, the log of checks. Whose each
of them is, the catalogue says.
"""

from dataclasses import replace
from datetime import UTC, datetime

from manifests.catalog import Catalog, under
from manifests.documents import DocumentBuilder
from manifests.errors import Busy, Misused
from manifests.ids import MAX_LENGTH, is_work_id
from manifests.metadata.merging import merged
from manifests.model import Work
from manifests.visible import as_asked

_TRIES = 5
"""An ingest may give the work other documents while ours are made; not again and again."""


def rename(catalog: Catalog, maker: DocumentBuilder, old: str, new: str) -> None:
    """Raises Misused where it cannot be called so, Renamed where it is not called `old` any more."""
    if not is_work_id(new):
        raise Misused(
            "{id} cannot be the id of a work: at most {most} of the characters A-Z a-z 0-9 . _ -, the first of them a "
            "letter or digit, and none of the words collection, manifest, canvas, annotations, top.",
            id=new,
            most=MAX_LENGTH,
        )
    for _ in range(_TRIES):
        work = as_asked(catalog.work(old), old)
        if new == old or _is_renamed(catalog, maker, work, new):
            return
    raise Busy("{work} is being changed by an ingest. Try again when it has ended.", work=old)


def _is_renamed(catalog: Catalog, maker: DocumentBuilder, work: Work, new: str) -> bool:
    instead_of = catalog.ids.digests(work.id)
    shown = [under(new, known).page for known in catalog.pages(work.id) if known.is_shown]
    made = maker.make(replace(work, id=new), shown, merged(catalog.records(work.id)).record) if instead_of else {}
    return catalog.ids.rename(work.id, new, made, instead_of, datetime.now(UTC))
