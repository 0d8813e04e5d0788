"""What the asker takes, and likes better: Accept and Accept-Encoding (RFC 9110 sections 12.4.2, 12.5.1 and 12.5.3)."""

import re
from collections.abc import Mapping
from functools import lru_cache

_QUOTED = r'"(?:[^"\\]|\\.?)*(?:"|\Z)'
"""One that nobody closes ends with the header, so that reading it never begins anew."""
_ELEMENT = re.compile(rf'(?:[^,"]|{_QUOTED})+', re.DOTALL)
_PARAMETER = re.compile(rf'(?:[^;"]|{_QUOTED})+', re.DOTALL)
_WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_SHOWN_AS_WEIGHT = re.compile(r"q\s*=")


def weights(listed: str) -> Mapping[str, float]:
    """Each value, in small letters and without its parameters, with its weight from 0 to 1; the highest of several.

    A value whose weight is written wrongly counts as not named.
    """
    found: dict[str, float] = {}
    for element in _ELEMENT.findall(listed):
        value, *parameters = (part.strip(" \t").lower() for part in _PARAMETER.findall(element) or ("",))
        weight = _weight(parameters)
        if value and weight is not None:
            found[value] = max(weight, found.get(value, 0))
    return found


def _weight(parameters: list[str]) -> float | None:
    said = next((part for part in parameters if _SHOWN_AS_WEIGHT.match(part)), None)
    if said is None:
        return 1
    match = _WEIGHT.fullmatch(said)
    return float(match[1]) if match else None


@lru_cache(maxsize=256)
def best_coding(accept_encoding: str | None, offered: tuple[str, ...]) -> str | None:
    """The coding to send, of those offered (the best one first); None for the thing as it is.

    As it is, it may always be sent: who refuses even that is better served so than not at all.
    """
    liked = weights(accept_encoding or "")
    any_other = liked.get("*", 0)

    def weight(coding: str) -> float:
        return liked.get(coding, liked.get(f"x-{coding}", any_other))

    best = max(offered, key=weight, default=None)
    return best if best is not None and weight(best) > 0 and weight(best) >= liked.get("identity", 0) else None


@lru_cache(maxsize=256)
def prefers_jsonld(accept: str | None, otherwise: bool) -> bool:
    """JSON-LD where it is named and not liked less than JSON; `*/*` gets JSON, which a browser shows.

    `otherwise`: what it is without an Accept.
    """
    if accept is None:
        return otherwise
    liked = weights(accept)
    jsonld = liked.get("application/ld+json", 0)
    return jsonld > 0 and jsonld >= liked.get("application/json", 0)
