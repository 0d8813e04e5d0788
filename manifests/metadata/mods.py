"""MODS, the Metadata Object Description Schema, version 3. https://www.loc.gov/standards/mods/userguide/.

Dates and names stay as they are written. Of what is only about the record itself (`recordInfo`) its number is taken,
where nothing else identifies the work; any element that has no line here is kept under its own name.

In Goobi's and Kitodo's dialect the second `originInfo` tells of the digitisation without saying so ("[Electronic ed.]",
`dateCaptured`), and Wellcome Collection gives three conditions of access: `dz` is the licence, in its own short words
(https://github.com/wellcomecollection/catalogue-pipeline, `MetsLicence`), `status` who may see the work, `player` a
setting of its viewer.
"""

import re
from collections.abc import Callable, Mapping

from manifests import findings
from manifests.metadata import kitodo
from manifests.metadata.coordinates import places_in
from manifests.metadata.gathering import Gathered
from manifests.metadata.reader import Reading
from manifests.metadata.stating import field_named
from manifests.metadata.texts import UNKNOWN, language_of
from manifests.metadata.xml_record import first_text, language, named, only, root_of, text_of, walk
from manifests.text.xml import Element, children, local_name

NAME = "mods"
FILES: tuple[str, ...] = ("mods.xml",)

_HREF = "{http://www.w3.org/1999/xlink}href"
_AUTHORS = frozenset({"", "aut", "cre", "author", "creator", "tác giả"})
_IDENTIFIERS = frozenset({"isbn", "issn", "doi", "ark"})
_DETAILS = frozenset({"volume", "issue", "band", "tome", "tập"})
"""Kinds of `detail` that make a work of its own; a host with a part of another kind (a page, an article) makes none."""
_PARTS_OF_SUBJECTS = " -- "
_LEADING_ON = re.compile(r" [/:;=,]$")
"""Punctuation of ISBD that leads to a part of the card which is not here."""
_ELECTRONIC = re.compile(r"electronic (ed\b|resource)|online-ausg", re.IGNORECASE)
_COUNTRIES = frozenset({"marccountry", "iso3166"})
_NOTES: Mapping[str, str] = {
    "statement of responsibility": "responsibility",
    "ownership": "provenance",
    "acquisition": "provenance",
    "custodial history": "provenance",
    "provenance": "provenance",
}
"""Kinds of notes (https://www.loc.gov/standards/mods/mods-notes.html) that have a line of their own."""
_OF_ACCESS = frozenset({"status", "player"})
_LICENCES: Mapping[str, str] = {
    "pdm": "Public Domain Mark 1.0",
    "cc-0": "CC0 1.0",
    "in copyright": "http://rightsstatements.org/vocab/InC/1.0/",
    "inc": "http://rightsstatements.org/vocab/InC/1.0/",
    "copyright not cleared": "http://rightsstatements.org/vocab/InC/1.0/",
    "all rights reserved": "http://rightsstatements.org/vocab/InC/1.0/",
    **{f"cc-{kind}": f"CC {kind} 4.0" for kind in ("by", "by-nc", "by-nd", "by-sa", "by-nc-nd", "by-nc-sa")},
}
"""Wellcome's words for a licence."""


def read(content: bytes) -> Reading:
    root = root_of(content)
    found = [element for element in walk(root) if local_name(element) == "mods"]
    return read_element(only(found))


def read_element(mods: Element) -> Reading:
    """Of the element `mods`, wherever it stands."""
    gathered = Gathered()
    for element in children(mods):
        read_one = _ELEMENTS.get(local_name(element))
        if read_one is not None:
            read_one(element, gathered)
        elif local_name(element) == "recordInfo":
            if not named(mods, "identifier"):
                gathered.add("identifier", first_text(element, "recordIdentifier"))
        else:
            gathered.add(local_name(element), text_of(element), language(element))
    return gathered.reading()


def _title(element: Element, gathered: Gathered) -> None:
    text = title_of(element)
    if element.get("type", "translated") == "translated":
        gathered.title(text, language(element))
    else:
        gathered.add("other-title", text, language(element))


def title_of(element: Element) -> str:
    """`nonSort title: subTitle. partNumber, partName`, as a catalogue card has it."""
    begin = " ".join(filter(None, (first_text(element, "nonSort"), first_text(element, "title"))))
    part = ", ".join(filter(None, (first_text(element, "partNumber"), first_text(element, "partName"))))
    whole = ": ".join(filter(None, (without_end(begin), first_text(element, "subTitle"))))
    return without_end(". ".join(filter(None, (whole, part))))


def without_end(title: str) -> str:
    """A title in which white space is one space."""
    return _LEADING_ON.sub("", title)


def _name(element: Element, gathered: Gathered) -> None:
    name = name_of(element)
    terms = [term for role in named(element, "role") for term in named(role, "roleTerm")]
    roles = [text_of(term) for term in terms if term.get("type") != "code"] or [text_of(term) for term in terms]
    codes = {text_of(term).casefold() for term in terms} or {""}
    if codes & _AUTHORS:
        gathered.add("creator", name, language(element))
    else:
        gathered.add("contributor", f"{name} ({', '.join(roles)})", language(element))


def name_of(element: Element) -> str:
    shown = first_text(element, "displayForm")
    if shown:
        return shown
    parts = named(element, "namePart")
    kinds = ("family", "given", "date")
    by_type = {kind: " ".join(text_of(part) for part in parts if part.get("type") == kind) for kind in kinds}
    whole = " ".join(text_of(part) for part in parts if part.get("type") in (None, "termsOfAddress"))
    turned = ", ".join(filter(None, (by_type["family"], by_type["given"])))
    return ", ".join(filter(None, (whole or turned, by_type["date"])))


def _origin(element: Element, gathered: Gathered) -> None:
    """Of the original; what tells of its digitisation is kept under that name."""
    event = element.get("eventType", "")
    is_digital = _ELECTRONIC.search(first_text(element, "edition")) is not None or (
        bool(named(element, "dateCaptured")) and not named(element, "dateIssued", "dateCreated")
    )
    about = f"{event}: " if "digit" in event else "digitisation: " if is_digital and not event else ""
    for term in (term for place in named(element, "place") for term in _of_one_place(place)):
        is_code = term.get("type") == "code" and term.get("authority") in _COUNTRIES
        gathered.add(f"{about}{'placeTerm' if is_code else 'place'}", text_of(term), language(term))
    for publisher in named(element, "publisher"):
        gathered.add(f"{about}publisher", text_of(publisher), language(publisher))
    for edition in named(element, "edition"):
        gathered.add(f"{about}edition", text_of(edition), language(edition))
    for kind in ("dateIssued", "dateCreated", "copyrightDate", "dateOther", "dateCaptured"):
        date = _date(named(element, kind))
        gathered.add(f"{about}date" if kind != "dateCaptured" or about else kind, date)
    for frequency in named(element, "frequency"):
        gathered.add("frequency", text_of(frequency))


def _of_one_place(place: Element) -> list[Element]:
    """In words where there are any."""
    terms = named(place, "placeTerm")
    return [term for term in terms if term.get("type") != "code"] or terms


def _date(dates: list[Element]) -> str:
    """A span has a start and an end; of the same date in several encodings the first for people is taken."""
    points = {date.get("point"): text_of(date) for date in reversed(dates) if date.get("point")}
    if any(points.values()):
        return f"{points.get('start', '')}–{points.get('end', '')}"
    readable = [date for date in dates if date.get("encoding") is None] or dates
    return text_of(readable[0]) if readable else ""


def _languages(element: Element, gathered: Gathered) -> None:
    terms = named(element, "languageTerm")
    codes = [term for term in terms if term.get("type") == "code"] or terms
    script = first_text(element, "scriptTerm")
    for term in codes[:1]:
        tag = language_of(text_of(term))
        with_script = f"{tag}-{script}" if len(script) == 4 and script.isalpha() and "-" not in tag else tag
        gathered.add("language", text_of(term) if tag == UNKNOWN else with_script)


def _physical(element: Element, gathered: Gathered) -> None:
    lines = {"extent": "extent", "note": "note", "form": "format", "internetMediaType": "format"}
    for child in children(element):
        gathered.add(lines.get(local_name(child), local_name(child)), text_of(child), language(child))


def _subject(element: Element, gathered: Gathered) -> None:
    parts: list[str] = []
    for child in children(element):
        if local_name(child) == "cartographics":
            gathered.add("coverage", text_of(child))
            gathered.locate(place for one in named(child, "coordinates") for place in places_in(text_of(one)))
        elif local_name(child) == "name":
            parts.append(name_of(child))
        elif local_name(child) == "titleInfo":
            parts.append(title_of(child))
        elif local_name(child) == "hierarchicalGeographic":
            parts.append(", ".join(map(text_of, children(child))))
        elif local_name(child) != "geographicCode":
            parts.append(text_of(child))
    gathered.add("subject", _PARTS_OF_SUBJECTS.join(filter(None, parts)), language(element))


def _identifier(element: Element, gathered: Gathered) -> None:
    kind, text = element.get("type", "") or element.get("displayLabel", ""), text_of(element)
    if kind.lower() in _IDENTIFIERS:
        gathered.add(kind.lower(), text)
    elif kind == "uri" or not kind:
        gathered.add("identifier", text)
    else:
        gathered.add("identifier", f"{kind}: {text}")


def _location(element: Element, gathered: Gathered) -> None:
    for child in [*children(element), *(c for held in walk(element) if held is not element for c in children(held))]:
        if local_name(child) == "physicalLocation":
            gathered.add("provider", text_of(child), language(child))
        elif local_name(child) == "shelfLocator":
            gathered.add("shelfmark", text_of(child))
        elif local_name(child) == "url":
            gathered.link(text_of(child))


def _rights(element: Element, gathered: Gathered) -> None:
    kind, text = element.get("type", ""), text_of(element)
    if kind in _OF_ACCESS:
        gathered.add(f"accessCondition {kind}", text)
        if kind == "status" and text and text.casefold() != "open":
            gathered.find(findings.make_finding("record-access", status=text[:200]))
        return
    gathered.add("rights", element.get(_HREF))
    gathered.add("rights", _LICENCES.get(text.casefold(), text) if kind == "dz" else text, language(element))


def _note(element: Element, gathered: Gathered) -> None:
    """Under the heading that it is to have (`displayLabel`). A word with a kind of its own (`wellcomeidentifier`,
    `leader6`) is no note for readers."""
    kind, text, heading = element.get("type", ""), text_of(element), " ".join(element.get("displayLabel", "").split())
    is_note = not kind or " " in text or " " in kind
    line = (field_named(heading) or heading) if heading else "note" if is_note else kind
    gathered.add(_NOTES.get(kind.casefold(), line), text, language(element))


def _extension(element: Element, gathered: Gathered) -> None:
    root = next((one for one in children(element) if kitodo.is_kitodo(one)), None)
    if root is not None:
        kitodo.add_to(gathered, root)
    else:
        for one in walk(element):
            if not children(one):
                gathered.add(local_name(one), text_of(one), language(one))


def _related(element: Element, gathered: Gathered) -> None:
    titles = [title_of(title) for title in named(element, "titleInfo")]
    line = {"series": "series", "host": "source"}.get(element.get("type", ""), "relation")
    if line == "source":
        for title in named(element, "titleInfo"):
            gathered.whole(title_of(title), language(title))
    for text in titles or [element.get(_HREF) or text_of(element)]:
        gathered.add(line, text)


def _part(element: Element, gathered: Gathered) -> None:
    for detail in named(element, "detail"):
        kind, number = detail.get("type", ""), first_text(detail, "number")
        if number and kind in _DETAILS:
            gathered.number(number, is_issue=kind == "issue")
        said = (first_text(detail, name) for name in ("caption", "number", "title"))
        gathered.add("volume", next(filter(None, said), ""))


def _line(name: str) -> Callable[[Element, Gathered], None]:
    return lambda element, gathered: gathered.add(name, text_of(element), language(element))


_ELEMENTS: Mapping[str, Callable[[Element, Gathered], None]] = {
    "titleInfo": _title,
    "name": _name,
    "originInfo": _origin,
    "language": _languages,
    "physicalDescription": _physical,
    "subject": _subject,
    "identifier": _identifier,
    "location": _location,
    "accessCondition": _rights,
    "relatedItem": _related,
    "part": _part,
    "typeOfResource": _line("type"),
    "genre": _line("type"),
    "abstract": _line("summary"),
    "tableOfContents": _line("contents"),
    "note": _note,
    "extension": _extension,
    "classification": _line("classification"),
}
