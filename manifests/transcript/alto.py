"""ALTO 4 of one page, written from its stored words: pixels of the canvas, the blocks that the text
came in, a String for each word.

Valid against every version from 4.0 to 4.4, because it uses nothing that is newer. A word without a place has none here
either. What a printer broke at a line's end is told as ALTO has it: the sign in HYP, the whole in SUBS_CONTENT.
https://www.loc.gov/standards/alto/
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from manifests.addresses import Addresses
from manifests.model import Box, Page
from manifests.text.hyphens import HYPHENS, ONE
from manifests.text.store import WorkText
from manifests.transcript.printed import PrintedLine, around, printed_lines

MEDIA_TYPE = "application/xml"
EXTENSION = "alto.xml"
PROFILE = "http://www.loc.gov/standards/alto/ns-v4#"
"""The namespace. Mirador's plugin for text takes a `profile` that begins like it for ALTO."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 section 2.2."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="{namespace}" SCHEMAVERSION="4.0">
<Description><MeasurementUnit>pixel</MeasurementUnit>
<sourceImageInformation><fileIdentifier>{image}</fileIdentifier></sourceImageInformation></Description>
<Layout><Page ID="P1" PHYSICAL_IMG_NR="1" WIDTH="{page.width}" HEIGHT="{page.height}">
<PrintSpace HPOS="0" VPOS="0" WIDTH="{page.width}" HEIGHT="{page.height}">"""
_TAIL = "</PrintSpace></Page></Layout>\n</alto>\n"


def page_alto(text: WorkText, page: Page, addresses: Addresses) -> bytes:
    lines = printed_lines(text, page.id)
    head = _HEAD.format(namespace=PROFILE, page=page, image=escape(addresses.image(3, page.image)))
    blocks = [list(inside) for _, inside in groupby(lines, key=lambda line: line.block)]
    return "\n".join([head, *map(_block, range(1, len(blocks) + 1), blocks), _TAIL]).encode()


def _block(number: int, lines: Sequence[PrintedLine]) -> str:
    language = lines[0].block.language
    told = f" LANG={_quoted(language)}" if language is not None else ""
    head = f'<TextBlock ID="B{number}"{_place(around(line.box for line in lines))}{told}>'
    return "\n".join([head, *map(_line, lines), "</TextBlock>"])


def _line(line: PrintedLine) -> str:
    return f"<TextLine{_place(line.box)}>{''.join(_strings(line))}</TextLine>"


def _strings(line: PrintedLine) -> Iterator[str]:
    last = len(line.words) - 1
    for number, word in enumerate(line.words):
        text, part, sign = word.text, "", ""
        if number == last and line.breaks is not None:
            text, part = word.text.rstrip(HYPHENS + ONE), _part(1, line.breaks)
            sign = f"<HYP CONTENT={_quoted(word.text[len(text) :])}/>"
        elif number == 0 and line.goes_on is not None:
            part = _part(2, line.goes_on)
        blank = "<SP/>" if word.has_blank else ""
        yield f"<String CONTENT={_quoted(text)}{part}{_place(word.box)}/>{blank}{sign}"


def _part(number: int, whole: str) -> str:
    return f' SUBS_TYPE="HypPart{number}" SUBS_CONTENT={_quoted(whole)}'


def _place(box: Box | None) -> str:
    return "" if box is None else f' HPOS="{box.x}" VPOS="{box.y}" WIDTH="{box.w}" HEIGHT="{box.h}"'


def _quoted(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", text))
