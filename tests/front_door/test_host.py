"""What is a host and what is none, as one table: a name is taken whole or not at all."""

import pytest

from server.front_door.host import Host, parse_host

LONG = "a" * 63


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("library.example.org", Host("library.example.org")),
        ("Library.Example.ORG:8000", Host("library.example.org", 8000)),
        ("localhost:1", Host("localhost", 1)),
        ("localhost:65535", Host("localhost", 65535)),
        ("my_server", Host("my_server")),
        ("_x_:8", Host("_x_", 8)),
        ("a-b.c--d", Host("a-b.c--d")),
        ("example.org.", Host("example.org.")),
        ("xn--thvin-grb5423c.vn", Host("xn--thvin-grb5423c.vn")),
        ("xn--", None),
        ("127.0.0.1:8000", Host("127.0.0.1", 8000)),
        ("1a.2b", Host("1a.2b")),
        ("[::1]", Host("[::1]")),
        ("[2001:DB8::1]:443", Host("[2001:db8::1]", 443)),
        ("[::ffff:192.0.2.1]", Host("[::ffff:192.0.2.1]")),
        (f"{LONG}.{LONG}.{LONG}.{LONG[:61]}", Host(f"{LONG}.{LONG}.{LONG}.{LONG[:61]}")),
    ],
)
def test_a_host_is_taken_whole_in_small_letters(text: str, host: Host | None) -> None:
    assert parse_host(text) == host
    if host is not None:
        assert str(host) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "..", "a..b", ".a", "-a", "a-", "a.-b", "a b", "a/b", "a,b", "a@b", "a%41", "a\n", "a\0"),
        *("x:", "x:0", "x:00", "x:080", "x:65536", "x:99999", "x:-1", "x:+1", "x:8 ", "x:8:8", "x:١", "x:８"),
        *("1", "1.2.3", "256.1.1.1", "1.1.1.01", "1.1.1.1.1", "a.1"),
        *("[]", "[1]", "[:::]", "[::1", "::1", "[::1]a", "[::1]:", "[fe80::1%eth0]", "[v1.a]", "[127.0.0.1]", "[::g]"),
        *("thư-viện.vn", "ａ.vn", "ⓐ", "a。b", "\u212a", "ı", "🏛"),
        *("a" * 64, f"{LONG}.{LONG}.{LONG}.{LONG}"),
    ],
)
def test_what_is_half_a_host_is_none(text: str) -> None:
    assert parse_host(text) is None


def test_a_default_port_is_left_out_and_another_is_not() -> None:
    assert str(Host("a", 80).without_default_port("http")) == "a"
    assert str(Host("a", 443).without_default_port("https")) == "a"
    assert str(Host("a", 80).without_default_port("https")) == "a:80"
