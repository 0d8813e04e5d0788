"""Plain text: words between white space, lines between newlines, no places on the page."""

import codecs
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from manifests import findings
from manifests.text.reader import PageImage, ReadText, TextPage, Unreadable, content, words_of
from manifests.text.xml import root_name

NAME = "plain"

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def sniff(head: bytes, name: str) -> bool:
    """By its name, because any bytes could be text; but mark-up is none, whatever its name."""
    return name.lower().endswith(".txt") and root_name(head) is None


def pages(file: Path) -> Sequence[TextPage]:
    """Form feeds end pages, as `pdftotext` writes them; what follows the last one is a page where it is not blank."""
    *ended, rest = _decoded(content(file)).split("\f")
    found = [*ended, rest] if rest.strip() or not ended else ended
    return [TextPage(partial(_read, page)) for page in found]


def _read(page: str, image: PageImage) -> ReadText:
    return ReadText(words_of([(word, None) for word in line.split()] for line in page.splitlines()))


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-16" if text.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(findings.make_finding("text-encoding")) from error
