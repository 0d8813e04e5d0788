"""What the proxies in front say of a request: scheme, host, port and folder, as the reader asked for them.

Each proxy writes at the end of a list: who asked it (`X-Forwarded-For`), and in what words (`X-Forwarded-Proto`,
`-Host`, `-Port`, `-Prefix`). The lists are walked from the right, as far as the address that asked is a trusted proxy
too; the words at that place are those of the outermost proxy that is trusted. What stands further left may be the
reader's own words, and is not believed. A proxy that writes over a list leaves one word, which counts.
The names are those that nginx, Apache, HAProxy and Traefik use; `Forwarded` (RFC 7239) is not read.
"""

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from manifests.errors import Misused

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


FOR = b"x-forwarded-for"
WORDS = (b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-prefix")
"""In the order of `Forwarded`."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The words of one proxy, as they were written; empty where it said nothing."""

    proto: str
    host: str
    port: str
    prefix: str


class TrustedProxies:
    """The setting `trusted_proxies`: addresses and networks."""

    def __init__(self, proxies: Iterable[str]) -> None:
        self._networks = tuple(map(_network, proxies))

    def words(self, client: str | None, headers: Headers) -> Forwarded | None:
        """What the outermost trusted proxy says; None where the request comes from nobody who is trusted."""
        if not self._trust(client):
            return None
        hops = 1
        for address in reversed(_listed(headers, FOR)):
            if not self._trust(address):
                break
            hops += 1
        return Forwarded(*(_word(headers, name, hops) for name in WORDS))

    def __bool__(self) -> bool:
        return bool(self._networks)

    def _trust(self, text: str | None) -> bool:
        address = _address(text) if text and self._networks else None
        return address is not None and any(address in network for network in self._networks)


def _network(proxy: str) -> Network:
    try:
        return ipaddress.ip_network(proxy, strict=False)
    except ValueError:
        raise Misused(
            "trusted_proxies holds {proxy}, which is no address or network like 127.0.0.1 or 10.0.0.0/8.",
            proxy=repr(proxy),
        ) from None


def _listed(headers: Headers, name: bytes) -> list[str]:
    values = [value.decode("latin-1") for header, value in headers if header == name]
    return [word.strip() for word in ",".join(values).split(",")] if values else []


def _word(headers: Headers, name: bytes, hops: int) -> str:
    words = _listed(headers, name)
    return words[-min(hops, len(words))] if words else ""


def _address(text: str) -> Address | None:
    """With or without a port; an IPv4 address that came in over IPv6 is itself."""
    has_port = text.count(":") == 1 or "]:" in text
    bare = text.rpartition(":")[0] if has_port else text
    try:
        address = ipaddress.ip_address(bare.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
