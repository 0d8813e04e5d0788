"""A picture that is drawn without Flask is the one that Flask would have answered: status, headers and bytes."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from manifests.settings import Settings
from server.app import Responders, create
from server.derivatives.drawing_room import DrawingRoom
from server.derivatives.maker import PictureMaker
from server.derivatives.picture_cache import PictureCache
from server.front_door.asgi import AsgiFrontend
from server.get import ask
from server.ready_paths import ReadyPaths
from tests.routes.fakes import OneWork, Straight, carved

Ask = Callable[..., tuple[int, list[tuple[str, str]], bytes]]
SIZE = (1501, 1001)
SETTINGS = Settings(languages=("en",), server_timing=True, max_area=2_000_000)
DRAWN = [
    "full/400,/0/default.jpg",
    "1,1,700,500/max/90/gray.png",
    "5,5,9,9/^!40,40/0/bitonal.webp",
    "pct:1,1,50,50/99,/!0/color.jpg",
]
OTHERS = [
    "0,0,512,512/512,512/0/default.jpg",  # a stored tile
    "full/9999,/0/default.jpg",
    "full/400,/0/default.gif",
    "full/400,/45/default.jpg",
    "full/%34%30%30,/0/default.jpg",
    "nowhere/400,/0/default.jpg",
    "info.json",
    "full/400,/0/default.jpg/",
]


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ask, Ask]:
    """The same library by Flask alone, and with what can be answered without."""
    folder: Path = tmp_path_factory.mktemp("pages")
    library = OneWork(folder, carved(folder, "book", "0001", *SIZE), settings=SETTINGS)
    responders = Responders.of(library)  # type: ignore[arg-type]  # all of a library that the Image API asks
    app = Straight(create(library, responders))  # type: ignore[arg-type]

    def door(**given: object) -> Ask:
        maker = PictureMaker(SETTINGS, PictureCache(Path(), 0, 0), lambda _image: True)
        front = AsgiFrontend(DrawingRoom(app, maker, **given), SETTINGS)  # type: ignore[arg-type]
        return lambda *request: asyncio.run(ask(front, *request))

    return door(), door(at_once=ReadyPaths(*responders).picture)


@pytest.mark.parametrize("rest", [*DRAWN, *OTHERS])
@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("image", ["book~0001", "book%7E0001", "book~9999"])
def test_with_flask_and_without_it_is_the_same_answer(
    doors: tuple[Ask, Ask], rest: str, version: int, method: str, image: str
) -> None:
    request = (f"/iiif/image/{version}/{image}/{rest}", [("Host", "library.example.org")], method)
    by_flask, without = (door(*request) for door in doors)
    assert without == by_flask


def test_who_has_the_picture_is_told_so_by_either(doors: tuple[Ask, Ask]) -> None:
    path = f"/iiif/image/3/book~0001/{DRAWN[0]}"
    tag = dict(doors[1](path)[1])["etag"]
    by_flask, without = (door(path, [("If-None-Match", tag)]) for door in doors)
    assert without == by_flask
    assert without[0] == 304
