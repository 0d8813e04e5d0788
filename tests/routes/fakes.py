"""Stand-ins for the tests of the routes: the front door without threads, and a library of one work in memory."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from a2wsgi.wsgi import Body, build_environ
from flask import Flask
from PIL import Image

from manifests.errors import Missing, Withdrawn
from manifests.ids import image_id
from manifests.model import Page
from manifests.settings import Settings
from manifests.visible import FoundImage
from server.derivatives.drawing_room import DrawingRoom
from server.derivatives.maker import PictureMaker
from server.derivatives.picture_cache import PictureCache
from server.front_door.asgi import AsgiFrontend, Receive, Send
from server.pyramid.build import build_pyramid


class Straight:
    """Stands where a2wsgi stands: the same bytes, many times as fast, and what Flask lets out ends the test."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        started: list[Any] = []
        environ = build_environ(scope, Body(None, receive))  # type: ignore[arg-type]  # read by nobody: all is GET
        chunks = self._app.wsgi_app(environ, lambda status, headers, _=None: started.extend((status, headers)))
        with closing(chunks):  # type: ignore[type-var]  # werkzeug gives out what can be closed
            body = b"".join(chunks)
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in started[1]]
        await send({"type": "http.response.start", "status": int(started[0].split()[0]), "headers": headers})
        await send({"type": "http.response.body", "body": body})


def straight_door(app: Flask, settings: Settings | None = None) -> AsgiFrontend:
    settings = settings or Settings(languages=("en",))
    nothing_kept = PictureCache(Path(), 0, 0)
    maker = PictureMaker(settings, nothing_kept, lambda _image: True)
    return AsgiFrontend(DrawingRoom(Straight(app), maker), settings)


class OneWork:
    """A library of one work whose pages are given; for what HTTP makes of it. Only what the Image API asks."""

    def __init__(self, folder: Path, *pages: Page, settings: Settings | None = None) -> None:
        self.folder = folder
        self.settings = settings or Settings(languages=("en",))
        self.pages = {page.image: page for page in pages}
        self.settled = self.updated = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
        self.scanned_anew: dict[str, Page] = {}
        self.withdrawn: set[str] = set()

    def image(self, image: str) -> Page:
        return self.found_image(image).page

    def found_image(self, image: str) -> FoundImage:
        if image in self.withdrawn:
            raise Withdrawn("{work} has been withdrawn from the library.", work=image)
        if image not in self.pages:
            raise Missing("There is no image {image}.", image=image)
        found = FoundImage(self.pages[image], {"vi": ["Sách cổ"]}, self.updated)
        self.pages |= self.scanned_anew
        return found

    def pyramid_file(self, page: Page) -> Path:
        return self.folder / page.pyramid.file

    def count(self) -> int:
        return 1


def carved(folder: Path, work: str, stem: str, width: int, height: int, seed: int = 0) -> Page:
    """A page with a real pyramid, of a picture in which every place looks different."""
    rows, columns = np.indices((height, width))
    channels = (columns * 255 // width, rows * 255 // height, (rows ^ columns ^ seed) & 255)
    folder.mkdir(exist_ok=True)
    master = folder / f"{stem}-{seed}.tif"
    Image.fromarray(np.stack(channels, axis=-1).astype(np.uint8)).save(master)
    made = build_pyramid(master, folder / "pyramids", work, stem, max_pixels=10**8)
    assert made.pyramid is not None, made.examined.findings
    assert made.examined.master is not None
    image = image_id(work, stem)
    label = {"none": [stem]}
    return Page(stem, image, label, master.name, made.examined.sha256, made.examined.master, made.pyramid)
