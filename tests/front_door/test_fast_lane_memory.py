"""What the lane keeps, for how long, and how much of it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.app import Responders
from server.front_door.fast_lane import MOST_BYTES, SECONDS_BELIEVED, FastLane
from server.front_door.request_target import TargetParser
from server.ready_paths import ReadyPaths
from tests.routes.fakes import OneWork, carved
from tests.routes.filled import WORK, filled

ASKED = ((b"host", b"a"),)
SETTINGS = Settings(languages=("en",))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("lane")
    return OneWork(folder, carved(folder, "book", "colour", 600, 600), settings=SETTINGS)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(
    lane: FastLane, target: str, *headers: tuple[bytes, bytes], client: tuple[str, int] = ("10.0.0.1", 1)
) -> int | None:
    found = lane.answer(b"GET", target.encode(), (*headers, (b"host", b"a")), "http", client)
    return found.answer.status if found else None


def test_what_is_withdrawn_is_seen_within_a_second(tmp_path: Path) -> None:
    shown, clock = filled(tmp_path), Clock()
    lane = FastLane(TargetParser(shown.settings), ReadyPaths(*Responders.of(shown)), shown.version, clock=clock)
    target = f"/iiif/image/3/{WORK}~0001/full/max/0/default.jpg"
    clock.now = 1.0  # whatever the library's own clock says: what has changed within a second is not kept
    assert ask(lane, target) == 200
    other = Library.open(shown.folder, shown.settings)
    other.withdraw(WORK)
    clock.now += SECONDS_BELIEVED
    assert ask(lane, target) is None
    other.publish(WORK)
    clock.now += SECONDS_BELIEVED
    assert ask(lane, target) == 200
    other.close()
    shown.close()


def test_a_pyramid_that_was_deleted_is_not_held_open(tmp_path: Path) -> None:
    shown, clock = filled(tmp_path), Clock()
    responders = Responders.of(shown)
    ready, close = ReadyPaths(*responders), responders.images.close_files
    lane = FastLane(TargetParser(shown.settings), ready, shown.version, close, clock)
    found = lane.answer(b"GET", f"/iiif/image/3/{WORK}~0001/full/max/0/default.jpg".encode(), ASKED, "http", None)
    assert found is not None
    assert found.answer.pieces()
    assert files_open(tmp_path) == 1
    del found
    other = Library.open(shown.folder, shown.settings)
    other.remove(WORK)
    clock.now += SECONDS_BELIEVED
    assert ask(lane, "/nothing") is None
    assert files_open(tmp_path) == 0
    other.close()
    shown.close()


def files_open(folder: Path) -> int:
    """Pyramids below the folder that this process holds open."""
    links = (Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd"))
    return sum(is_pyramid(link, folder) for link in links)


def is_pyramid(link: Path, folder: Path) -> bool:
    try:
        target = os.readlink(link)
    except FileNotFoundError:  # the descriptor that listed them
        return False
    return target.startswith(str(folder)) and ".tif" in target


def test_an_answer_is_kept_until_something_changes(library: Any) -> None:
    asked, versions, clock = [], [1], Clock()
    ready = ReadyPaths(*Responders.of(library))
    lane = FastLane(
        TargetParser(SETTINGS), lambda *given: asked.append(given) or ready(*given), lambda: versions[-1], clock=clock
    )
    target = "/iiif/image/3/book~colour/0,0,512,512/512,/0/default.jpg"
    for _ in range(3):
        assert ask(lane, target) == 200
    assert len(asked) == 1
    versions.append(2)
    assert ask(lane, target) == 200
    assert len(asked) == 1
    clock.now += SECONDS_BELIEVED
    assert ask(lane, target) == 200
    assert len(asked) == 2
    for date in (b"Sun, 06 Nov 1994 08:49:37 GMT", b"Fri, 02 Jan 2099 03:04:05 GMT"):
        for _ in range(2):  # what is right today may be wrong tomorrow
            ask(lane, target, (b"if-modified-since", date))
    assert len(asked) == 6


def test_the_asker_counts_only_where_proxies_are_trusted(library: Any) -> None:
    target = "/iiif/image/3/book~colour/0,0,512,512/512,/0/default.jpg"
    told = ((b"x-forwarded-host", b"library.example.org"),)
    for trusted, links in (((), {"a"}), (("10.0.0.1",), {"a", "library.example.org"})):
        ready = ReadyPaths(*Responders.of(library))
        lane = FastLane(TargetParser(replace(SETTINGS, trusted_proxies=trusted)), ready, lambda: 1)
        seen = set()
        for client in (("10.0.0.1", 1), ("10.0.0.2", 1)):
            found = lane.answer(b"GET", target.encode(), (*told, (b"host", b"a")), "http", client)
            assert found is not None
            seen.add(dict(found.answer.headers)["Link"].split("/")[2])
        assert seen == links


def test_no_more_is_kept_than_there_is_room_for(library: Any) -> None:
    asked: list[Any] = []
    ready = ReadyPaths(*Responders.of(library))
    lane = FastLane(TargetParser(SETTINGS), lambda *given: asked.append(given) or ready(*given), lambda: 1)
    target = "/iiif/image/3/book~colour/0,0,512,512/512,/0/default.jpg"
    names = [f"?{number:07000}" for number in range(MOST_BYTES // 40_000)]
    for name in names:
        assert ask(lane, target + name) == 200
    assert ask(lane, target + names[-1]) == 200
    assert len(asked) == len(names)
    assert ask(lane, target + names[0]) == 200
    assert len(asked) == len(names) + 1
