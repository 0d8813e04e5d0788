"""The pixels of a pyramid's levels as images of libvips, read in the one way or the other that the plan says.

At once: out of the stored tiles (`server.image.stored_window`). Else libvips streams them from the TIFF, so that
memory is bounded by rows of tiles.
"""

from dataclasses import dataclass
from pathlib import Path

from manifests.model import Box
from manifests.tiling import levels
from server.image.stop import Stop
from server.image.stored_window import Colours, Pixels, StoredLevel, read_window
from server.image.work_memory import WorkMemory
from server.libvips import pyvips
from server.pyramid.tile_index import TileIndex


@dataclass(frozen=True, slots=True)
class LevelReader:
    """`size` is that of the whole image. What is streamed is in colour, whatever `colours` says."""

    file: Path
    index: TileIndex
    size: tuple[int, int]
    stop: Stop
    memory: WorkMemory
    colours: Colours

    def pixels(self, level: int, box: Box) -> Pixels:
        stored = StoredLevel(self.file, self.index, level, *levels(*self.size)[level])
        return read_window(stored, box, self.stop, self.memory, self.colours)

    def at_once(self, level: int, box: Box) -> pyvips.Image:
        pixels = self.pixels(level, box)
        height, width, bands = pixels.shape
        # libvips reads them where they lie: they are there until `memory` is given back
        return pyvips.Image.new_from_memory(pixels.data, width, height, bands, "uchar")

    def streamed(self, level: int, box: Box) -> pyvips.Image:
        image = pyvips.Image.tiffload(str(self.file), page=level, access="random", fail_on="error")
        self.stop.watch(image)
        return image.crop(*box)
