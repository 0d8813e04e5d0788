"""Whether an answer is the picture that was asked for: decibels against a Lanczos reference from the master.

The peak signal-to-noise ratio of the luma. On print an eye takes 35 dB and more for the same; half a pixel beside its
place costs ten. Whatever does not even have the size that was asked for raises `WrongPicture`, and does not count.
"""

import io
import math
import re
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

Image.MAX_IMAGE_PIXELS = None

_PATH = re.compile(r"/iiif/image/3/([^/]+)/(full|\d+,\d+,\d+,\d+)/(\d+),(\d*)/0/default\.jpg")


class WrongPicture(Exception):
    """An answer that is no picture, or one of another size."""


@cache
def master(file: Path) -> Image.Image:
    """The master in grey, whole in memory."""
    with Image.open(file) as opened:
        return opened.convert("L")


def decibels(body: bytes, path: str, images: dict[str, Path]) -> float:
    """How near `body` is to what `path` asks for, of an upright JPEG with a width."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError(f"{path} asks for nothing that is compared here")
    whole = master(images[found[1]])
    x, y, w, h = (0, 0, *whole.size) if found[2] == "full" else map(int, found[2].split(","))
    width = int(found[3])
    size = (width, int(found[4]) if found[4] else round(width * h / w))
    # Of a height that was left to the server, the last pixel is a matter of rounding
    free = 0 if found[4] else 1
    try:
        with Image.open(io.BytesIO(body), formats=["JPEG"]) as opened:
            answer = opened.convert("L")
    except OSError as error:
        raise WrongPicture(f"{path}: {error}") from error
    if answer.width != width or abs(answer.height - size[1]) > free:
        raise WrongPicture(f"{path} is {answer.width}x{answer.height}")
    return compare(answer, whole.resize(answer.size, Image.Resampling.LANCZOS, box=(x, y, x + w, y + h)))


def compare(one: Image.Image, other: Image.Image) -> float:
    difference = np.asarray(one, dtype=np.float64) - np.asarray(other, dtype=np.float64)
    mean = float(np.mean(difference**2))
    return 99.0 if mean == 0 else 10 * math.log10(255**2 / mean)
