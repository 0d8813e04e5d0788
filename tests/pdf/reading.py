"""A PDF as Chromium reads it: the text of a page, where each word of it stands, how the page looks."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from manifests.model import Box, PageText
from manifests.text.store import WorkText
from manifests.transcript.printed import printed_lines
from server.pdf.glyphless import Codes, font_objects
from server.pdf.objects import PdfWriter
from server.pdf.text_layer import FONT, text_layer


def opened(content: bytes) -> Any:
    return closing(pypdfium2.PdfDocument(content))


def text_of(content: bytes, page: int = 0) -> str:
    """Lines end in a newline; a hyphen at which a word goes on is gone with the end of its line."""
    with opened(content) as document, closing(document[page]) as shown, closing(shown.get_textpage()) as text:
        return str(text.get_text_range()).replace("\r\n", "\n").replace("\x02", "").replace("\ufffe", "")


def boxes_of(content: bytes, words: Sequence[str], page: int = 0) -> list[Box]:
    """Where each of these words first stands behind the one before it, in points from the upper left corner."""
    with opened(content) as document, closing(document[page]) as shown, closing(shown.get_textpage()) as text:
        whole, height, place, found = str(text.get_text_range()), shown.get_height(), 0, []
        for word in words:
            place = whole.index(word, place)
            first = _units(whole[:place])
            corners = [text.get_charbox(first + unit) for unit in range(_units(word))]
            left, bottom = min(c[0] for c in corners), min(c[1] for c in corners)
            right, top = max(c[2] for c in corners), max(c[3] for c in corners)
            found.append(Box(round(left), round(height - top), round(right - left), round(top - bottom)))
            place += len(word)
    return found


def _units(text: str) -> int:
    """PDFium counts in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def rendered(content: bytes, page: int, scale: float) -> NDArray[np.uint8]:
    """Rows x columns x 3, `scale` pixels for a point."""
    with opened(content) as document, closing(document[page]) as shown, closing(shown.render(scale=scale)) as bitmap:
        return np.array(bitmap.to_pil().convert("RGB"))


def text_pdf(text: PageText, width: int, height: int) -> bytes:
    """A page that holds nothing but the text layer, a point for each pixel."""
    return b"".join(_text_pdf(WorkText.build([("p", text)]), width, height))


def _text_pdf(text: WorkText, width: int, height: int) -> Iterator[bytes]:
    writer, codes = PdfWriter(), Codes()
    root, tree, font, page, content, info = (writer.number() for _ in range(6))
    yield writer.head()
    yield writer.packed(content, text_layer(printed_lines(text, "p"), width, height, codes))
    yield writer.plain(
        page,
        f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {width} {height}]/Contents {content} 0 R"
        f"/Resources<</Font<</{FONT} {font} 0 R>>>>>>",
    )
    yield from font_objects(writer, font, codes)
    yield writer.plain(tree, f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>")
    yield writer.plain(root, f"<</Type/Catalog/Pages {tree} 0 R>>")
    yield writer.plain(info, "<<>>")
    yield from writer.tail(root, info, "0" * 32)


def joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)
