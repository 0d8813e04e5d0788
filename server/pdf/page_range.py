"""Which pages of a work are asked for: `3-10`, `7`, `3-` to the end; counted from 1, as they follow each other."""

import re

from manifests.errors import Malformed

_RANGE = re.compile("([0-9]{1,18})(-([0-9]{1,18})?)?", re.ASCII)


def page_range(asked: str, pages: int) -> range:
    """As indices from 0. An end beyond the last page is the last page. Raises Malformed."""
    if not asked:
        return range(pages)
    found = _RANGE.fullmatch(asked)
    if found is None:
        raise Malformed("pages={pages} is no range of pages. Ask for pages=3-10, pages=7 or pages=3-.", pages=asked)
    first = int(found[1])
    last = int(found[3] or pages) if found[2] else first
    if not 1 <= first <= pages:
        raise Malformed(
            "pages={pages} begins at page {first}; the work has the pages 1 to {last}.",
            pages=asked,
            first=first,
            last=pages,
        )
    if last < first:
        raise Malformed("pages={pages} ends before it begins.", pages=asked)
    return range(first - 1, min(last, pages))
