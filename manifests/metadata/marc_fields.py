"""MARC 21, bibliographic format: what its fields say, whichever way they were written down.

https://www.loc.gov/marc/bibliographic/. Names and dates stay as catalogued; only the punctuation of ISBD that leads to
the next field goes. Original script stands in fields 880 and becomes the same line in its language. Fields of control
and codes (00X to 04X) and of the system (9XX) say nothing to a reader but their language, the coordinates of a map and
the shelfmark of Koha; any other field that has no line here is kept under its tag.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from manifests.errors import N_
from manifests.metadata.coordinates import coded_place, places_in
from manifests.metadata.gathering import Gathered
from manifests.metadata.reader import Reading, bad
from manifests.metadata.texts import UNKNOWN, language_of

_END = re.compile(r"\s*[/:;,=]\s*$|\s\+\s*$|(?<=[\w)\]])\s*\.\s*$")
_LANGUAGE_IN_008 = slice(35, 38)
_UNIMARC = N_("it is UNIMARC: export the record as MARC 21, MODS or Dublin Core")
_AUTHORS = frozenset({"tác giả", "author", "auteur", "aut", "cre", "creator"})
_SCRIPTS = {"$1": "Hani", "(N": "Cyrl", "(3": "Arab", "(2": "Hebr", "(S": "Grek"}
"""Of the codes in $6 (Control subfields, "Script identification code")."""


@dataclass(frozen=True, slots=True)
class MarcField:
    """A variable field. `data` is that of a control field, `subfields` are code and text."""

    tag: str
    data: str = ""
    subfields: Sequence[tuple[str, str]] = field(default=())

    def joined(self, codes: str, between: str = " ") -> str:
        """The subfields of these codes, in the order of the field."""
        return between.join(text.strip() for code, text in self.subfields if code in codes and text.strip())

    def all(self, code: str) -> list[str]:
        return [text for name, text in self.subfields if name == code]


def reading_of(fields: Sequence[MarcField]) -> Reading:
    """Raises BadRecord where it is of another family of MARC, in which a tag means something else."""
    tags = {one.tag for one in fields}
    if "245" not in tags and any(one.tag == "200" and one.all("a") for one in fields):
        raise bad(_UNIMARC)
    gathered = Gathered()
    spoken = _spoken(fields)
    main = spoken[0] if spoken else UNKNOWN
    for one in fields:
        tag, linked = _linked(one)
        language = _original(main, one) if linked else main if tag == "245" or _has_original(one) else UNKNOWN
        _say(tag, one, language, gathered)
    for language in spoken:
        gathered.add("language", language)
    return gathered.reading()


def _spoken(fields: Iterable[MarcField]) -> list[str]:
    told: list[str] = []
    for one in fields:
        if one.tag == "008":
            told.append(one.data[_LANGUAGE_IN_008])
        elif one.tag == "041":
            told += [code[at : at + 3] for code in one.all("a") for at in range(0, len(code), 3)]
    tags = [tag for code in told if (tag := language_of(code)) != UNKNOWN]
    return list(dict.fromkeys(tags))


def _linked(one: MarcField) -> tuple[str, bool]:
    """An 880 holds what the field that its $6 names holds, in the original script."""
    link = next(iter(one.all("6")), "")
    return (link[:3], True) if one.tag == "880" and re.match(r"\d{3}-", link) else (one.tag, False)


def _has_original(one: MarcField) -> bool:
    """Then it says the same in the language of the record; without one, viewers would show the other alone."""
    return next(iter(one.all("6")), "").startswith("880-")


def _original(language: str, one: MarcField) -> str:
    script = next((_SCRIPTS[c] for c in _SCRIPTS if next(iter(one.all("6")), "").endswith(f"/{c}")), "")
    if language == UNKNOWN:
        return f"und-{script}" if script else UNKNOWN
    return f"{language.partition('-')[0]}-{script}" if script else language


def _say(tag: str, one: MarcField, language: str, gathered: Gathered) -> None:
    how = _FIELDS.get(tag)
    if how is not None:
        how(one, language, gathered)
    elif tag[:1] == "5":
        gathered.add("note", one.joined("a"), language)
    elif "100" <= tag <= "899" and tag != "880":
        gathered.add(f"MARC {tag}", one.joined("abcdefghijklmnopqrstuvwxyz"), language)


def bare(text: str) -> str:
    """Without the punctuation that leads on; the dot of an abbreviated name stays (`Trần, H.`)."""
    text = " ".join(normalize("NFC", text).split())
    return text if re.search(r"\b\w\.$", text) else _END.sub("", text).strip()


_Say = Callable[[MarcField, str, Gathered], None]


def _line(name: str, codes: str, between: str = " ") -> _Say:
    def say(one: MarcField, language: str, gathered: Gathered) -> None:
        gathered.add(name, bare(one.joined(codes, between)), language)

    return say


def _title(one: MarcField, language: str, gathered: Gathered) -> None:
    """`a: b. n, p`; what is behind the slash says who is responsible, in the words of the title page."""
    begin, rest = bare(one.joined("ak")), bare(one.joined("b"))
    part = ", ".join(filter(None, (bare(one.joined("n")), bare(one.joined("p")))))
    whole = ". ".join(filter(None, (": ".join(filter(None, (begin, rest))), part)))
    gathered.title(whole, language)
    gathered.add("responsibility", bare(one.joined("c")), language)


def _name(line: str) -> _Say:
    def say(one: MarcField, language: str, gathered: Gathered) -> None:
        name, roles = bare(one.joined("abcdq")), [bare(role) for role in one.all("e") or one.all("4")]
        others = [role for role in roles if line != "creator" or role.casefold().rstrip(".") not in _AUTHORS]
        gathered.add(line, f"{name} ({', '.join(others)})" if others else name, language)

    return say


def _imprint(one: MarcField, language: str, gathered: Gathered) -> None:
    for code, line in (("a", "place"), ("b", "publisher"), ("c", "date")):
        for text in one.all(code):
            gathered.add(line, bare(text), language)


def _description(one: MarcField, language: str, gathered: Gathered) -> None:
    extent = ", ".join(filter(None, (bare(one.joined("a")), bare(one.joined("b")))))
    gathered.add("extent", " + ".join(filter(None, (bare(extent), bare(one.joined("e"))))), language)
    gathered.add("dimensions", bare(one.joined("c")), language)


def _subject(one: MarcField, language: str, gathered: Gathered) -> None:
    heading = bare(one.joined("abcdpqt"))
    parts = [bare(text) for code, text in one.subfields if code in "vxyz"]
    gathered.add("subject", " -- ".join(filter(None, (heading, *parts))), language)


def _other_number(one: MarcField, language: str, gathered: Gathered) -> None:
    source = one.joined("2").lower()
    for text in one.all("a"):
        gathered.add(source if source in ("doi", "ark") else "identifier", text)


def _isbn(one: MarcField, language: str, gathered: Gathered) -> None:
    for text in one.all("a"):
        gathered.add("isbn", bare(text))


def _dewey(one: MarcField, language: str, gathered: Gathered) -> None:
    """Slashes show where a number may be cut."""
    for text in one.all("a"):
        gathered.add("classification", bare(text.replace("/", "")))


def _rights(one: MarcField, language: str, gathered: Gathered) -> None:
    for text in (*one.all("u"), one.joined("a")):
        gathered.add("rights", text, language)


def _summary(one: MarcField, language: str, gathered: Gathered) -> None:
    gathered.add("summary", one.joined("ab"), language)


def _holding(one: MarcField, language: str, gathered: Gathered) -> None:
    gathered.add("provider", bare(one.joined("ab", ", ")), language)
    gathered.add("shelfmark", one.joined("hijkm"))


def _coordinates(one: MarcField, language: str, gathered: Gathered) -> None:
    gathered.locate(coded_place(*(one.joined(code) for code in "defg")))


def _map(one: MarcField, language: str, gathered: Gathered) -> None:
    """Scale, projection and, for people, the coordinates, which field 034 tells programs."""
    _line("coverage", "abc")(one, language, gathered)
    if not gathered.is_located:
        gathered.locate(places_in(bare(one.joined("c"))))


def _links(one: MarcField, language: str, gathered: Gathered) -> None:
    for address in one.all("u"):
        gathered.link(address)


_FIELDS: Mapping[str, _Say] = {
    "020": _isbn,
    "022": _line("issn", "a"),
    "024": _other_number,
    "034": _coordinates,
    **dict.fromkeys(("050", "060", "080"), _line("classification", "ab")),
    "082": _dewey,
    "090": _line("shelfmark", "ab"),
    **dict.fromkeys(("100", "110", "111"), _name("creator")),
    **dict.fromkeys(("700", "710", "711", "720"), _name("contributor")),
    **dict.fromkeys(("130", "240", "246", "247", "730", "740"), _line("other-title", "abnp")),
    "245": _title,
    "250": _line("edition", "ab"),
    "255": _map,
    **dict.fromkeys(("260", "264"), _imprint),
    "300": _description,
    **dict.fromkeys(("440", "490", "830"), _line("series", "av")),
    "505": _line("contents", "agrt"),
    **dict.fromkeys(("506", "540", "542"), _rights),
    "520": _summary,
    "561": _line("provenance", "a"),
    **dict.fromkeys(("600", "610", "611", "630", "648", "650", "651", "653"), _subject),
    "655": _line("type", "a"),
    "773": _line("source", "atg"),
    "852": _holding,
    "856": _links,
    "952": _line("shelfmark", "o"),
}
