"""Where the time of a computed region goes: `python -m bench.bench_regions`.

One thread draws the regions of the case `regions`. Beside the whole stands what the two ends of it need by themselves,
on the same pixels: to decode the tiles that the region lies on, and to encode what leaves. In between its corner is put
between the pixels of its level, and it is reduced. Milliseconds of the processor's time.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence

from bench.cases import regions
from bench.prepared import prepare
from bench.results import table
from manifests import settings
from manifests.library import Library
from manifests.library_folder import SETTINGS
from manifests.model import Box
from manifests.tiling import levels
from server.answers.request_fields import RequestFields
from server.app import Responders
from server.derivatives.drawing import Drawing
from server.derivatives.low_memory import give_memory_back
from server.image import pixels
from server.image.jpeg_encoder import encode
from server.image.stop import Stop
from server.image.stored_window import Colours, StoredLevel, read_window
from server.image.work_memory import WorkMemory
from server.libvips import pyvips
from server.pyramid import tile_index

HEAD = ("", "to decode its tiles alone", "to encode it alone", "the whole")
WORDS = "Milliseconds of one processor, without HTTP; the median of a hundred regions. The two ends are most of it."
KINDS = {"3000x3000 in half its size": "1500,1500", "1000x700 in 640x448": "640,448"}


def main() -> None:
    os.environ["VIPS_CONCURRENCY"] = "1"  # as in the workers; libvips reads it when it first computes
    give_memory_back()
    pixels.configure_libvips()
    prepared = prepare()
    library = Library.open(prepared.library, settings.load(prepared.library / SETTINGS))
    drawings = [_drawing(library, path) for path in regions()]
    rows = []
    for title, size in KINDS.items():
        of_it = [drawing for drawing in drawings if f"{drawing.resolved.width},{drawing.resolved.height}" == size]
        rows.append([title, *(f"{each:.1f}" for each in _stages(of_it))])
    library.close()
    print("\n".join(["## Where the time of a region goes", "", WORDS, "", *table(HEAD, rows)]))


def _drawing(library: Library, path: str) -> Drawing:
    *_, image, region, size, rotation, name = path.split("/")
    answer = Responders.of(library).images.picture(3, image, (region, size, rotation, name), RequestFields())
    if not isinstance(answer.drawing, Drawing):
        raise SystemExit(f"{path} is not computed")
    return answer.drawing


def _stages(drawings: Sequence[Drawing]) -> tuple[float, float, float]:
    decode = statistics.median(_milliseconds(_decoder(d)) for d in drawings)
    encode = statistics.median(_milliseconds(_encoder(d)) for d in drawings)
    whole = statistics.median(_milliseconds(lambda d=d: d.draw(Stop())) for d in drawings)
    return decode, encode, whole


def _decoder(drawing: Drawing) -> Callable[[], object]:
    """Of the pixels of the level that the region lies on."""
    region, number = drawing.resolved.region, drawing.derived.level
    width, height = levels(*drawing.resolved.context.image)[number]
    left, top = region.x >> number, region.y >> number
    right, bottom = min(width, -(-(region.x + region.w) >> number)), min(height, -(-(region.y + region.h) >> number))
    index = tile_index.unpack(drawing.page.pyramid.index)
    level = StoredLevel(drawing.pyramid, index, number, width, height)
    box = Box(left, top, right - left, bottom - top)

    def decode() -> None:
        with WorkMemory() as memory:
            read_window(level, box, Stop(), memory, Colours(rough=True))

    return decode


def _encoder(drawing: Drawing) -> Callable[[], object]:
    shown = pyvips.Image.new_from_buffer(drawing.draw(Stop()), "").numpy()
    return lambda: encode(shown, drawing.encoding.quality)


def _milliseconds(task: Callable[[], object]) -> float:
    began = time.process_time()
    task()
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
