"""What a request says it is, decided once before anything acts on it: path, query, host and public base.

ASGI workers differ at the edge (absolute targets, `#`, a second Host), so nothing behind this module may look at what
they made of the target: only `RequestTarget` counts. The path stays percent-encoded, so that `%2F` is no slash;
each segment is decoded once, where it is read (RFC 3986 sections 2.1, 3.3 and 6.2.2.2; RFC 9112 sections 3.2 and 3.3).
Nothing here may answer, log, or know of Flask.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

from manifests.errors import Malformed, Misused
from manifests.settings import Settings
from server.front_door.forwarded import FOR, WORDS, Forwarded, Headers, TrustedProxies
from server.front_door.host import Host, parse_host, parse_port

Scope: TypeAlias = Mapping[str, Any]

LONGEST_REQUEST_LINE = 8190
"""Bytes, as in nginx, Apache and gunicorn."""

_VISIBLE = re.compile(rb"[!-~]*")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
_HALF_AN_ENCODING = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ENCODED = re.compile(rb"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*")
"""Without `.` and `..`, which whoever follows an address takes out of it (RFC 3986 section 5.2.4)."""

UNDER_ANY_HOST = frozenset({"/health"})
"""What a watchdog asks, by whatever name it knows, or by none, as in HTTP/1.0. Its answers hold no address."""


DECIDING = frozenset({b"host", FOR, *WORDS})
"""The names of the headers that a target depends on, in small letters."""


class TooLong(Malformed):
    """The request line is longer than is read."""


@dataclass(frozen=True, slots=True)
class Base:
    """What every address given out begins with: scheme, host, and the folder a proxy may have put us in."""

    scheme: str
    host: Host
    prefix: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host.without_default_port(self.scheme)}{self.prefix}"


NOWHERE = Base("http", Host("localhost"))


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """`path` is percent-encoded in one way only: unreserved characters bare, the rest as `%2F`."""

    path: str
    query: bytes
    base: Base


class TargetParser:
    """Reads requests by the settings of one library; holds nothing that changes."""

    def __init__(self, settings: Settings) -> None:
        self._fixed = parse_base(settings.base_url) if settings.base_url else None
        self._allowed = _hosts(settings.allowed_hosts)
        self._proxies = TrustedProxies(settings.trusted_proxies)

    @property
    def trusts_proxies(self) -> bool:
        """Only then it matters from which address a request comes."""
        return bool(self._proxies)

    def parse(self, scope: Scope) -> RequestTarget:
        """Raises Malformed for what no later module should see."""
        path, query, authority = _target(scope)
        base = NOWHERE if path in UNDER_ANY_HOST else self._base(scope, authority)
        return RequestTarget(path, query, base)

    def prefix(self, scope: Scope) -> str:
        """The folder that a proxy put us in, of a request that `parse` refused: the page that says so leads on."""
        words = self._words(scope)
        if self._fixed is not None or words is None:
            return self._fixed.prefix if self._fixed else ""
        prefix = words.prefix.rstrip("/")
        return prefix if _PREFIX.fullmatch(prefix) else ""

    def _base(self, scope: Scope, authority: str | None) -> Base:
        asked = Base(scope.get("scheme", "http"), _host(scope["headers"], authority))
        forwarded = self._words(scope)
        if forwarded is not None:
            asked = _as_forwarded(asked, forwarded)
        if self._allowed and not {asked.host, Host(asked.host.name)} & self._allowed:
            raise Malformed("This library is not known under the name {host}.", host=str(asked.host))
        return self._fixed or asked

    def _words(self, scope: Scope) -> Forwarded | None:
        client = scope.get("client")
        return self._proxies.words(client[0] if client else None, scope["headers"])


def _as_forwarded(asked: Base, words: Forwarded) -> Base:
    """A host that says its port is believed before `X-Forwarded-Port`, which may be the proxy's own."""
    scheme = words.proto.lower() or asked.scheme
    host = parse_host(words.host) if words.host else asked.host
    port = parse_port(words.port) if words.port else None
    prefix = words.prefix.rstrip("/")
    if scheme not in ("http", "https") or host is None or (words.port and not port) or not _PREFIX.fullmatch(prefix):
        raise Malformed("The proxy in front says where it stands in words that are no address.")
    if port and not (words.host and host.port):
        host = host.at(port)
    return Base(scheme, host, prefix)


def parse_base(url: str) -> Base:
    """The setting `base_url`: scheme, host, and a folder if need be; nothing behind it."""
    scheme, _, rest = url.rstrip("/").partition("://")
    name, slash, prefix = rest.partition("/")
    host = parse_host(name)
    if scheme not in ("http", "https") or host is None or not _PREFIX.fullmatch(slash + prefix):
        raise Misused(
            "base_url is {url}, which is no address like https://library.example.org (a name in letters beyond ASCII "
            "is written in its xn-- form).",
            url=repr(url),
        )
    return Base(scheme, host, slash + prefix)


def _hosts(names: Iterable[str]) -> frozenset[Host]:
    hosts = {name: parse_host(name) for name in names}
    for name, host in hosts.items():
        if host is None:
            raise Misused(
                "allowed_hosts holds {name}, which is no host like library.example.org (a name in letters beyond ASCII "
                "is written in its xn-- form).",
                name=repr(name),
            )
    return frozenset(host for host in hosts.values() if host)


def _target(scope: Scope) -> tuple[str, bytes, str | None]:
    """Path, query and, where the target names one, the host."""
    raw, query = scope["raw_path"], scope["query_string"]
    target = raw + b"?" + query if query else raw
    if len(scope["method"]) + len(target) + len(" HTTP/1.1 ") > LONGEST_REQUEST_LINE:
        raise TooLong("The address is longer than {limit} bytes.", limit=LONGEST_REQUEST_LINE)
    if not _VISIBLE.fullmatch(target):
        raise Malformed("The address holds characters that must be percent-encoded.")
    authority = None
    if absolute := _ABSOLUTE.match(target):
        authority, target = absolute[1].decode("ascii"), target[absolute.end() :]
        target = target if target.startswith(b"/") else b"/" + target
    path, _, query = target.partition(b"#")[0].partition(b"?")
    if not path.startswith(b"/") and path != b"*":
        raise Malformed("The address must begin with a slash.")
    if b"%" in target:  # nearly no request has one, and nearly every request comes here
        _check_encoding(path, query)
        path = _ENCODED.sub(_normal, path)
    return path.decode("ascii"), query, authority


def _check_encoding(path: bytes, query: bytes) -> None:
    """A lone `%` in a query stays what a reader typed (`100%`); in a path it is a mistake."""
    if _HALF_AN_ENCODING.search(path):
        raise Malformed("The address holds a % that is not followed by two hexadecimal digits.")
    for part in (path, query):
        decoded = unquote_to_bytes(part)
        if b"\0" in decoded:
            raise Malformed("The address holds %00, which stands for no character.")
        try:
            decoded.decode("utf-8")
        except UnicodeDecodeError:
            raise Malformed("The address holds percent-encoded bytes that are not UTF-8.") from None


def _normal(encoded: re.Match[bytes]) -> bytes:
    byte = int(encoded[0][1:], 16)
    return bytes((byte,)) if byte in _UNRESERVED else encoded[0].upper()


def _host(headers: Headers, authority: str | None) -> Host:
    """The host asked for; one in the target itself goes before the header (RFC 9112 section 3.2.2)."""
    found = [value for name, value in headers if name == b"host"]
    if len(found) != 1:
        raise Malformed("The request must name its Host once; it does so {times} times.", times=len(found))
    host = parse_host(authority if authority is not None else found[0].decode("latin-1"))
    if host is None:
        raise Malformed("The Host of the request is no host name.")
    return host
