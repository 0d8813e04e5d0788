"""A whole PDF, piece by piece: its pages in order, then what only then is known, the font and the list of pages.

ISO 32000-1: 7.7.3 for pages, 12.4.2 for their labels, 14.3.2 and 14.3.3 for what the file says of itself, which stands
in XMP too. Dates are those of the work, so that the same work is the same bytes.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from manifests.model import Page
from manifests.scaling import Limits
from manifests.transcript.printed import PrintedLine
from server.pdf.glyphless import Codes, font_objects
from server.pdf.objects import PdfWriter, number, references, text
from server.pdf.picture import TilePlace, drawn, tiles_of
from server.pdf.text_layer import FONT, text_layer
from server.pyramid.open_pyramids import OpenPyramids

_POINTS_AN_INCH = 72
_LEAST_PPI = 100
"""Below, it is what programs write that do not know (72, 96)."""
_A4_LONG = 842
_SHORTEST, _LONGEST = 72, 14_400
"""Points: of the long side where nobody knows how large the page is, and the least and most that is believed. Longer
pages not every reader of PDF can hold."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says of itself. `language` is a BCP 47 tag or empty, `source` the work's address."""

    title: str
    source: str
    library: str
    rights: str
    language: str
    changed: datetime
    program: str


@dataclass(frozen=True, slots=True)
class PdfPage:
    """`read` fetches the page and its lines of print when its turn comes."""

    label: str
    read: Callable[[], tuple[Page, Sequence[PrintedLine]]]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where the stored tiles are read, and how large they are given out: within limits, and so many pixels a page."""

    pyramids: OpenPyramids
    limits: Limits
    pixels: int


def pdf_pieces(facts: Facts, pages: Sequence[PdfPage], pictures: Pictures) -> Iterator[bytes]:
    """Raises what the library raises of a page that has gone meanwhile."""
    writer, codes = PdfWriter(), Codes()
    root, tree, font = writer.number(), writer.number(), writer.number()
    yield writer.head()
    kids = []
    for each in pages:
        kids.append(writer.number())
        page, lines = each.read()
        tiles = tiles_of((page.width, page.height), pictures.limits, pictures.pixels)
        images = [writer.number() for _ in tiles]
        yield from _images(writer, images, page, tiles, pictures.pyramids)
        content, scale = writer.number(), points_of_a_pixel(page)
        zoom = f"q {scale:.8f} 0 0 {scale:.8f} 0 0 cm\n".encode("ascii")
        words = text_layer(lines, page.width, page.height, codes)
        yield writer.packed(content, zoom + drawn(tiles, page.height) + words + b"Q\n")
        names = "".join(f"/T{name} {image} 0 R" for name, image in enumerate(images))
        box = f"[0 0 {number(page.width * scale)} {number(page.height * scale)}]"
        resources = f"<</Font<</{FONT} {font} 0 R>>/XObject<<{names}>>>>"
        described = f"/MediaBox{box}/Contents {content} 0 R/Resources{resources}"
        yield writer.plain(kids[-1], f"<</Type/Page/Parent {tree} 0 R{described}>>")
    yield from font_objects(writer, font, codes)
    yield writer.plain(tree, f"<</Type/Pages/Count {len(kids)}/Kids[{references(kids)}]>>")
    yield from _end(writer, root, tree, facts, pages)


def _images(
    writer: PdfWriter, images: Sequence[int], page: Page, tiles: Sequence[TilePlace], pyramids: OpenPyramids
) -> Iterator[bytes]:
    """Each tile as it is stored, one after another (8.9.5)."""
    colours = "Gray" if page.pyramid.grey else "RGB"
    for image, tile in zip(images, tiles, strict=True):
        stored = pyramids.tile(page.pyramid, tile.level, tile.column, tile.row)
        entries = (
            f"/Type/XObject/Subtype/Image/Width {tile.width}/Height {tile.height}/ColorSpace/Device{colours}"
            "/BitsPerComponent 8/Filter/DCTDecode"
        )
        yield writer.stream(image, entries, stored.read())


def points_of_a_pixel(page: Page) -> float:
    """As large as the master says that the page is, within what a PDF may be."""
    longest, ppi = max(page.width, page.height), page.master.ppi
    points = longest * _POINTS_AN_INCH / ppi if ppi is not None and ppi >= _LEAST_PPI else _A4_LONG
    return min(max(points, _SHORTEST), _LONGEST) / longest


def _end(writer: PdfWriter, root: int, tree: int, facts: Facts, pages: Sequence[PdfPage]) -> Iterator[bytes]:
    info, xmp = writer.number(), writer.number()
    date = f"(D:{facts.changed:%Y%m%d%H%M%S}Z)"
    yield writer.plain(
        info,
        f"<</Title{text(facts.title)}/Subject{text(f'{facts.library}, {facts.source}')}/Creator{text(facts.program)}"
        f"/CreationDate{date}/ModDate{date}>>",
    )
    described = _xmp(facts).encode()
    yield writer.stream(xmp, "/Type/Metadata/Subtype/XML", (described,))
    labels = "".join(f"{index}<</P{text(page.label)}>>" for index, page in enumerate(pages))
    language = f"/Lang{text(facts.language)}" if facts.language else ""
    yield writer.plain(
        root,
        f"<</Type/Catalog/Pages {tree} 0 R/Metadata {xmp} 0 R/PageLabels<</Nums[{labels}]>>"
        f"/ViewerPreferences<</DisplayDocTitle true>>{language}>>",
    )
    digest = hashlib.sha256(described + str(len(pages)).encode()).hexdigest()[:32]
    yield from writer.tail(root, info, digest)


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" {attributes}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:publisher><rdf:Bag><rdf:li>{library}</rdf:li></rdf:Bag></dc:publisher>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def _xmp(facts: Facts) -> str:
    """ISO 16684-1. The source is the address of the work."""
    date = f"{facts.changed:%Y-%m-%dT%H:%M:%SZ}"
    said = {"dc:source": facts.source, "xmp:CreatorTool": facts.program, "xmp:CreateDate": date, "xmp:ModifyDate": date}
    said |= {"xmpRights:WebStatement": facts.rights} if facts.rights else {}
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in said.items())
    return _XMP.format(attributes=attributes, title=escape(facts.title), library=escape(facts.library))
