"""The pieces of a TIFF that are unpacked here: as bytes without compression, or as the samples that a codec gives.

What libtiff unpacks in libvips stays with it, unless the samples are of a depth that libvips does not know.
"""

import lzma
import zlib
from collections.abc import Callable, Mapping

import imagecodecs

from server.masters import damage
from server.masters.decoded import Samples, as_damage
from server.masters.refusal import master_refused
from server.masters.tiff_pixels import DEFLATE, LZW, PACKBITS, UNCOMPRESSED

LZMA, ZSTD, LERC, JPEG_2000, JPEG_2000_RGB, JPEG_XL, JPEG_XL_DNG = 34925, 50000, 34887, 34712, 33005, 50002, 52546
_LERC_THEN_DEFLATE, _LERC_THEN_ZSTD = 1, 2
"""What LercParameters say is packed once more."""
_MOST_PADDING = 1 << 24
_MOST_HEADER = 1 << 12


def _inflate(stored: bytes, length: int) -> bytes:
    """So many bytes; none where the checksum is not theirs. Some writers pad the last strip, and some leave it away."""
    inflater = zlib.decompressobj()
    content = inflater.decompress(stored, length)
    more = b"" if inflater.eof else inflater.decompress(inflater.unconsumed_tail, _MOST_PADDING)
    return content if inflater.eof or not more else b""


_TO_BYTES: Mapping[int, Callable[[bytes, int], bytes]] = {
    UNCOMPRESSED: lambda stored, _: stored,
    LZW: lambda stored, length: bytes(imagecodecs.lzw_decode(stored, buffersize=length)),
    PACKBITS: lambda stored, length: bytes(imagecodecs.packbits_decode(stored)),
    ZSTD: lambda stored, length: bytes(imagecodecs.zstd_decode(stored, out=length)),
    LZMA: lambda stored, length: lzma.LZMADecompressor().decompress(stored, length),
    **dict.fromkeys(DEFLATE, _inflate),
}
_TO_SAMPLES: Mapping[int, Callable[..., Samples]] = {
    JPEG_2000: imagecodecs.jpeg2k_decode,
    JPEG_2000_RGB: imagecodecs.jpeg2k_decode,
    JPEG_XL: imagecodecs.jpegxl_decode,
    JPEG_XL_DNG: imagecodecs.jpegxl_decode,
    LERC: imagecodecs.lerc_decode,
}
WITH_SAMPLES = frozenset(_TO_SAMPLES)


def unpacked(stored: bytes, compression: int, length: int) -> bytes:
    """So many bytes; MasterRefused where there are fewer, or the data is damaged."""
    with as_damage():
        content = _TO_BYTES[compression](stored, length)[:length]
    if len(content) < length:
        raise master_refused("unreadable", reason=damage.DAMAGED)
    return content


def samples_of(stored: bytes, compression: int, samples: Samples, lerc_packing: int = 0) -> Samples:
    """Fills `samples` (height x width x samples) and gives it back; MasterRefused where the piece is of another kind.

    The decoder is given the room, so that no piece claims more than its tags did.
    """
    with as_damage():
        if compression == LERC and lerc_packing == _LERC_THEN_DEFLATE:
            stored = zlib.decompressobj().decompress(stored, 2 * samples.nbytes + _MOST_HEADER)
        elif compression == LERC and lerc_packing == _LERC_THEN_ZSTD:
            stored = bytes(imagecodecs.zstd_decode(stored, out=2 * samples.nbytes + _MOST_HEADER))
        _TO_SAMPLES[compression](stored, out=samples[:, :, 0] if samples.shape[2] == 1 else samples)
    return samples
