"""Text of records in documents: what a viewer takes for HTML, and what it must not.

Presentation 3.0 section 4.4: HTML may stand in `summary` and in the `value` of `metadata` and `requiredStatement`,
well formed, from a first `<` to a last `>`, with a few elements and attributes; nowhere else. Everything else is plain
text, but viewers hand all of it to a browser: so text in which a browser would see a tag or a character's name is
written as HTML that says the same (`<span>5 &lt;b&gt;</span>`), and what is HTML already stays only where it is
allowed. A label is always plain text.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

from manifests.text.reader import Unreadable
from manifests.text.xml import Element, local_name, parse

_ELEMENTS = frozenset(["a", "b", "br", "i", "img", "p", "small", "span", "sub", "sup"])
_ATTRIBUTES = {"a": ("href",), "img": ("src", "alt")}
_SCHEMES = re.compile(r"(?:https?|mailto):[^\s]+", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?]")
"""How begins what a browser does not show as it stands."""


def as_value(text: str) -> str:
    """A string for a property that may hold HTML."""
    if is_allowed(text):
        return text
    if _TAG.search(text) or unescape(text) != text or (text.startswith("<") and text.endswith(">")):
        return f"<span>{escape(text, quote=False)}</span>"
    return text


def is_allowed(text: str) -> bool:
    """Whether it is HTML as section 4.4 has it."""
    if not (text.startswith("<") and text.endswith(">")):
        return False
    try:
        root = parse(text.encode())
    except Unreadable:
        return False
    return all(_is_harmless(element) for element in root.iter())


def _is_harmless(element: Element) -> bool:
    if not isinstance(element.tag, str) or local_name(element) != element.tag or element.tag not in _ELEMENTS:
        return False
    allowed = _ATTRIBUTES.get(element.tag, ())
    links = [element.attrib[name] for name in element.attrib if name in ("href", "src")]
    return all(str(name) in allowed for name in element.attrib) and all(_SCHEMES.fullmatch(str(link)) for link in links)


def as_plain(text: str) -> str:
    """What a reader sees of it, without a tag: for a page of our own, which escapes it."""
    if not is_allowed(text):
        return text
    shown = _Shown()
    shown.feed(text)
    shown.close()
    return "".join(shown.parts).strip()


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
