"""PDFs with a text layer, written by hand: any box, cut, turn and font that a file may have."""

from collections.abc import Sequence
from dataclasses import dataclass

A4 = "0 0 595 842"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


@dataclass(frozen=True)
class PdfSheet:
    """`content` are operators of PDF; `media` and `crop` boxes in points, from the lower left corner."""

    content: str = ""
    media: str = A4
    crop: str = ""
    rotate: int = 0
    more: Sequence[bytes] = ()
    """Streams that stand behind the font, as objects 2, 3 ..."""


def lines(*texts: str, x: int = 100, y: int = 700, size: int = 20) -> str:
    """Invisible lines of text, 30 points apart, as OCR lays them under a scan."""
    set_lines = " 0 -30 Td ".join(f"({text}) Tj" for text in texts)
    return f"BT /F1 {size} Tf 3 Tr {x} {y} Td {set_lines} ET"


def pdf(sheets: Sequence[PdfSheet], font: bytes = HELVETICA, trailer: str = "") -> bytes:
    streams = [content for sheet in sheets for content in sheet.more]
    objects = [font, *(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content) for content in streams)]
    above = len(objects) + 1 + 2 * len(sheets)
    kids = []
    for sheet in sheets:
        content = sheet.content.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        crop = f"/CropBox [{sheet.crop}]" if sheet.crop else ""
        objects.append(
            f"<< /Type /Page /Parent {above} 0 R /MediaBox [{sheet.media}] {crop} /Rotate {sheet.rotate} "
            f"/Resources << /Font << /F1 1 0 R >> >> /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects.append(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode())
    objects.append(f"<< /Type /Catalog /Pages {above} 0 R >>".encode())
    return _file(objects, trailer)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root {len(objects)} 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()
