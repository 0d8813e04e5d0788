"""The metadata of Kitodo.Production and Goobi, as their own `meta.xml` has it before it is exported as MODS.

Each value bears a name of the library's rule set (https://github.com/kitodo/kitodo-production, `rulesets`); those that
all rule sets share are lines here, any other is kept under its name.
"""

from collections.abc import Mapping

from manifests.metadata.gathering import Gathered
from manifests.metadata.reader import Reading
from manifests.metadata.texts import UNKNOWN, language_of
from manifests.metadata.xml_record import named, text_of, walk
from manifests.text.xml import Element, local_name

_ROOTS = ("kitodo", "goobi")
_LINES: Mapping[str, str] = {
    "TitleDocMain": "title",
    "TitleDocParallel": "other-title",
    "Author": "creator",
    "PublisherName": "publisher",
    "PlaceOfPublication": "place",
    "PublicationYear": "date",
    "DocLanguage": "language",
    "SizeSourcePrint": "extent",
    "shelfmarksource": "shelfmark",
    "ShelfMark": "shelfmark",
    "CatalogIDDigital": "identifier",
    "CatalogIDSource": "identifier",
    "singleDigCollection": "collection",
    "CurrentNo": "volume",
    "FormerOwner": "provenance",
}
_FOR_THE_WORKFLOW_ALONE = frozenset(
    {"pathimagefiles", "TitleDocMainShort", "PublicationYearSorting", "CurrentNoSorting"}
)


def is_kitodo(element: Element) -> bool:
    return local_name(element) in _ROOTS and bool(named(element, "metadata", "metadataGroup"))


def read_element(root: Element) -> Reading:
    gathered = Gathered()
    add_to(gathered, root)
    return gathered.reading()


def add_to(gathered: Gathered, root: Element) -> None:
    """All values, those in groups under the names that they have there; a person is a group or has its parts beside."""
    for element in walk(root):
        name = element.get("name") or ""
        if local_name(element) == "metadata" and name and name not in _FOR_THE_WORKFLOW_ALONE:
            _add(name, _value(element), gathered)


def _value(element: Element) -> str:
    parts = {local_name(part): text_of(part) for part in named(element, "displayName", "lastName", "firstName")}
    name = ", ".join(filter(None, (parts.get("lastName"), parts.get("firstName"))))
    return parts.get("displayName") or name or text_of(element)


def _add(name: str, text: str, gathered: Gathered) -> None:
    line = _LINES.get(name, name)
    if line == "title":
        gathered.title(text)
    elif line == "language":
        spoken = language_of(text)
        gathered.add("language", text if spoken == UNKNOWN else spoken)
    else:
        gathered.add(line, text)
