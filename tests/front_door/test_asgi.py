"""The front door, over a real socket, in front of the real `serve`: the edge cases at which ASGI workers differ."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.app import create_asgi_app
from server.get import ask
from tests.patience import until
from tests.routes.serving import Answer, Running, running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    Library.create(folder / "library", Settings()).close()
    with running(folder / "library", folder / "log", MOCBAN_LANGUAGES="en") as server:
        yield server


def raw(served: Running, line: bytes, *headers: bytes, method: str = "GET") -> Answer:
    return served.send(b"\r\n".join([line, *headers, b"", b""]), method=method)[0]


def host(served: Running) -> bytes:
    return f"Host: {served.host}".encode()


def test_an_absolute_target_is_its_path(served: Running) -> None:
    answer = raw(served, f"GET http://{served.host}/health HTTP/1.1".encode(), host(served))
    assert answer.status == 200
    assert raw(served, b"GET http://elsewhere.example/health HTTP/1.1", host(served)).status == 200


def test_a_target_is_cut_at_its_fragment(served: Running) -> None:
    assert raw(served, b"GET /health#/nothing HTTP/1.1", host(served)).status == 200


@pytest.mark.parametrize("target", [b"/a%00b", b"/iiif/image/3/%ff/info.json", b"/search?q=%C3%28", b"/a%zz"])
def test_targets_that_mean_nothing_are_refused_with_cors(served: Running, target: bytes) -> None:
    answer = raw(served, b"GET " + target + b" HTTP/1.1", host(served))
    assert answer.status == 400
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_missing_host_and_a_second_one_are_refused(served: Running) -> None:
    assert raw(served, b"GET / HTTP/1.1").status == 400
    assert raw(served, b"GET / HTTP/1.0").status == 400
    assert raw(served, b"GET / HTTP/1.1", host(served), b"Host: elsewhere.example").status == 400


@pytest.mark.parametrize("name", [b"a/b", b"x:080", b"[1]", b"[:::]", "thư-viện.vn".encode()])
def test_a_host_that_is_no_name_is_refused(served: Running, name: bytes) -> None:
    assert raw(served, b"GET /iiif/presentation/3/collection/top HTTP/1.1", b"Host: " + name).status == 400


@pytest.mark.parametrize("name", [b"image_server", b"xn--thvin-grb5423c.vn", b"[::1]:8000", b"a.b.:1"])
def test_a_host_is_taken_whole(served: Running, name: bytes) -> None:
    for path in (b"/iiif/presentation/3/collection/top", b"/"):
        answer = raw(served, b"GET " + path + b" HTTP/1.1", b"Host: " + name)
        assert answer.status == 200
        assert b'"http://' + name + b"/iiif/" in answer.body


@pytest.mark.parametrize("version", [b"HTTP/1.0", b"HTTP/1.1"])
@pytest.mark.parametrize(
    "named", [(), (b"Host: ",), (b"Host: a/b",), (b"Host: [:::]",), (b"Host: elsewhere",)], ids=str
)
def test_health_is_told_under_any_host_or_none(served: Running, version: bytes, named: tuple[bytes, ...]) -> None:
    assert raw(served, b"GET /health " + version, *named).status == 200


def test_a_request_line_may_have_8190_bytes_and_no_more(served: Running) -> None:
    longest = 8190 - len("GET  HTTP/1.1")
    fits = b"GET /health?" + b"a" * (longest - len("/health?")) + b" HTTP/1.1"
    assert len(fits) == 8190
    assert raw(served, fits, host(served)).status == 200
    too_long = raw(served, fits.replace(b"?", b"?a"), host(served))
    assert too_long.status == 414


def test_an_encoded_slash_is_no_slash(served: Running) -> None:
    assert served.ask("/health").status == 200
    assert served.ask("/%68ealth").status == 200
    assert served.ask("/x/..%2Fhealth").status == 404
    assert served.ask("/%2Fhealth").status == 404


def test_an_address_has_no_second_spelling_with_two_slashes(served: Running) -> None:
    for target in ("//health", "///health", "//iiif/presentation/3/collection/top", "//"):
        assert served.ask(target).status == 404


def test_every_answer_carries_cors_errors_too(served: Running) -> None:
    for target in ("/health", "/nothing/here", "/iiif/image/3/none/info.json", "/iiif/presentation/3/none/manifest"):
        for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE"):
            answer = served.ask(target, method, Content_Length="0")
            assert answer.headers["access-control-allow-origin"] == "*", (method, target)
            assert answer.headers["x-content-type-options"] == "nosniff", (method, target)
            assert "ETag" in answer.headers.get("access-control-expose-headers", "ETag")


def test_a_preflight_is_answered_everywhere(served: Running) -> None:
    asked = {"Origin": "https://viewer.example", "Access_Control_Request_Method": "GET"}
    answer = served.ask("/iiif/image/3/none/info.json", "OPTIONS", **asked, Access_Control_Request_Headers="x-a")
    assert answer.status == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "*"
    assert raw(served, b"OPTIONS * HTTP/1.1", host(served), method="OPTIONS").status == 204


def test_other_methods_are_not_allowed_and_told_which_are(served: Running) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = served.ask("/health", method, Content_Length="0")
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_head_says_what_get_would_without_the_body(served: Running) -> None:
    for target in ("/health", "/nothing", "/iiif/presentation/3/collection/top", "/a%00"):
        got, headed = served.ask(target), served.ask(target, "HEAD")
        assert headed.body == b""
        assert headed.status == got.status
        assert headed.headers["content-type"] == got.headers["content-type"]
        assert headed.headers.get("content-length") == got.headers.get("content-length")


def test_twenty_requests_to_flask_go_down_one_connection_without_a_stall(served: Running) -> None:
    request = b"GET /health HTTP/1.1\r\nHost: " + served.host.encode() + b"\r\n\r\n"
    answers = served.send(*[request] * 20)
    assert [answer.status for answer in answers] == [200] * 20


def test_errors_are_never_cached_and_speak_the_readers_language(served: Running) -> None:
    answer = served.ask("/nothing", Accept_Language="en")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-language"] == "en"
    assert answer.body == b"There is nothing at this address.\n"


@pytest.mark.parametrize(
    ("target", "method", "status"),
    [("/works/%00", "GET", 400), ("/works/%FF", "HEAD", 400), ("/", "POST", 405), ("//iiif/x", "GET", 404)],
)
def test_what_the_front_door_refuses_is_a_page_for_a_browser(
    served: Running, target: str, method: str, status: int
) -> None:
    answer = served.ask(target, method, Accept="text/html,*/*;q=0.8", Accept_Language="en")
    assert answer.status == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert method == "HEAD" or b"<h1>" in answer.body
    assert served.ask(target, method).headers["content-type"] == "text/plain; charset=utf-8"


def test_no_choice_of_a_reader_breaks_a_header(served: Running) -> None:
    for target in ("/?lang=%1B", "/?viewer=%0d%0aSet-Cookie:%20a=b", "/?lang=%E1%BA%BF", "/?lang=" + "a" * 5000):
        answer = served.ask(target)
        assert answer.status == 200
        assert "set-cookie" not in answer.headers
    assert served.ask("/?lang=vi").headers["set-cookie"].startswith("lang=vi;")


def test_a_name_that_no_disk_can_hold_is_not_there(served: Running) -> None:
    assert served.ask("/static/" + "a" * 300, Accept_Encoding="gzip").status == 404
    assert served.ask("/static/" + "a/" * 3000, Accept_Encoding="gzip").status == 404


def test_a_request_leaves_one_line_without_the_reader(served: Running) -> None:
    served.ask("/search?q=secret", Referer="https://private.example/")
    served.ask("/?after=secret&q=secret", Host="secret/")
    served.ask("/logged-here")
    until(lambda: "path=/logged-here " in served.log.read_text(), "a line in the log, which follows the answer")
    lines = served.log.read_text().splitlines()
    assert len([line for line in lines if "path=/logged-here " in line]) == 1
    assert 'reason="There is nothing at this address."' in served.log.read_text()
    assert not any("secret" in line or "private.example" in line or "127.0.0.1:" in line for line in lines[1:])


@pytest.mark.parametrize(
    ("settings", "headers"),
    [
        (Settings(base_url="https://library.example/scans"), []),
        (Settings(trusted_proxies=("127.0.0.1",)), [("X-Forwarded-Prefix", "/scans")]),
    ],
)
@pytest.mark.parametrize("path", ["/works/%00", "/nothing"])
def test_below_a_folder_of_the_proxy_a_page_of_an_error_leads_on(
    tmp_path: Path, settings: Settings, headers: list[tuple[str, str]], path: str
) -> None:
    with closing(Library.create(tmp_path, settings)) as library:
        door = create_asgi_app(library)

        async def local_door(scope: Any, receive: Any, send: Any) -> None:
            await door({**scope, "client": ("127.0.0.1", 1)}, receive, send)

        status, _, body = asyncio.run(ask(local_door, path, [("Accept", "text/html"), *headers]))
    assert status in {400, 404}
    led = re.findall(rb'(?:href|src|action)="([^"?#]+)', body)
    assert len(led) > 5
    assert not [address for address in led if not re.match(rb"(https?://[a-z.]+)?/scans/", address)]
