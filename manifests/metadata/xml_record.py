"""XML of records: parsed within bounds by the one parser of the house, and asked for by local names.

Exports have the same elements under several namespaces and under none, so names are compared without.
"""

from collections.abc import Iterator

from manifests.errors import N_
from manifests.metadata.reader import bad, must_be_one
from manifests.metadata.texts import language_of
from manifests.text.reader import Unreadable
from manifests.text.xml import Element, children, local_name, parse

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root_of(content: bytes) -> Element:
    """Raises BadRecord."""
    if not content.strip():
        raise bad(N_("it is empty"))
    try:
        return parse(content)
    except Unreadable as error:
        raise bad(error.finding.values["reason"]) from error


def only(found: list[Element]) -> Element:
    """A file beside the scans of one work describes that work."""
    return found[must_be_one(len(found))]


def named(element: Element, *names: str) -> list[Element]:
    """Its children of these names, in order."""
    return [child for child in children(element) if local_name(child) in names]


def first_text(element: Element, *names: str) -> str:
    return next((text for child in named(element, *names) if (text := text_of(child))), "")


def text_of(element: Element) -> str:
    """All text in it, in one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def language(element: Element, script: str = "script") -> str:
    """As `xml:lang`, `lang` or `language` say, with the script where that is said apart (ISO 15924)."""
    told = next((v for name in (_XML_LANG, "lang", "language") if (v := element.get(name))), None)
    tag = language_of(told)
    written = element.get(script) or ""
    if tag != "none" and len(written) == 4 and written.isalpha() and "-" not in tag:
        return f"{tag}-{written.title()}"
    return tag


def walk(element: Element) -> Iterator[Element]:
    """It and all elements in it, in the order of the document."""
    return (found for found in element.iter() if isinstance(found.tag, str))
