"""Where the time of a computed region goes: `python -m bench.bench_regions`.

One thread draws the regions of the case `regions`. Beside the whole stands what libvips needs for the two ends of it by
themselves, on the same pixels: to decode the tiles that the region lies on, and to encode what leaves. In between its
corner is put between the pixels of its level, and it is reduced. Milliseconds of the processor's time.
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
from server.answers.request_fields import RequestFields
from server.app import Responders
from server.derivatives.drawing import Drawing
from server.image import pixels
from server.image.stop import Stop
from server.libvips import pyvips

HEAD = ("", "to decode its tiles alone", "to encode it alone", "the whole")
WORDS = "Milliseconds of one processor, without HTTP; the median of a hundred regions. The two ends are most of it."
KINDS = {"3000x3000 in half its size": "1500,1500", "1000x700 in 640x448": "640,448"}


def main() -> None:
    os.environ["VIPS_CONCURRENCY"] = "1"  # as in the workers; libvips reads it when it first computes
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
    decode = statistics.median(_milliseconds(lambda d=d: _window(d)) for d in drawings)
    encode = statistics.median(_milliseconds(_encoder(d)) for d in drawings)
    whole = statistics.median(_milliseconds(lambda d=d: d.draw(Stop())) for d in drawings)
    return decode, encode, whole


def _window(drawing: Drawing) -> pyvips.Image:
    """The pixels of the level that the region lies on, in memory."""
    region, scale = drawing.resolved.region, 1 << drawing.derived.level
    level = pyvips.Image.tiffload(str(drawing.pyramid), page=drawing.derived.level, access="random", fail_on="error")
    left, top = region.x // scale, region.y // scale
    width, height = -(-region.w // scale), -(-region.h // scale)
    return level.crop(left, top, min(width, level.width - left), min(height, level.height - top)).copy_memory()


def _encoder(drawing: Drawing) -> Callable[[], object]:
    leaves = _window(drawing).crop(0, 0, drawing.resolved.width, drawing.resolved.height).copy_memory()
    return lambda: leaves.jpegsave_buffer(Q=drawing.quality, keep="none")


def _milliseconds(task: Callable[[], object]) -> float:
    began = time.process_time()
    task()
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
