"""What a bibliography says of a work, out of its record: plain texts, each in one line.

A work is cited by its own title, in the letters that most can read: whatever the language of the page, the citation is
the same. The date is as the record writes it; where it is understood as one of a single year, programs get that year.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from manifests.citing.kinds import Kind, kind_of
from manifests.metadata.dates import edtf_of
from manifests.metadata.record import Record
from manifests.model import LanguageMap
from manifests.presentation.markup import as_plain
from manifests.text.languages import language_tag

_NOT_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing."""
_HAN = re.compile(r"-Han[ist]$")
_LIFE = re.compile(r",?\s*\(?(?:khoảng |ca\. ?|b\. ?|s\. ?)?\d{3,4}\??\s*[-–]\s*(?:\d{3,4}\??)?\)?$")
_ROLE = re.compile(r"\s*[\[(][^\])]*[\])]$")
_OF_ONE_YEAR = re.compile(r"(\d{4})(?:-\d\d){0,2}[?~%]?")
_EXACT = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
"""Dates of EDTF."""
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ORGANISATION = re.compile(
    r"\b(?:viện|thư viện|nhà in|nhà xuất bản|nxb|hội|đoàn|công ty|trường|đại học|bộ|sở|ban|ủy ban|uỷ ban|library"
    r"|society|university|institute|ministry|company|press|école|imprimerie|bibliothèque|société|service)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """`address` is the work's own, for good. `titles` are the work's other ones; `language` is the title's tag, empty
    where nobody knows it. `date` is as the record writes it, `edtf` as it is understood. `series`: or the set,
    newspaper or journal that the work is a part of. `shelfmark` is the work's at `held_by`."""

    work: str
    kind: Kind
    title: str
    held_by: str
    address: str
    language: str = ""
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    edition: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    edtf: str = ""
    volume: str = ""
    series: str = ""
    collections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    summary: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    shelfmark: str = ""
    rights: str = ""

    @property
    def year(self) -> str:
        """In four digits, where the date is of one year alone."""
        found = _OF_ONE_YEAR.fullmatch(self._understood)
        return found[1] if found is not None else ""

    @property
    def day(self) -> str:
        """`1917-07-01`, or `1917-07`, where the date is exact to the day or the month: an issue is found by that."""
        return self._understood if _EXACT.fullmatch(self._understood) else ""

    @property
    def _understood(self) -> str:
        return self.edtf or edtf_of([self.date])


def reference(work: str, label: LanguageMap, record: Record, library: str, address: str) -> Reference:
    """`label` is the work's, which may have no record; `library` is who holds it where the record names nobody."""
    said = {entry.field: entry.values for entry in record.entries}

    def lines(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_lines(said.get(field, {}))))

    def line(field: str) -> str:
        return _first(said.get(field, {}))

    tag = _tag_to_cite(label)
    holder = _first(record.provider.label) if record.provider else ""
    return Reference(
        work=work,
        kind=_kind(lines("type"), said),
        title=_joined(label.get(tag, ())) or work,
        held_by=holder or one_line(library),
        address=address,
        language="" if tag == "none" else tag,
        titles=tuple(one_line(text) for other, texts in label.items() if other != tag for text in texts),
        authors=_names(lines("creator")),
        contributors=_names(lines("contributor")),
        edition=line("edition"),
        place=line("place"),
        publisher=line("publisher"),
        date=line("date"),
        edtf=record.date,
        volume=line("volume"),
        series=line("series") or (_first(record.part_of.label) if record.part_of else ""),
        collections=lines("collection"),
        languages=tuple(filter(None, map(language_tag, lines("language")))),
        subjects=lines("subject"),
        summary=_first(record.summary),
        isbn=line("isbn"),
        issn=line("issn"),
        doi=found[0] if (found := _DOI.search(line("doi"))) else "",
        shelfmark=line("shelfmark"),
        rights=record.rights,
    )


def one_line(text: str) -> str:
    """What a reader sees of a text, in one line, without anything that cannot be seen."""
    shown = _TURNING.sub("", as_plain(text))
    return " ".join("".join(" " if unicodedata.category(c) in _NOT_IN_A_LINE else c for c in shown).split())


def is_organisation(name: str) -> bool:
    """Not a person, as far as its words tell."""
    return _ORGANISATION.search(name) is not None


def _kind(called: Sequence[str], said: Mapping[str, LanguageMap]) -> Kind:
    """What has a number of books, or a publisher, is a book where nothing tells otherwise."""
    kind = kind_of(called)
    if kind is not Kind.OTHER or called:
        return kind
    if "issn" in said:
        return Kind.PERIODICAL
    return Kind.BOOK if said.keys() & {"isbn", "publisher", "edition"} else kind


def _tag_to_cite(texts: LanguageMap) -> str:
    """The first, but Latin letters before Han and Nôm."""
    return next((tag for tag in texts if not _HAN.search(tag)), next(iter(texts), "none"))


def _lines(texts: LanguageMap) -> Iterable[str]:
    return filter(None, (one_line(text) for strings in texts.values() for text in strings))


def _first(texts: LanguageMap) -> str:
    return one_line(next(iter(texts.get(_tag_to_cite(texts), ())), ""))


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(filter(None, map(one_line, texts)))


def _names(lines: Iterable[str]) -> tuple[str, ...]:
    """Without the years of a life and the part that somebody had, which catalogues write behind a name."""
    parts = (part.strip() for line in lines for part in line.split(";"))
    return tuple(dict.fromkeys(name for part in parts if (name := _LIFE.sub("", _ROLE.sub("", part)).rstrip(" ,"))))
