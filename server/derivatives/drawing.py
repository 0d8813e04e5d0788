"""One picture to be drawn, as the Image API hands it over: everything that decides its bytes, and what it will cost."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from manifests.model import Page
from server.image import pixels
from server.image.answer_plan import Derived
from server.image.cost import Cost
from server.image.output_formats import Encoding
from server.image.request import Resolved
from server.image.stop import Stop
from server.pyramid import tile_index


@dataclass(frozen=True, slots=True)
class Drawing:
    """`encoders` names the versions of what encodes it, `encoding` is how."""

    page: Page
    pyramid: Path
    resolved: Resolved
    derived: Derived
    cost: Cost
    encoders: str
    encoding: Encoding

    @property
    def image(self) -> str:
        return self.page.image

    @property
    def key(self) -> str:
        """What decides the bytes and nothing else, so that both versions of the API share them. 32 hex digits."""
        resolved, page = self.resolved, self.page
        wanted = f"{resolved.region} {resolved.width} {resolved.height} {resolved.rotation} {resolved.quality.name}"
        how = f"{self.encoders} {self.encoding.identity(resolved.format)}"
        whole = f"{page.pyramid.digest} {page.pyramid.recipe} {how} {wanted} {resolved.format.extension}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    def draw(self, stop: Stop, into: BinaryIO | None = None) -> bytes:
        """The picture's bytes, or none where it is drawn into a file.

        Raises Damaged where the pyramid cannot be read or the file not be written, Busy where it was told to stop.
        """
        index = tile_index.unpack(self.page.pyramid.index)
        return pixels.render(self.pyramid, index, self.derived, self.resolved, self.encoding, stop, into)
