"""MARCXML: a record of MARC 21 in XML. https://www.loc.gov/standards/marcxml/."""

from manifests.metadata.marc_fields import MarcField, reading_of
from manifests.metadata.reader import Reading
from manifests.metadata.xml_record import named, only, root_of, walk
from manifests.text.xml import Element, children, local_name

NAME = "marcxml"
FILES: tuple[str, ...] = ("marc.xml",)


def read(content: bytes) -> Reading:
    root = root_of(content)
    records = [one for one in walk(root) if local_name(one) == "record" and named(one, "leader", "datafield")]
    return read_element(only(records))


def read_element(record: Element) -> Reading:
    """Of the element `record`, wherever it stands."""
    return reading_of([_field(one) for one in children(record) if one.get("tag")])


def _field(one: Element) -> MarcField:
    subfields = [(sub.get("code") or "", sub.text or "") for sub in named(one, "subfield")]
    data = (one.text or "") if local_name(one) == "controlfield" else ""
    return MarcField(one.get("tag") or "", data, subfields)
