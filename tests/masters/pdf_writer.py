"""PDFs put together object by object: pages, and the images on them (ISO 32000-1)."""

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from imagecodecs import jpeg2k_encode
from PIL import Image

from tests.masters.chart import Samples


@dataclass(frozen=True)
class PdfImage:
    """`extra` are further entries of its dictionary; a reference to object N of `others` is `{N} 0 R`."""

    width: int
    height: int
    data: bytes
    filter: str
    colours: str
    bits: int = 8
    extra: str = ""
    others: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True)
class PdfPage:
    """Sizes in points; `content` draws the image `/Im`, over the whole page if nothing else is said."""

    image: PdfImage | None = None
    width: float = 96
    height: float = 64
    content: str = ""
    rotate: int = 0
    resources: Mapping[str, str] = field(default_factory=dict)

    def drawn(self) -> str:
        return self.content or f"q {self.width} 0 0 {self.height} 0 0 cm /Im Do Q"


def as_jpeg(picture: Samples, colours: str = "", **options: int) -> PdfImage:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", **({"quality": 95, "subsampling": 0} | options))
    space = colours or ("/DeviceGray" if picture.ndim == 2 else "/DeviceRGB")
    return PdfImage(picture.shape[1], picture.shape[0], out.getvalue(), "DCTDecode", space)


def deflated(samples: Samples, colours: str = "", **more: str) -> PdfImage:
    space = colours or ("/DeviceGray" if samples.ndim == 2 else "/DeviceRGB")
    return PdfImage(samples.shape[1], samples.shape[0], zlib.compress(samples.tobytes()), "FlateDecode", space, **more)


def bilevel(black: Samples, extra: str = "") -> PdfImage:
    """1 where it is white."""
    rows = np.packbits(black.astype(np.uint8), axis=1).tobytes()
    return PdfImage(black.shape[1], black.shape[0], zlib.compress(rows), "FlateDecode", "/DeviceGray", 1, extra)


def as_jpeg_2000(picture: Samples) -> PdfImage:
    data = jpeg2k_encode(np.ascontiguousarray(picture), level=0, reversible=True)
    return PdfImage(picture.shape[1], picture.shape[0], data, "JPXDecode", "/DeviceRGB")


def write_pdf(path: Path, *pages: PdfPage) -> Path:
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for page in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        objects += _page(page, len(objects) + 1)
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    path.write_bytes(body + table + end)
    return path


def _page(page: PdfPage, first: int) -> list[bytes]:
    """The page itself as object `first`, its content, its image, and what the image refers to."""
    named = {"XObject": f"<< /Im {first + 2} 0 R >>"} if page.image else {}
    resources = " ".join(f"/{name} {value}" for name, value in {**named, **page.resources}.items())
    head = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
        f" /Contents {first + 1} 0 R /Resources << {resources} >> >>"
    )
    objects = [head.encode(), _stream("", page.drawn().encode())]
    if page.image is not None:
        image = page.image
        places = [f"{first + 3 + at} 0 R" for at in range(len(image.others))]
        said = (
            f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
            f" /BitsPerComponent {image.bits} /Filter /{image.filter} /ColorSpace {image.colours} {image.extra}"
        )
        for at, place in enumerate(places):
            said = said.replace(f"{{{at}}}", place)
        objects.append(_stream(said, image.data))
        objects += [_stream(entries, data) for entries, data in image.others]
    return objects


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
