"""Whose words count: the walk along `X-Forwarded-For`, and the place of the words that goes with it."""

import pytest

from server.front_door.forwarded import TrustedProxies

TRUSTED = ("10.0.0.0/8", "127.0.0.1", "2001:db8::/32")


def host_of(client: str | None, forwarded_for: str, hosts: str = "a, b, c, d") -> str | None:
    headers = [(b"x-forwarded-host", hosts.encode())]
    if forwarded_for:
        headers += [(b"x-forwarded-for", line.encode()) for line in forwarded_for.split("|")]
    words = TrustedProxies(TRUSTED).words(client, headers)
    return words and words.host


@pytest.mark.parametrize(
    ("forwarded_for", "host"),
    [
        ("", "d"),
        ("203.0.113.9", "d"),
        ("203.0.113.9, 10.0.0.7", "c"),
        ("203.0.113.9, 10.0.0.7, 127.0.0.1", "b"),
        ("203.0.113.9|10.0.0.7|127.0.0.1", "b"),
        ("203.0.113.9,10.0.0.7,127.0.0.1", "b"),
        ("10.0.0.7, 203.0.113.9, 127.0.0.1", "c"),
        ("127.0.0.1, 127.0.0.1, 203.0.113.9", "d"),
        ("127.0.0.1, unknown", "d"),
        ("127.0.0.1, , 10.0.0.7", "c"),
        ("203.0.113.9, 10.0.0.7:4711", "c"),
        ("203.0.113.9, [2001:db8::7]:4711", "c"),
        ("203.0.113.9, 2001:db8::7", "c"),
        ("203.0.113.9, ::ffff:10.0.0.7", "c"),
        ("10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5", "a"),
    ],
)
def test_the_words_are_those_of_the_outermost_proxy_that_is_trusted(forwarded_for: str, host: str) -> None:
    assert host_of("127.0.0.1", forwarded_for) == host


@pytest.mark.parametrize("client", [None, "203.0.113.9", "", "unix:", "::1"])
def test_nobody_else_is_believed(client: str | None) -> None:
    assert host_of(client, "127.0.0.1") is None


def test_a_proxy_that_writes_over_the_list_of_the_one_before_it_is_believed() -> None:
    assert host_of("127.0.0.1", "203.0.113.9, 10.0.0.7", hosts="only") == "only"


def test_a_proxy_that_came_in_over_ipv6_is_known_by_its_ipv4_address() -> None:
    assert host_of("::ffff:10.1.1.1", "203.0.113.9") == "d"
