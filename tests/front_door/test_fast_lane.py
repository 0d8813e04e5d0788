"""What leaves at once is what the road behind would have answered: status, headers and bytes.

Each request goes down a connection whose front door has a lane and, if it was answered at once, through Flask too.
"""

import asyncio
import http.client
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifests.settings import Settings
from manifests.tiling import levels
from server.app import Responders, create
from server.front_door.asgi import AsgiFrontend
from server.front_door.fast_lane import FastLane
from server.front_door.request_target import TargetParser
from server.get import scope_of
from server.ready_paths import ReadyPaths
from tests.front_door.connections import DATE, Connection
from tests.image import request_strategies
from tests.routes.fakes import OneWork, Straight, carved
from tests.routes.filled import WORK, filled

SIZE = (1501, 1001)
PAGES = {"colour": 1, "grey": 2}
SETTINGS = Settings(languages=("en",), max_area=3_000_000)
CORNERS = [
    (x, y, min(512 << level, SIZE[0] - x), min(512 << level, SIZE[1] - y), 1 << level)
    for level in range(len(levels(*SIZE)))
    for x in range(0, SIZE[0], 512 << level)
    for y in range(0, SIZE[1], 512 << level)
]


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class House(NamedTuple):
    """One library with both roads through it."""

    library: Any
    front: AsgiFrontend

    def at_once(self, request: bytes) -> Answer | None:
        """None where the request was handed on."""

        async def send() -> bytes:
            connection = Connection(self.front)
            connection.receive(request)
            for task in connection.protocol.tasks:
                task.cancel()
            return connection.wire.sent

        sent = asyncio.run(send())
        return parsed(sent, request.split(b" ")[0].decode()) if sent else None

    def by_flask(self, target: str, headers: list[tuple[str, str]], method: str) -> Answer:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.front(scope_of(target, headers, method), receive, send))
        said = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
        return Answer(sent[0]["status"], sorted(said), b"".join(message.get("body", b"") for message in sent[1:]))


def parsed(sent: bytes, method: str) -> Answer:
    class Sent:
        def makefile(self, _mode: str) -> io.BytesIO:
            return io.BytesIO(sent)

    response = http.client.HTTPResponse(Sent(), method=method)  # type: ignore[arg-type]
    response.begin()
    ours = [(name.lower(), value) for name, value in response.getheaders()]
    date = tuple(part.decode() for part in DATE)
    assert date in ours
    return Answer(response.status, sorted(set(ours) - {date, ("connection", "close")}), response.read())


def written(target: str, headers: list[tuple[str, str]], method: str = "GET", version: str = "1.1") -> bytes:
    lines = [f"{method} {target} HTTP/{version}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def house(library: Any, chosen: Settings) -> House:
    responders = Responders.of(library)
    lane = FastLane(TargetParser(chosen), ReadyPaths(*responders), lambda: 1)
    return House(library, AsgiFrontend(Straight(create(library, responders)), chosen, lane))


@pytest.fixture(scope="module")
def house_of_one_work(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("lane")
    pages = [carved(folder, "book", name, *SIZE, seed=seed) for name, seed in PAGES.items()]
    pages[1] = replace(pages[1], pyramid=replace(pages[1].pyramid, grey=True))  # by what the catalogue says of it
    return house(OneWork(folder, *pages, settings=SETTINGS), SETTINGS)


@pytest.fixture(scope="module")
def house_of_a_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    library = filled(tmp_path_factory.mktemp("lane"), pages=1)
    yield house(library, library.settings)
    library.close()


def spellings(x: int, y: int, w: int, h: int, scale: int) -> Iterator[tuple[str, str]]:
    """Region and size of one tile as viewers write them."""
    wide, high = -(-w // scale), -(-h // scale)
    sizes = [f"{wide},{high}", f"{wide},", f",{high}", f"!{wide},{high}", *(["max", "pct:100"] if scale == 1 else [])]
    regions = [f"{x},{y},{w},{h}", f"{x},{y},{512 * scale},{512 * scale}"]
    if (w, h) == SIZE:
        regions.append("full")
    yield from ((region, size) for region in regions for size in sizes)


def encoded_here_and_there(target: str, places: set[int]) -> str:
    """The same address: a character that may be written as itself is written as its number."""
    return "".join(f"%{ord(c):02x}" if i in places and c not in "/?%" else c for i, c in enumerate(target))


tiles = st.sampled_from(CORNERS).flatmap(lambda corner: st.sampled_from(list(spellings(*corner))))
tile_requests = st.tuples(
    st.sampled_from([3, 2]),
    tiles,
    st.sampled_from(["0", "360", "0.0", ".0", "!0", "90", "0.5"]),
    st.sampled_from(["default.jpg", "color.jpg", "gray.jpg", "bitonal.jpg", "default.png", "default.pdf", "gray.tif"]),
).map(lambda parts: (parts[0], *parts[1], *parts[2:]))
pictures = (tile_requests | request_strategies.requests).map(
    lambda parts: ("{}", "/".join(map(str, parts[1:])), parts[0])
)
asked = st.tuples(
    pictures | st.sampled_from([("{}", "info.json", version) for version in (2, 3)]),
    st.sampled_from(["book~colour", "book~grey", "book~none", "book%7Ecolour"]),
).map(lambda both: f"/iiif/image/{both[0][2]}/{both[1]}/{both[0][1]}")
targets = st.builds(
    lambda target, places, before, after: f"{before}{encoded_here_and_there(target, places)}{after}",
    asked,
    st.sets(st.integers(20, 60), max_size=2),
    st.sampled_from(["", "", "", "http://elsewhere.example"]),
    st.sampled_from(["", "", "", "?q=1", "?download=1", "?", "#x", "/"]),
)
header_choices: dict[str, tuple[str, ...]] = {
    "Accept": ("*/*", "image/webp,*/*", "application/ld+json", "text/html"),
    "Accept-Encoding": ("gzip", "br, gzip", "identity"),
    "Accept-Language": ("vi",),
    "If-None-Match": ("*", '"a"', "TAG", "W/TAG", '"a", TAG'),
    "If-Match": ("*", '"a"', "TAG"),
    "If-Modified-Since": ("Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 02 Jan 2026 03:04:05 GMT", "x"),
    "If-Unmodified-Since": ("Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 02 Jan 2026 03:04:05 GMT"),
    "Range": ("bytes=0-9",),
    "Connection": ("close", "keep-alive", "upgrade"),
    "Upgrade": ("websocket",),
    "Cookie": ("lang=vi",),
    "Content-Length": ("0", "3"),
    "X-Forwarded-Host": ("elsewhere",),
}
some_headers = st.lists(
    st.sampled_from(sorted(header_choices)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(header_choices[name]))
    ),
    max_size=3,
    unique_by=lambda header: header[0],
)


@settings(max_examples=700, deadline=None)
@given(
    targets,
    some_headers,
    st.sampled_from(["GET", "GET", "HEAD", "OPTIONS", "POST"]),
    st.sampled_from(["a", "b:81", "x:080"]),
    st.sampled_from(["1.1", "1.1", "1.0"]),
)
def test_what_leaves_at_once_is_what_flask_answers(
    house_of_one_work: House, target: str, headers: list[tuple[str, str]], method: str, host: str, version: str
) -> None:
    road = house_of_one_work
    headers = [("Host", host), *with_the_tag(road, target, headers)]
    found = road.at_once(written(target, headers, method, version))
    if found is not None:
        assert found == road.by_flask(target, headers, method)
        assert found == road.at_once(written(target, headers, method, version))


def with_the_tag(road: House, target: str, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """TAG is the one that the answer bears; fetched only where it is asked for."""
    if not any("TAG" in value for _, value in headers):
        return headers
    plain = road.at_once(written(target, [("Host", "a")])) or Answer(0, [], b"")
    tag = dict(plain.headers).get("etag", '"none"')
    return [(name, value.replace("TAG", tag)) for name, value in headers]


@pytest.mark.parametrize("corner", CORNERS, ids=str)
def test_every_spelling_of_a_tile_leaves_at_once(house_of_one_work: House, corner: tuple[int, ...]) -> None:
    bodies = set()
    for region, size in spellings(*corner):
        for image, quality in (("book~colour", "default"), ("book~colour", "color"), ("book~grey", "gray")):
            target = f"/iiif/image/3/{image}/{region}/{quote(size)}/0/{quality}.jpg"
            found = house_of_one_work.at_once(written(target, [("Host", "a")]))
            assert found is not None, target
            assert found.status == 200
            bodies.add((image, found.body))
    assert len(bodies) == 2


@pytest.mark.parametrize("kept", [True, False])
def test_head_conditions_and_info_json_leave_at_once(house_of_one_work: House, kept: bool) -> None:
    tile = "/iiif/image/3/book~colour/0,0,512,512/512,/0/default.jpg"
    whole = house_of_one_work.at_once(written(tile, [("Host", "a")]))
    assert whole is not None
    headed = house_of_one_work.at_once(written(tile, [("Host", "a")], "HEAD"))
    assert headed == whole._replace(body=b"")
    tag = dict(whole.headers)["etag"]
    unchanged = house_of_one_work.at_once(written(tile, [("Host", "a"), ("If-None-Match", tag)]))
    assert unchanged is not None
    assert (unchanged.status, unchanged.body) == (304, b"")
    house_of_one_work.by_flask("/iiif/image/3/book~colour/info.json", [("host", "a")], "GET")
    info = house_of_one_work.at_once(written("/iiif/image/3/book~colour/info.json", [("Host", "a")]))
    assert info is not None
    assert info.status == 200


@pytest.mark.parametrize(
    "rest",
    [
        *(f"{WORK}/manifest", f"{WORK}/canvas/0001"),
        *(f"{WORK}/annotations/0001/painting", f"{WORK}/annotations/0001/painting/image"),
        *("collection/top", "collection/top?after=", "collection/top?after=a"),
    ],
)
def test_a_document_that_has_been_sent_before_leaves_at_once(house_of_a_library: House, rest: str) -> None:
    target, headers = f"/iiif/presentation/3/{rest}", [("Host", "a"), ("Accept-Encoding", "gzip")]
    house_of_a_library.front.lane.forget()  # type: ignore[union-attr]
    assert house_of_a_library.at_once(written(target, [("Host", "unheard-of"), *headers[1:]])) is None
    by_flask = house_of_a_library.by_flask(target, headers, "GET")
    assert house_of_a_library.at_once(written(target, headers)) == by_flask


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_health_leaves_at_once_once_the_works_have_been_counted(house_of_a_library: House, method: str) -> None:
    by_flask = house_of_a_library.by_flask("/health", [("Host", "a")], method)
    assert by_flask is not None
    assert house_of_a_library.at_once(written("/health", [("Host", "a")], method)) == by_flask
    assert house_of_a_library.at_once(written("/health", [], method)) == by_flask


@pytest.mark.parametrize("query", ["?after=%61", "?after=a&x=1", "?x=1", "?after=+", "?AFTER=a"])
def test_a_query_that_we_do_not_write_ourselves_is_for_flask_to_read(house_of_a_library: House, query: str) -> None:
    target, headers = f"/iiif/presentation/3/collection/top{query}", [("Host", "a")]
    house_of_a_library.by_flask(target, headers, "GET")
    assert house_of_a_library.at_once(written(target, headers)) is None


@pytest.mark.parametrize(
    "target",
    [
        "/iiif/image/4/book~colour/info.json",
        "/iiif/image/3/book~none/info.json",
        "/iiif/image/3/book~colour",
        "//iiif/image/3/book~colour/full/max/0/default.jpg",
        "/iiif/image/3/book~colour/full/max/0/default.jpg",
        "/iiif/image/3/book~colour/0,0,512,512/513,/0/default.jpg",
        "/iiif%2Fimage/3/book~colour/0,0,512,512/512,/0/default.jpg",
        "/a%00",
    ],
)
def test_what_is_not_ready_or_not_right_is_handed_on(house_of_one_work: House, target: str) -> None:
    assert house_of_one_work.at_once(written(target, [("Host", "a")])) is None


def test_a_pyramid_that_is_gone_or_cut_short_is_left_to_the_road_behind(tmp_path: Path) -> None:
    page = carved(tmp_path, "book", "0001", 600, 600)
    road = house(OneWork(tmp_path, page), Settings())
    request = written("/iiif/image/3/book~0001/0,0,512,512/512,/0/default.jpg", [("Host", "a")])
    assert road.at_once(request) is not None
    (tmp_path / page.pyramid.file).write_bytes(b"short")
    assert road.at_once(request) is None
    (tmp_path / page.pyramid.file).unlink()
    assert road.at_once(request) is None
