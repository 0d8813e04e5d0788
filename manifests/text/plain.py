"""Plain text: words between white space, lines between newlines, no places on the page."""

import codecs
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from manifests import findings
from manifests.errors import N_
from manifests.model import Finding, Word
from manifests.text.reader import PageImage, ReadText, TextPage, Unreadable, content, unreadable
from manifests.text.xml import root_name

NAME = "plain"

_SAMPLE = 1 << 16
_FEW = 8
"""One in so many."""
_WINDOWS_1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
"""Where it is not Latin-1; it leaves five bytes undefined."""
_BLANKS = b" \t\r\n\f"
_PRINTED = bytes({*range(0x20, 0x100), *_BLANKS, 0x1A} - {0x7F})
"""And 0x1A, with which DOS ended its files."""
MAX_PAGES = 100_000

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def sniff(head: bytes, name: str) -> bool:
    """By its name, because any bytes could be text; but mark-up is none, whatever its name."""
    return name.lower().endswith(".txt") and root_name(head) is None


def pages(file: Path) -> Sequence[TextPage]:
    """Form feeds end pages, as `pdftotext` writes them; what follows the last one is a page where it is not blank."""
    whole, said = decoded(content(file))
    if whole.count("\f") > MAX_PAGES:
        raise unreadable(N_("it has too many pages"))
    *ended, rest = whole.split("\f")
    found = [*ended, rest] if rest.strip() or not ended else ended
    return [TextPage(partial(_read, page, said)) for page in found]


def _read(page: str, said: Sequence[Finding], image: PageImage) -> ReadText:
    lines = enumerate(filter(None, map(str.split, page.splitlines())))
    return ReadText([Word(word, number) for number, line in lines for word in line], said)


def decoded(text: bytes) -> tuple[str, Sequence[Finding]]:
    """Unicode in any form, else the letters of Windows-1252, which may stand for Vietnamese ones (`old_encodings`)."""
    try:
        return text.decode(_utf_16(text) or "utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if not _may_be_latin(text):
            raise Unreadable(findings.make_finding("text-encoding")) from error
    return text.decode("latin-1").translate(_WINDOWS_1252), [
        findings.make_finding("text-recoded", encoding="Windows-1252")
    ]


def _utf_16(text: bytes) -> str | None:
    """Without a mark at its start it is known by the zeros that all its ASCII characters have on one side."""
    if text.startswith(_UTF_16):
        return "utf-16"
    first, second = (text[side:_SAMPLE:2].count(0) for side in (0, 1))
    if max(first, second) * _FEW < len(text[:_SAMPLE]) or min(first, second) * _FEW > max(first, second):
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _may_be_latin(text: bytes) -> bool:
    """Most bytes are ASCII, and none a control character: not so in other scripts, in UTF-16 and in what is no text."""
    beyond = len(text) - len(text.translate(None, bytes(range(0x80, 0x100))))
    return not text.translate(None, _PRINTED) and 2 * beyond < len(text.translate(None, _BLANKS))
