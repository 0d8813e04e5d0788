"""Dublin Core: the fifteen elements (ISO 15836), the terms that refine them, and what DSpace exports.

https://www.dublincore.org/specifications/dublin-core/dcmi-terms/; `oai_dc` of OAI-PMH; DSpace's `dublin_core.xml`,
whose elements are attributes (`<dcvalue element="date" qualifier="issued">`). Whatever the root is called, what counts
are the elements in it. A refinement that has no line here is kept under its own name.
"""

from collections.abc import Iterator, Mapping

from manifests.errors import N_
from manifests.metadata.coordinates import places_in, scheme_name
from manifests.metadata.gathering import Gathered
from manifests.metadata.reader import Reading, bad, must_be_one
from manifests.metadata.texts import UNKNOWN, language_of
from manifests.metadata.xml_record import language, root_of, text_of, walk
from manifests.text.xml import Element, local_name

NAME = "dublin-core"
FILES: tuple[str, ...] = ("dublin_core.xml", "dc.xml")

_NAMESPACES = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_FIFTEEN = """
    title creator contributor publisher date language type subject coverage description relation source identifier
    rights format
"""
_LINES: Mapping[str, str] = {
    "alternative": "other-title",
    "title.alternative": "other-title",
    "contributor.author": "creator",
    "abstract": "summary",
    "description.abstract": "summary",
    "tableOfContents": "contents",
    "description.tableofcontents": "contents",
    "issued": "date",
    "created": "date",
    "date.issued": "date",
    "date.created": "date",
    "extent": "extent",
    "format.extent": "extent",
    "format.medium": "format",
    "medium": "format",
    "spatial": "coverage",
    "temporal": "coverage",
    "coverage.spatial": "coverage",
    "coverage.temporal": "coverage",
    "isPartOf": "source",
    "relation.ispartof": "source",
    "relation.ispartofseries": "series",
    "provenance": "provenance",
    "language.iso": "language",
    "identifier.isbn": "isbn",
    "identifier.issn": "issn",
    "identifier.doi": "doi",
    "identifier.other": "identifier",
    "subject.ddc": "classification",
    "subject.lcc": "classification",
    "license": "rights",
    "accessRights": "rights",
    "rightsHolder": "rights",
    "rights.uri": "rights",
    "rights.license": "rights",
    "rights.holder": "rights",
}
_FOR_THE_REPOSITORY_ALONE = frozenset({"description.provenance"})
"""Who submitted what when, with addresses of persons: DSpace shows it to nobody but its staff either."""


def read(content: bytes) -> Reading:
    return read_element(root_of(content))


def read_element(root: Element) -> Reading:
    """Of whatever holds the elements. Raises BadRecord where there are none, or those of several works, as in a file
    that a harvester has written."""
    gathered = Gathered()
    found = [*_values(root)]
    if not found:
        raise bad(N_("it has no element of Dublin Core"))
    must_be_one(len({element.getparent() for name, element in found if name == "title"}) or 1)
    for name, value in found:
        _add(name, text_of(value), language(value), gathered)
    return gathered.reading()


def _values(root: Element) -> Iterator[tuple[str, Element]]:
    """Names as `date`, `issued` or `date.issued`, and the elements that hold their values."""
    for element in walk(root):
        namespace, _, name = str(element.tag).rpartition("}")
        if name == "dcvalue" and element.get("element"):
            qualifier = element.get("qualifier") or "none"
            yield str(element.get("element")) + ("" if qualifier == "none" else f".{qualifier}"), element
        elif namespace.lstrip("{") in _NAMESPACES or (not namespace and name in _FIFTEEN.split() and not len(element)):
            yield local_name(element), element


def _add(name: str, text: str, tag: str, gathered: Gathered) -> None:
    if name in _FOR_THE_REPOSITORY_ALONE:
        return
    line = _LINES.get(name, name)
    if line == "title":
        gathered.title(text, tag)
    elif line in ("identifier", "identifier.uri"):
        if not gathered.link(text):
            gathered.add("identifier", text, tag)
    elif line == "language":
        spoken = language_of(text)
        gathered.add("language", text if spoken == UNKNOWN else spoken)
    elif line == "coverage":
        gathered.locate(places_in(text, bare_numbers=False))
        gathered.add("coverage", scheme_name(text) or text, tag)
    else:
        gathered.add(line, text, tag)
