"""The one place where XML is parsed: entities, network and DTD off, size and depth bounded.

What a file can cost is bounded before the parser sees it: tags and attributes are counted, because a tree takes a
hundred bytes for each of them. Depth (256), names and the growth of entities are bounded by the parser itself.
"""

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
        root = etree.fromstring(content, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(error) from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        # They are not resolved, so the words they stand for would be missing without a word said.
        raise unreadable("the document declares entities of its own")
    return root


def root_name(head: bytes) -> str | None:
    """The root element's name without namespace, from the first bytes of a file; None where that is no XML."""
    parser = etree.XMLPullParser(events=("start",), **_SAFE)
    try:
        # Tag by tag, because the parser forgets a root that it has seen when it meets a fault behind it.
        for piece in re.findall(rb"[^>]*>?", head.lstrip(b"\r\n\t ")):
            parser.feed(piece)
            for _, started in parser.read_events():
                return local_name(cast(Element, started))
    except (etree.XMLSyntaxError, ValueError):
        pass  # what follows is the caller's to find out; this much shows that it is no XML
    return None


def local_name(element: Element) -> str:
    """Without the namespace: libraries have ALTO under four of them, and under none."""
    return etree.QName(element).localname
