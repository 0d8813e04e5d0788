"""The ranges of Presentation 3.0, section 5.4: the chapters of a work, and other orders of its pages.

Models of iiif-prezi3. The address of a range is a place in the manifest, so that it answers.
"""

from collections.abc import Sequence
from typing import Any

import iiif_prezi3 as prezi  # type: ignore[import-untyped]

from manifests.addresses import Addresses
from manifests.metadata.record import Record
from manifests.model import Work
from manifests.presentation.chapters import ChapterPart, chapters
from manifests.presentation.leaves import Leaf, OtherOrder, orders_of
from manifests.presentation.v3_parts import VERSION, language_map


def structures_of(record: Record, work: Work, leaves: Sequence[Leaf], addresses: Addresses) -> list[Any] | None:
    """The chapters, and the other orders of the pages, which may stand at the top alone (section 5.4)."""
    orders = [_order(number, order, work, leaves, addresses) for number, order in enumerate(orders_of(record, leaves))]
    return [*orders, *(_range(part, work, leaves, addresses) for part in chapters(record, leaves))] or None


def _order(number: int, order: OtherOrder, work: Work, leaves: Sequence[Leaf], addresses: Addresses) -> Any:
    items = [_reference(work, leaves[place], addresses) for place in order.leaves]
    address = f"{addresses.manifest(VERSION, work.id)}#order-{number}"
    return prezi.Range(id=address, type="Range", label=language_map(order.label), behavior=["sequence"], items=items)


def _range(part: ChapterPart, work: Work, leaves: Sequence[Leaf], addresses: Addresses) -> Any:
    """Section 5.4. Its address is a place in the manifest, so that it answers."""
    items = [
        _reference(work, leaves[item], addresses) if isinstance(item, int) else _range(item, work, leaves, addresses)
        for item in part.items
    ]
    address = f"{addresses.manifest(VERSION, work.id)}#range-{part.key}"
    return prezi.Range(id=address, type="Range", label=language_map(part.label), items=items)


def _reference(work: Work, leaf: Leaf, addresses: Addresses) -> Any:
    return prezi.CanvasRef(id=addresses.canvas(work.id, leaf.id), type="Canvas")
