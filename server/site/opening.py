"""Which two pages of a bound book lie open together.

Presentation 3.0 section 3.2, `behavior`: the first page of a `paged` work is seen alone, then two by two; a page with
`facing-pages` is an opening by itself, and one that is `non-paged` lies in none and is not counted.
"""

from collections.abc import Iterator, Sequence

from manifests.model import Page
from manifests.presentation.leaves import Leaf

PAGED = "paged"


def facing_page(leaves: Sequence[Leaf], page: Page, behavior: str) -> tuple[Page, bool] | None:
    """The other page of the opening, and whether it comes before; None where there is none, or no picture of it.
    `behavior`: the work's."""
    if behavior != PAGED:
        return None
    opening = next((pair for pair in _pairs(leaves) if any(one.id == page.id for one in pair)), None)
    if opening is None:
        return None
    first, second = opening
    other = first if second.id == page.id else second
    return (other.page, other is first) if other.page is not None else None


def _pairs(leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, Leaf]]:
    is_first, left = True, None
    for leaf in leaves:
        if leaf.behavior == "non-paged":
            continue
        if is_first or leaf.behavior == "facing-pages":
            is_first, left = False, None
        elif left is None:
            left = leaf
        else:
            yield left, leaf
            left = None
