"""What a request says it is, settled once before anything acts on it: path, query, host and public base.

ASGI workers differ at the edge (absolute targets, `#`, a second Host), so nothing behind this module may look at what
they made of the target: only `RequestTarget` counts. The path stays percent-encoded, so that `%2F` is no slash;
each segment is decoded once, where it is read (RFC 3986 sections 2.1, 3.3 and 6.2.2.2; RFC 9112 sections 3.2 and 3.3).
Nothing here may answer, log, or know of Flask.
"""

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

from manifests.errors import Malformed, Misused
from manifests.settings import Settings

Scope: TypeAlias = Mapping[str, Any]
Headers: TypeAlias = Sequence[tuple[bytes, bytes]]

LONGEST_REQUEST_LINE = 8190
"""Bytes, as in nginx, Apache and gunicorn."""

_VISIBLE = re.compile(rb"[!-~]*")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)
_HALF_AN_ENCODING = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ENCODED = re.compile(rb"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9._-]*)|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


class TooLong(Malformed):
    """The request line is longer than is read."""


@dataclass(frozen=True, slots=True)
class Base:
    """What every address given out begins with: scheme, host, and the folder a proxy may have put us in."""

    scheme: str
    host: str
    prefix: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.prefix}"


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
        self._hosts = frozenset(host.lower() for host in settings.allowed_hosts)
        self._proxies = _networks(settings.trusted_proxies)

    def parse(self, scope: Scope) -> RequestTarget:
        """Raises Malformed for what no later module should see."""
        path, query, authority = _target(scope)
        host = _host(scope["headers"], authority)
        return RequestTarget(path, query, self._base(scope, host))

    def _base(self, scope: Scope, host: str) -> Base:
        if self._is_proxy(scope.get("client")):
            headers = scope["headers"]
            base = Base(
                _last(headers, b"x-forwarded-proto") or scope.get("scheme", "http"),
                _last(headers, b"x-forwarded-host") or host,
                (_last(headers, b"x-forwarded-prefix") or "").rstrip("/"),
            )
        else:
            base = Base(scope.get("scheme", "http"), host)
        self._check(base)
        return self._fixed or Base(base.scheme, _without_default_port(base), base.prefix)

    def _check(self, base: Base) -> None:
        if base.scheme not in ("http", "https") or not _PREFIX.fullmatch(base.prefix):
            raise Malformed("The proxy in front says where it stands in words that are no address.")
        name = _host_name(base.host)
        if self._hosts and name not in self._hosts and base.host.lower() not in self._hosts:
            raise Malformed("This library is not known under the name {host}.", host=base.host)

    def _is_proxy(self, client: tuple[str, int] | None) -> bool:
        if not self._proxies or not client:
            return False
        try:
            address = ipaddress.ip_address(client[0])
        except ValueError:
            return False
        return any(address in network for network in self._proxies)


def parse_base(url: str) -> Base:
    """The setting `base_url`: scheme, host, and a folder if need be; nothing behind it."""
    scheme, _, rest = url.rstrip("/").partition("://")
    host, slash, prefix = rest.partition("/")
    if scheme not in ("http", "https") or not _is_host(host) or not _PREFIX.fullmatch(slash + prefix):
        raise Misused("base_url is {url}, which is no address like https://library.example.org", url=repr(url))
    base = Base(scheme, host.lower(), slash + prefix)
    return Base(scheme, _without_default_port(base), base.prefix)


def _networks(proxies: Iterable[str]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    try:
        return tuple(ipaddress.ip_network(proxy, strict=False) for proxy in proxies)
    except ValueError as error:
        raise Misused("trusted_proxies holds something that is no network address: {reason}", reason=error) from error


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
    _check_encoding(path, query)
    return _ENCODED.sub(_normal, path).decode("ascii"), query, authority


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


def _host(headers: Headers, authority: str | None) -> str:
    """The host asked for; one in the target itself goes before the header (RFC 9112 section 3.2.2)."""
    found = [value for name, value in headers if name == b"host"]
    if len(found) != 1:
        raise Malformed("The request must name its Host once; it does so {times} times.", times=len(found))
    host = authority if authority is not None else found[0].decode("latin-1")
    if not _is_host(host):
        raise Malformed("The Host of the request is no host name.")
    return host.lower()


def _is_host(text: str) -> bool:
    found = _HOST.fullmatch(text)
    return found is not None and len(found["name"]) <= 253 and int(found["port"] or 0) <= 65535


def _host_name(host: str) -> str:
    found = _HOST.fullmatch(host)
    if found is None:
        raise Malformed("The Host of the request is no host name.")
    return found["name"].lower()


def _without_default_port(base: Base) -> str:
    return base.host.removesuffix(":80" if base.scheme == "http" else ":443").lower()


def _last(headers: Headers, name: bytes) -> str | None:
    """What the nearest proxy said: it writes at the end of the list."""
    found = [value for header, value in headers if header == name]
    return found[-1].decode("latin-1").split(",")[-1].strip() or None if found else None
