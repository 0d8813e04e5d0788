"""All of a request that an answer may depend on, beside what it asks for."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class RequestFields(NamedTuple):
    """`base` is the public base of every address in the answer, no slash at its end; a header not sent is None."""

    method: str = "GET"
    base: str = "http://localhost"
    accept: str | None = None
    accept_encoding: str | None = None
    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None

    @classmethod
    def of(cls, method: str, base: str, headers: Iterable[tuple[bytes, bytes]]) -> "RequestFields":
        """From header lines with names in small letters. Of several lines one list is made (RFC 9110 section 5.3)."""
        found: dict[str, str] = {}
        for name, value in headers:
            field = _FIELDS.get(name)
            if field is not None:
                text = value.decode("latin-1")
                found[field] = f"{found[field]}, {text}" if field in found else text
        return cls(method, base, **found)

    @property
    def is_head(self) -> bool:
        return self.method == "HEAD"


_FIELDS: Mapping[bytes, str] = {
    field.replace("_", "-").encode(): field for field in RequestFields._fields if field not in ("method", "base")
}

DECIDING = frozenset(_FIELDS)
"""The names of the headers that an answer may depend on, in small letters."""
