"""Suggestions as an autocomplete service answers: Content Search 1.0 section 4.3, 2.0 section 5.2. No HTTP here."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from manifests.errors import Malformed, Unsupported
from manifests.search.services import CONTEXTS
from manifests.search.suggestions import Suggestion

UNDERSTOOD = frozenset({"q", "min"})


def least_of(parameters: Mapping[str, str]) -> int:
    """How often a term must occur; `min`, or once."""
    least = parameters.get("min") or "1"
    if not (least.isascii() and least.isdecimal() and len(least) < 10):
        raise Malformed("min={least} is not a whole number from 0.", least=least)
    return int(least)


def term_list(
    version: int, *, url: str, search: str, suggestions: Sequence[Suggestion], parameters: Mapping[str, str]
) -> dict[str, Any]:
    """`url` is the address of this service, `search` that of the search it completes, both without a query."""
    asked = {name: parameters[name] for name in ("q", "min") if name in parameters}
    address = f"{url}?{urlencode(asked, quote_via=quote)}"
    ignored = [name for name, value in parameters.items() if value and name not in UNDERSTOOD]
    named = {"ignored": ignored} if ignored else {}
    if version == 1:
        terms = [
            {"match": one.term, "url": f"{search}?{urlencode({'q': one.term}, quote_via=quote)}", "count": one.count}
            for one in suggestions
        ]
        return {"@context": CONTEXTS[1], "@id": address, "@type": "search:TermList", **named, "terms": terms}
    if version == 2:
        items = [{"value": one.term, "total": one.count} for one in suggestions]
        return {"@context": CONTEXTS[2], "id": address, "type": "TermPage", **named, "items": items}
    raise Unsupported("There is no Content Search {version} here, only 1 and 2.", version=version)
