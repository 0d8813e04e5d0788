"""The one place where XML and HTML are parsed: entities, network and DTD off, size and depth bounded.

What a file can cost is bounded before the parser sees it: tags and attributes are counted, because a tree takes a
hundred bytes for each of them. Depth (256), names and the growth of entities are bounded by the parser itself.
What is valid UTF-8 is UTF-8, whatever it declares: programs write what they like there.
"""

import codecs
import re
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from lxml import etree

from manifests.errors import N_
from manifests.text.reader import Unreadable, unreadable

Element: TypeAlias = etree._Element

MAX_TAGS = 2_000_000
MAX_ATTRIBUTES = 8_000_000

_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*((?:windows|cp|iso|latin|us-ascii|koi8|big5|gb|euc|shift|tis)[\w.:-]*)""",
    re.IGNORECASE | re.ASCII,
)
"""Those that a browser knows: Python has codecs by other names that are no alphabets."""
_CHARSET_WITHIN = 4096
_LIMITS = frozenset({"ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP"})

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
    _check_bounds(content)
    try:
        root = etree.fromstring(_from_its_start(content), etree.XMLParser(encoding=_encoding(content), **_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_well_formed(error) from error
    if _declares_entities(root):
        # They are not resolved, so the words they stand for would be missing without a word said.
        raise unreadable(N_("the document declares entities of its own"))
    return root


def parse_html(content: bytes) -> Element:
    """The root element of HTML: as XML where it is well formed, else as a browser would understand it, which knows the
    names of letters (`&shy;`) and closes what was left open. Raises Unreadable.
    """
    _check_bounds(content)
    try:
        root = etree.fromstring(_from_its_start(content), etree.XMLParser(encoding=_encoding(content), **_SAFE))
    except (etree.XMLSyntaxError, ValueError):
        return _parse_tag_soup(content)
    if _declares_entities(root):
        raise unreadable(N_("the document declares entities of its own"))
    return root if next(root.iter(etree.Entity), None) is None else _parse_tag_soup(content)


def _parse_tag_soup(content: bytes) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    decoded = content.decode(_charset(content), "replace").lstrip("\ufeff\r\n\t ")
    try:
        root: Element | None = etree.fromstring(decoded.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_well_formed(error) from error
    if root is None:
        raise unreadable(N_("the document is empty"))
    for fault in parser.error_log:
        if fault.level == etree.ErrorLevels.FATAL:  # too deep or too large: what follows was left out
            raise _too_much() if fault.type_name in _LIMITS else unreadable(fault.message)
    return root


def _charset(content: bytes) -> str:
    """Of HTML that is no UTF-8: what it says, else Windows-1252, as browsers take it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _encoding(content) is not None:
        return "utf-8"
    for named in _CHARSET.findall(content[:_CHARSET_WITHIN]):
        try:
            return codecs.lookup(str(named, "ascii")).name
        except LookupError:
            continue
    return "cp1252"


def _check_bounds(content: bytes) -> None:
    if content.count(b"<") > MAX_TAGS or content.count(b"=") > MAX_ATTRIBUTES:
        raise _too_much()


def _not_well_formed(error: Exception) -> Unreadable:
    """The place as libxml says it, without what it says to programmers."""
    if not isinstance(error, etree.XMLSyntaxError):
        return unreadable(error)
    log: Any = error.error_log
    last = log.last_error
    return _too_much() if last is not None and last.type_name in _LIMITS else unreadable(error.msg)


def _too_much() -> Unreadable:
    return unreadable(N_("it has too many elements, too deep in each other, or entities without end"))


def _declares_entities(root: Element) -> bool:
    declared: Any = root.getroottree().docinfo.internalDTD
    return declared is not None and bool(declared.entities())


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
    return str(element.tag).rpartition("}")[2]


def children(element: Element) -> list[Element]:
    """Elements alone: nothing else that stands in a document has a name."""
    return [child for child in element if isinstance(child.tag, str)]
