"""Files of records that others may have as they lie in the folder: in which formats, and how each is called.

A reader knows a format in more dialects than a program elsewhere will: what is given out as a format has to be in it.
So the root element decides, and what is only like it (DSpace's export, which also names who submitted what) is not
given out. Sheets and `work.toml` are no format that anybody else reads.

Profiles are those of the IIIF registry (https://iiif.io/api/registry/profiles/), else the namespace. Media types:
RFC 6207 for MODS, METS and MARCXML, RFC 2220 for MARC.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from manifests.metadata.reader import BadRecord
from manifests.metadata.xml_record import root_of, walk

_MARC_21 = "marc21"


@dataclass(frozen=True, slots=True)
class SharedFormat:
    """`extension` is that of its address, `roots` are the root elements that it may have, with their namespaces."""

    name: str
    reader: str
    extension: str
    media_type: str
    profile: str
    roots: tuple[str, ...] = ()


_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"

SHARED_FORMATS: Mapping[str, SharedFormat] = {
    one.name: one
    for one in (
        SharedFormat(
            "METS", "mets", "mets.xml", "application/mets+xml", "http://www.loc.gov/METS/",
            ("{http://www.loc.gov/METS/}mets", "{http://www.loc.gov/METS/v2}mets"),
        ),
        SharedFormat(
            "MODS", "mods", "mods.xml", "application/mods+xml", "http://www.loc.gov/mods/v3",
            ("{http://www.loc.gov/mods/v3}mods", "{http://www.loc.gov/mods/v3}modsCollection"),
        ),
        SharedFormat(
            "MARCXML", "marcxml", "marc.xml", "application/marcxml+xml", "http://www.loc.gov/standards/marcxml",
            ("{http://www.loc.gov/MARC21/slim}record", "{http://www.loc.gov/MARC21/slim}collection"),
        ),
        SharedFormat("MARC 21", _MARC_21, "marc.mrc", "application/marc", "http://www.loc.gov/marc/bibliographic/"),
        SharedFormat("Dublin Core", "dublin-core", "dc.xml", "application/xml", _DC),
        SharedFormat("DCMI Metadata Terms", "dublin-core", "dcterms.xml", "application/xml", _TERMS),
    )
}  # fmt: skip


def shared_as(reader: str, content: bytes) -> str:
    """The format in which others may have a record that this reader has read; empty where they may not."""
    if reader == _MARC_21:
        return "MARC 21"
    if reader == "dublin-core":
        return _dublin_core(content)
    fitting = [one for one in SHARED_FORMATS.values() if one.reader == reader]
    root = _root(content) if fitting else ""
    return next((one.name for one in fitting if root in one.roots), "")


def _root(content: bytes) -> str:
    try:
        return str(root_of(content).tag)
    except BadRecord:
        return ""


def _dublin_core(content: bytes) -> str:
    """One of the two vocabularies, by the elements that are there: the terms hold the fifteen elements too."""
    try:
        tags = {str(element.tag) for element in walk(root_of(content))}
    except BadRecord:
        return ""
    namespaces = {tag.partition("}")[0].lstrip("{") for tag in tags}
    if _TERMS in namespaces:
        return "DCMI Metadata Terms"
    return "Dublin Core" if _DC in namespaces else ""


def format_with(extension: str) -> SharedFormat | None:
    return next((one for one in SHARED_FORMATS.values() if one.extension == extension), None)
