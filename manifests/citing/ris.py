"""RIS, which Zotero, EndNote, Mendeley and their like read: two letters, two blanks, a hyphen, a blank, a value.

The format of Research Information Systems (2001), as Zotero's translator reads it; UTF-8. Its writers are ten lines; of
rispy's, which is the one that is kept, a line break in a title makes a line of its own (decisions.md, 61).
"""

from collections.abc import Iterator

from manifests.citing.kinds import Kind
from manifests.citing.reference import Reference

NAME, EXTENSION = "RIS", "ris"
MEDIA_TYPE = "application/x-research-info-systems"

_TYPES = {
    Kind.BOOK: "BOOK",
    Kind.MANUSCRIPT: "MANSCPT",
    Kind.LETTER: "PCOMM",
    Kind.MAP: "MAP",
    Kind.PERIODICAL: "NEWS",
    Kind.MUSIC: "MUSIC",
    Kind.PICTURE: "ART",
    Kind.THESIS: "THES",
    Kind.OTHER: "GEN",
}


def write(reference: Reference) -> str:
    lines = [f"{tag}  - {value}" for tag, value in _fields(reference) if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _fields(of: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[of.kind]
    yield "ID", of.work
    yield "TI", of.title
    yield from (("TT", title) for title in of.titles[:1])
    yield from (("AU", name) for name in of.authors)
    yield from (("A2", name) for name in of.contributors)
    yield "ET", of.edition
    yield "CY", of.place
    yield "PB", of.publisher
    yield "PY", of.year
    yield "DA", "/".join((*of.day.split("-"), "", "")[:4]) if of.day else ""
    yield "N1", of.date if of.date not in (of.year, of.day) else ""
    yield "T2", of.series
    yield "VL", of.volume
    yield from (("LA", language) for language in of.languages)
    yield "SN", of.isbn or of.issn
    yield "DO", of.doi
    yield "CN", of.shelfmark
    yield "DB", of.held_by
    yield "AB", of.summary
    yield from (("KW", subject) for subject in of.subjects)
    yield "UR", of.address
