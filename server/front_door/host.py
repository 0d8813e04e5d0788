"""What a host is: decided here, once, for requests, for proxies and for settings.

A host is taken whole, as it was written but in small letters, or not at all: what is half understood ends in addresses
that lead nowhere (`http:/iiif/...`). It is a name of letters, digits, `-` and `_` between points, an IPv4 address, or
an IPv6 address in brackets; behind it a port from 1 to 65535 without leading zeros. Names are ASCII: one in other
letters is written in its `xn--` form (RFC 5890), and that form is never decoded, so that addresses stay ASCII.
RFC 3986 sections 3.2.2 and 3.2.3; RFC 1123 section 2.1, and `_`, which container networks use. Nothing here may answer.
"""

import ipaddress
import re
from dataclasses import dataclass, replace
from functools import lru_cache

MAX_LENGTH = 253
"""Of a name, in characters (RFC 1035 section 2.3.4)."""

DEFAULT_PORTS = {"http": 80, "https": 443}

_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?P<name>\[[0-9a-f:.]+\]|{_LABEL}(?:\.{_LABEL})*\.?)(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_ENDS_IN_A_NUMBER = re.compile(r"(?:.*\.)?[0-9]+\.?")


@dataclass(frozen=True, slots=True)
class Host:
    """`name` is in small letters, an IPv6 address in its brackets; `port` is None where none was written."""

    name: str
    port: int | None = None

    def __str__(self) -> str:
        return self.name if self.port is None else f"{self.name}:{self.port}"

    def at(self, port: int) -> "Host":
        return replace(self, port=port)

    def without_default_port(self, scheme: str) -> "Host":
        return replace(self, port=None) if self.port == DEFAULT_PORTS[scheme] else self


@lru_cache(maxsize=256)  # a library is known by few names, and asked by one of them in each request
def parse_host(text: str) -> Host | None:
    """None where the text is not wholly a host."""
    found = _HOST.fullmatch(text.lower()) if text.isascii() else None
    if found is None or len(found["name"]) > MAX_LENGTH or not _is_name(found["name"]):
        return None
    port = parse_port(found["port"]) if found["port"] else None
    return Host(found["name"], port) if port or not found["port"] else None


def parse_port(text: str) -> int | None:
    """None where the text is no port."""
    port = int(text) if re.fullmatch("[1-9][0-9]{0,4}", text, re.ASCII) else 0
    return port if 0 < port < 1 << 16 else None


def _is_name(name: str) -> bool:
    """A name that ends in a number is read as an IPv4 address by whoever follows it (RFC 3986 section 3.2.2)."""
    try:
        if name.startswith("["):
            ipaddress.IPv6Address(name[1:-1])
        elif _ENDS_IN_A_NUMBER.fullmatch(name):
            ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True
