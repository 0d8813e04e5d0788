"""The one place where XML is parsed: entities, network and DTD off, size and depth bounded.

What a file can cost is bounded before the parser sees it: tags and attributes are counted, because a tree takes a
hundred bytes for each of them. Depth (256), names and the growth of entities are bounded by the parser itself.
What is valid UTF-8 is UTF-8, whatever it declares: programs write what they like there.
"""

import codecs
import re
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from lxml import etree

from manifests.text.reader import unreadable

Element: TypeAlias = etree._Element

MAX_TAGS = 2_000_000
MAX_ATTRIBUTES = 8_000_000

_SAFE: Mapping[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(content: bytes) -> Element:
    """The root element. Raises Unreadable."""
    if content.count(b"<") > MAX_TAGS or content.count(b"=") > MAX_ATTRIBUTES:
        raise unreadable("too many elements")
    try:
        root = etree.fromstring(_from_its_start(content), etree.XMLParser(encoding=_encoding(content), **_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(error) from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        # They are not resolved, so the words they stand for would be missing without a word said.
        raise unreadable("the document declares entities of its own")
    return root


def root_name(head: bytes) -> str | None:
    """The root element's name without namespace, from the first bytes of a file; None where that is no XML."""
    parser = etree.XMLPullParser(events=("start",), encoding=_encoding(head), **_SAFE)
    try:
        # Tag by tag, because the parser forgets a root that it has seen when it meets a fault behind it.
        for piece in re.finditer(rb"[^>]+>?|>", _from_its_start(head)):
            parser.feed(piece.group())
            for _, started in parser.read_events():
                return local_name(cast(Element, started))
    except (etree.XMLSyntaxError, ValueError):
        pass  # what follows is the caller's to find out; this much shows that it is no XML
    return None


def _from_its_start(content: bytes) -> bytes:
    """Without blanks before the XML declaration, which forbids them."""
    return content.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n\t ")


def _encoding(start: bytes) -> str | None:
    """None where the file itself has to say. Bytes of 0 and ESC are those of UTF-16 and of ISO-2022."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start[:64] or b"\x1b" in start:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return None
    return "utf-8"


def local_name(element: Element) -> str:
    """Without the namespace: libraries have ALTO under four of them, and under none."""
    return etree.QName(element).localname
