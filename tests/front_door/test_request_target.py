"""What a request is before anything acts on it, in a table; `test_asgi.py` sends the same over a socket."""

from typing import Any

import pytest

from manifests.errors import Malformed, Misused
from manifests.settings import Settings
from server.front_door.request_target import TargetParser, TooLong


def asked(target: bytes, *headers: tuple[bytes, bytes], client: str = "192.0.2.1") -> dict[str, Any]:
    path, _, query = target.partition(b"?")
    return {
        "method": "GET",
        "scheme": "http",
        "raw_path": path,
        "query_string": query,
        "headers": headers or ((b"host", b"example.org"),),
        "client": (client, 1234),
    }


def path_of(target: bytes) -> str:
    return TargetParser(Settings()).parse(asked(target)).path


def base_of(settings: Settings, *headers: tuple[bytes, bytes], client: str = "192.0.2.1") -> str:
    return str(TargetParser(settings).parse(asked(b"/", *headers, client=client)).base)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/works/a", "/works/a"),
        (b"http://example.org/works/a", "/works/a"),
        (b"HTTPS://example.org/works/a?q=1", "/works/a"),
        (b"http://example.org", "/"),
        (b"http://example.org?q=1", "/"),
        (b"/works/a#here", "/works/a"),
        (b"/works/a#here?q=1", "/works/a"),
        (b"/iiif/image/3/a%7Eb/info.json", "/iiif/image/3/a~b/info.json"),
        (b"/iiif/image/3/a%2Db", "/iiif/image/3/a-b"),
        (b"/iiif/image/3/a%2fb", "/iiif/image/3/a%2Fb"),
        (b"/iiif/image/3/a%252Fb", "/iiif/image/3/a%252Fb"),
        (b"/works/S%c3%a1ch", "/works/S%C3%A1ch"),
        (b"/%2e%2e/%2E%2e/etc/passwd", "/../../etc/passwd"),
        (b"//works//a", "//works//a"),
        (b"*", "*"),
    ],
)
def test_a_target_becomes_one_path_written_in_one_way(target: bytes, path: str) -> None:
    assert path_of(target) == path


@pytest.mark.parametrize(
    "target",
    [
        b"/a%00b",
        b"/a?q=%00",
        b"/a%ffb",
        b"/a%C3",
        b"/a?q=%C3%28",
        b"/a%zz",
        b"/a%",
        b"/a%2",
        "/á".encode(),
        b"/a b",
        b"/a\x01",
        b"/a\x7f",
        b"http://user@example.org/",
        b"http:///path",
        b"works/a",
        b"?q=1",
        b"",
    ],
)
def test_what_no_later_room_should_see_is_refused(target: bytes) -> None:
    with pytest.raises(Malformed):
        path_of(target)


def test_a_lone_percent_in_a_query_stays_what_the_reader_typed() -> None:
    assert TargetParser(Settings()).parse(asked(b"/search?q=100%")).query == b"q=100%"


def test_a_fragment_takes_the_query_behind_it_along() -> None:
    assert TargetParser(Settings()).parse(asked(b"/search#x?q=1")).query == b""
    assert TargetParser(Settings()).parse(asked(b"/search?q=1#x")).query == b"q=1"


def test_a_request_line_of_8190_bytes_is_read_and_one_more_is_not() -> None:
    longest = 8190 - len("GET  HTTP/1.1")
    assert len(path_of(b"/" + b"a" * (longest - 1))) == longest
    with pytest.raises(TooLong):
        path_of(b"/" + b"a" * longest)


@pytest.mark.parametrize(
    "hosts",
    [
        (b"",),
        (b"a b",),
        (b"x:080",),
        (b"[1]",),
        (b"[:::]",),
        (b"exa/mple",),
        (b"a:b",),
        (b"a:99999",),
        (b"[::1",),
        (b"user@host",),
        (b"\xff",),
        (b"-a",),
        (b"a", b"a"),
        (),
    ],
)
def test_a_host_that_is_missing_twice_or_no_name_is_refused(hosts: tuple[bytes, ...]) -> None:
    headers = [(b"x", b"y"), *((b"host", host) for host in hosts)]
    with pytest.raises(Malformed):
        base_of(Settings(), *headers)


@pytest.mark.parametrize(
    ("host", "base"),
    [
        (b"Library.Example.org", "http://library.example.org"),
        (b"localhost:8000", "http://localhost:8000"),
        (b"localhost:80", "http://localhost"),
        (b"[::1]:8000", "http://[::1]:8000"),
        (b"my_box:8000", "http://my_box:8000"),
    ],
)
def test_the_public_base_follows_the_host(host: bytes, base: str) -> None:
    assert base_of(Settings(), (b"host", host)) == base


def test_a_host_in_the_target_goes_before_the_header() -> None:
    target = TargetParser(Settings()).parse(asked(b"http://one.example/", (b"host", b"two.example")))
    assert str(target.base) == "http://one.example"


FORWARDED = (
    (b"host", b"127.0.0.1:8000"),
    (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-host", b"evil.example, Library.example.org:443"),
    (b"x-forwarded-prefix", b"/lib/"),
)


def test_a_proxy_is_believed_only_where_it_is_trusted() -> None:
    settings = Settings(trusted_proxies=("10.0.0.0/8", "::1"))
    assert base_of(settings, *FORWARDED, client="10.1.2.3") == "https://library.example.org/lib"
    assert base_of(settings, *FORWARDED, client="192.0.2.1") == "http://127.0.0.1:8000"
    assert base_of(Settings(), *FORWARDED, client="10.1.2.3") == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ({"proto": b"HTTPS"}, "https://inner:8000"),
        ({"host": b"lib.example.org", "port": b"8443"}, "http://lib.example.org:8443"),
        ({"host": b"lib.example.org", "port": b"443", "proto": b"https"}, "https://lib.example.org"),
        ({"host": b"lib.example.org:8443", "port": b"443"}, "http://lib.example.org:8443"),
        ({"port": b"80"}, "http://inner"),
        ({"prefix": b"/lib/"}, "http://inner:8000/lib"),
        ({"proto": b"https, http", "host": b"evil, lib.example.org"}, "http://lib.example.org"),
        ({"for": b"127.0.0.1", "proto": b"https, http", "host": b"lib.example.org, inner"}, "https://lib.example.org"),
        ({"for": b"127.0.0.1, 203.0.113.9", "host": b"evil, lib.example.org"}, "http://lib.example.org"),
    ],
)
def test_the_base_is_what_the_outermost_trusted_proxy_was_asked(words: dict[str, bytes], base: str) -> None:
    headers = [(f"x-forwarded-{name}".encode(), value) for name, value in words.items()]
    settings = Settings(trusted_proxies=("127.0.0.1",))
    assert base_of(settings, (b"host", b"inner:8000"), *headers, client="127.0.0.1") == base


@pytest.mark.parametrize("path", [b"/health", b"/%68ealth", b"http://[:::]/health"])
def test_health_is_asked_under_any_host_or_none(path: bytes) -> None:
    settings = Settings(allowed_hosts=("library.example.org",))
    for headers in ([(b"accept", b"*/*")], [(b"host", b"a/b")], [(b"host", b"a"), (b"host", b"b")]):
        assert TargetParser(settings).parse(asked(path, *headers)).path == "/health"


@pytest.mark.parametrize(
    "header",
    [
        (b"x-forwarded-proto", b"gopher"),
        (b"x-forwarded-host", b"a/b"),
        (b"x-forwarded-host", b"[:::]"),
        (b"x-forwarded-port", b"080"),
        (b"x-forwarded-port", b"65536"),
        (b"x-forwarded-prefix", b"/a/<b>"),
        (b"x-forwarded-prefix", b"/a/../b"),
        (b"x-forwarded-prefix", b"/."),
        (b"x-forwarded-prefix", b"//a"),
        (b"x-forwarded-prefix", b"a"),
    ],
)
def test_a_trusted_proxy_that_talks_nonsense_is_refused(header: tuple[bytes, bytes]) -> None:
    with pytest.raises(Malformed):
        base_of(Settings(trusted_proxies=("192.0.2.1",)), (b"host", b"a"), header)


def test_base_url_goes_before_everything_the_request_says() -> None:
    settings = Settings(base_url="https://Library.example.org:443/lib/", trusted_proxies=("10.0.0.0/8",))
    assert base_of(settings, *FORWARDED, client="10.1.2.3") == "https://library.example.org/lib"


def test_only_the_hosts_that_are_allowed_are_answered() -> None:
    settings = Settings(allowed_hosts=("library.example.org",))
    assert base_of(settings, (b"host", b"library.example.org:8000")) == "http://library.example.org:8000"
    with pytest.raises(Malformed, match=r"evil\.example"):
        base_of(settings, (b"host", b"evil.example"))


@pytest.mark.parametrize(
    "base_url",
    [
        "library.example.org",
        "ftp://a",
        "https://",
        "https://a b",
        "https://a/b?c",
        "https://a/../b",
        "https://a:080",
        "https://[:::]",
        "https://thư-viện.vn",
    ],
)
def test_a_base_url_that_is_no_address_is_refused_at_the_start(base_url: str) -> None:
    with pytest.raises(Misused):
        TargetParser(Settings(base_url=base_url))


@pytest.mark.parametrize("host", ["a b", "https://a", "x:080", "thư-viện.vn", "*.example.org"])
def test_an_allowed_host_that_is_none_is_refused_at_the_start(host: str) -> None:
    with pytest.raises(Misused, match="allowed_hosts"):
        TargetParser(Settings(allowed_hosts=("library.example.org", host)))


def test_a_trusted_proxy_that_is_no_network_is_refused_at_the_start() -> None:
    with pytest.raises(Misused):
        TargetParser(Settings(trusted_proxies=("nginx",)))
