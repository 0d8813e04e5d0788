"""Which two pages of a bound book lie open together.

Presentation 3.0 section 3.2, `behavior`: the first page of a `paged` work is seen alone, then two by two; a page with
`facing-pages` is an opening by itself, and one that is `non-paged` lies in none and is not counted.
"""

from collections.abc import Iterator, Sequence

from manifests.model import Page

PAGED = "paged"


def facing_page(pages: Sequence[Page], page: Page, behavior: str) -> tuple[Page, bool] | None:
    """The other page of the opening, and whether it comes before; None where there is none. `behavior`: the work's."""
    if behavior != PAGED:
        return None
    opening = next((pair for pair in _pairs(pages) if any(one.id == page.id for one in pair)), None)
    if opening is None:
        return None
    first, second = opening
    return (first, True) if second.id == page.id else (second, False)


def _pairs(pages: Sequence[Page]) -> Iterator[tuple[Page, Page]]:
    is_first, left = True, None
    for page in pages:
        if page.behavior == "non-paged":
            continue
        if is_first or page.behavior == "facing-pages":
            is_first, left = False, None
        elif left is None:
            left = page
        else:
            yield left, page
            left = None
