"""JPEGs that libvips opens and does not decode: lossless ones (ITU-T T.81 annex H), and those of more than 8 bits.

libjpeg-turbo decodes them whole here. It fills up with grey what breaks off, without a word, so that the mark at the
end must be there; damage in the midst of it is not seen.
"""

from pathlib import Path

import numpy as np
from imagecodecs import jpeg8_decode

from server.masters.decoded import Samples, as_damage, image_of
from server.masters.header import VipsImage
from server.masters.refusal import master_refused

LOSSLESS = 0xC3
_END_OF_IMAGE = b"\xff\xd9"


def decoded_samples(file: Path, begins: int, bits: int, samples: int, *, lossless: bool) -> VipsImage:
    """Grey or RGB over all of 8 or 16 bits. `begins`: behind the header of the frame, where no thumbnail ends.

    A lossless one of three samples is RGB, whatever JFIF says: libjpeg-turbo writes no other, and mixes none.
    """
    content = file.read_bytes()
    if content.find(_END_OF_IMAGE, begins) < 0:
        raise master_refused("truncated")
    stored = "RGB" if lossless and samples == 3 else None
    with as_damage():
        found: Samples = jpeg8_decode(content, colorspace=stored, outcolorspace=stored)
    return image_of(_full_scale(found, bits))


def _full_scale(found: Samples, bits: int) -> Samples:
    if bits in (8, 16):
        return found
    most, kind = (255, np.uint8) if bits < 8 else (65535, np.uint16)
    highest = (1 << bits) - 1
    return ((found.astype(np.uint32) * most + highest // 2) // highest).astype(kind)
