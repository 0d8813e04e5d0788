"""The viewers a work can be read in: one row each, read by the page, its security policy and the tests.

Both are foreign programs with their own insides; ours is only how they are opened (`static/mirador.js`, `uv.js`) and
what they may do. `config/assets.toml` says which versions, `server.site.fetch` brings them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from manifests.metadata.record import Record
from manifests.model import Box
from server.site import assets
from server.site.logo import logo_source


@dataclass(frozen=True, slots=True)
class Viewer:
    """`words` are its sentences by language, where its own are missing or wrong; `needs` are directives of the Content
    Security Policy beyond those of our own pages; `view` is what of a page it shows when it opens at a box: all of
    that, in the middle, as large as there is room, but never more than twice full size."""

    id: str
    title: str
    script: str
    opener: str
    style: str | None
    words: Mapping[str, str]
    needs: Mapping[str, str]
    view: Callable[[Box], Box]
    is_main: bool = False
    """It brings a main landmark of its own, of which a page has one."""

    def is_installed(self) -> bool:
        return assets.is_there(self.script)


ROOM_AROUND, LEAST_WIDTH = 8, 1200
"""Of a view around a box: in sizes of the box, and in pixels of the page."""


def as_wide_as_the_room(box: Box) -> Box:
    """A view with much around the box. Only its width counts, so it is one pixel high."""
    width = max(ROOM_AROUND * box.w, ROOM_AROUND * box.h, LEAST_WIDTH)
    return Box(box.x + box.w // 2 - width // 2, box.y + box.h // 2, width, 1)


def legible(box: Box) -> Box:
    """What is shown without a viewer, where nobody can draw nearer: print that can be read on a phone."""
    width = max(box.w * 5 // 4, box.h * 3 // 2, LEAST_WIDTH)
    height = width * 4 // 5
    return Box(box.x + box.w // 2 - width // 2, box.y + box.h // 2 - height // 2, width, height)


def the_box_alone(box: Box) -> Box:
    return box


VIEWERS: tuple[Viewer, ...] = (
    Viewer(
        id="mirador",
        title="Mirador",
        script="viewers/mirador/mirador.min.js",
        opener="mirador.js",
        style=None,
        words=MappingProxyType({"vi": "mirador.vi.json"}),
        view=as_wide_as_the_room,
        is_main=True,
        # Emotion writes its style elements at run time.
        needs=MappingProxyType({"style-src": "'unsafe-inline'", "img-src": "data: blob:"}),
    ),
    Viewer(
        id="uv",
        title="Universal Viewer",
        script="viewers/universalviewer/umd/UV.js",
        opener="uv.js",
        style="viewers/universalviewer/uv.css",
        words=MappingProxyType({"vi": "uv.vi.json"}),
        view=the_box_alone,
        # JsViews compiles its templates with `new Function`; fonts and pictures of the theme are data addresses.
        needs=MappingProxyType(
            {
                "script-src": "'unsafe-eval'",
                "style-src": "'unsafe-inline'",
                "img-src": "data: blob:",
                "font-src": "data:",
                "connect-src": "data:",
                "worker-src": "blob:",
            }
        ),
    ),
)


PICTURE = "picture"
"""What a reader chooses who wants no viewer: the page alone, as the server draws it."""


def needs_for(viewer: Viewer, record: Record) -> Mapping[str, str]:
    """What the viewer needs to show this work."""
    source = logo_source(record.provider.logo if record.provider else "")
    return (
        {**viewer.needs, "img-src": f"{viewer.needs.get('img-src', '')} {source}".strip()} if source else viewer.needs
    )


def choose(wanted: str | None, installed: Sequence[Viewer]) -> Viewer | None:
    """The viewer of that name, else the first; None where there is none, or where none is wanted."""
    if wanted == PICTURE:
        return None
    return next((viewer for viewer in installed if viewer.id == wanted), installed[0] if installed else None)
