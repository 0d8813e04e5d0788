"""METS: what a scanning workflow tells of a work, its pages and its chapters. https://www.loc.gov/standards/mets/.

The description (MODS, Dublin Core or MARC) of the uppermost division of the logical structure is the work's; what other
sections say fills what it leaves open. Pages have the names and order of the physical structure, chapters those of the
logical one, joined by the links between both, or by standing inside each other; which files they show says
`mets_files`. Seen in Kitodo's, Goobi's and the DFG Viewer's dialect (`dv:rights`, `dv:links`), in that of Wellcome
Collection (whose sets are of type `MultipleManifestation`), in OCR-D's, and in METS of one structure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manifests import findings
from manifests.errors import N_
from manifests.metadata import dublin_core, kitodo, marcxml, mods
from manifests.metadata.edtf import is_edtf
from manifests.metadata.gathering import Gathered
from manifests.metadata.merging import merged
from manifests.metadata.mets_files import XLINK, MetsPage, files_of, page_of
from manifests.metadata.reader import BadRecord, Reading, bad
from manifests.metadata.record import Chapter, PageNote, PartOf, Provider, Record, SourceRecord
from manifests.metadata.texts import UNKNOWN, texts
from manifests.metadata.xml_record import first_text, named, root_of, text_of, walk
from manifests.model import Finding
from manifests.text.xml import Element, local_name

NAME = "mets"
FILES: tuple[str, ...] = ("mets.xml",)

_NO_LABEL = frozenset({"", "-", "–", "—", "[-]", "uncounted"})
"""What Kitodo and others write where a page bears no number."""
_DEEPEST = 40
"""Divisions in divisions."""
_MOST_TIMES_IN_CHAPTERS = 50
"""A page is in a chapter, in those around it, and where one ends and another begins."""
_SETS = frozenset({"multivolumework", "multivolume", "multivolumemanuscript", "multiplemanifestation", "set"})
_SERIALS = frozenset({"newspaper", "periodical", "journal", "serial"})
_OF_DATES = frozenset({"year", "month", "day"})
"""Kinds of divisions (TYPE), in small letters alone."""
_LONGEST_NUMBER = 9
"""Digits of an ORDER."""


def read(content: bytes) -> Reading:
    whole = _Mets(_mets_in(content))
    described, said = whole.description()
    pages = whole.pages()
    record = replace(
        described,
        pages=tuple(PageNote(page.name, texts([(UNKNOWN, page.label)])) for page in pages),
        chapters=whole.chapters(pages),
        sequence=tuple(dict.fromkeys(page.name for page in pages)),
        part_of=described.part_of or whole.part_of(),
        date=whole.day_of_issue(),
    )
    return Reading(record, said)


def pages_in(content: bytes) -> list[MetsPage]:
    """The pages of the physical structure in their order, with the files of each. Raises BadRecord."""
    return [page.files for page in _Mets(_mets_in(content)).pages()]


def _mets_in(content: bytes) -> Element:
    root = root_of(content)
    if local_name(root) != "mets":
        root = next((element for element in walk(root) if local_name(element) == "mets"), root)
    if local_name(root) != "mets":
        raise bad(N_("it holds no record of this kind"))
    return root


@dataclass(frozen=True, slots=True)
class _Page:
    div: Element
    files: MetsPage
    label: str

    @property
    def name(self) -> str:
        return self.files.name


class _Mets:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._sections = {one.get("ID", ""): one for one in named(root, "dmdSec", "dmdSecGrp")}
        self._files = files_of(root)
        maps = named(root, "structMap")
        self._physical = next((one for one in maps if one.get("TYPE", "").upper() == "PHYSICAL"), None)
        self._logical = next((one for one in maps if one.get("TYPE", "").upper() == "LOGICAL"), None)
        if self._physical is None:
            self._physical = next((one for one in maps if one is not self._logical), None)

    # What the work is

    def description(self) -> tuple[Record, Sequence[Finding]]:
        ordered = [self._sections[name] for name in self._main_sections() if name in self._sections]
        ordered += [one for one in self._sections.values() if one not in ordered and one in self._of_the_whole()]
        ordered = ordered or [*self._sections.values()][:1]
        told = [(one, _described(one)) for one in ordered]
        readings = [reading for _, reading in told if reading is not None]
        unread = [form for one, reading in told if reading is None and (form := _form(one))]
        together = merged([SourceRecord(str(n), "", reading.record) for n, reading in enumerate(readings)]).record
        titles = [one for one in together.entries if one.field != "title"]
        record = replace(together, entries=tuple(titles), date="", nav_date="")
        if not record.label:
            top = self._top()
            record = replace(record, label=texts([(UNKNOWN, _label(top) if top is not None else "")]))
        said = [finding for reading in readings for finding in reading.findings]
        if unread and not readings:
            said.append(findings.make_finding("mets-form", form=", ".join(dict.fromkeys(unread))[:200]))
        return self._with_owner(record), said

    def _top(self) -> Element | None:
        """The division that is the whole work: the innermost of those that only lead to it; of the others the
        uppermost, or below it the first that is described."""
        *_, top = (None, *self._leading_to_it())
        while top is not None and not top.get("DMDID") and len(named(top, "div")) == 1 and _has_described(top):
            top = named(top, "div")[0]
        return top

    def _leading_to_it(self) -> list[Element]:
        """From the uppermost division to the work: a set of volumes, or a newspaper with its year, that METS of another
        file describes (`mptr`) leads to the volume or issue that is here."""
        found = named(self._logical, "div")[:1] if self._logical is not None else []
        while found and len(inner := named(found[-1], "div")) == 1:
            if not named(found[-1], "mptr") and not _is_of(found[-1], _OF_DATES):
                break
            found.append(inner[0])
        return found

    def part_of(self) -> PartOf | None:
        """The set of volumes or the newspaper that the work is a part of."""
        divisions = self._leading_to_it()
        if len(divisions) < 2 or not named(divisions[0], "mptr"):
            return None
        outer, work = divisions[0], divisions[-1]
        is_serial = _is_of(outer, _SERIALS)
        label, number = texts([(UNKNOWN, self._part_label(outer))]), _number(work)
        if not label or not (is_serial or _is_of(outer, _SETS)):
            return None
        return PartOf(label, number=number, is_serial=is_serial)

    def day_of_issue(self) -> str:
        """As the division of a day names it, or of a month or year where none does; a date of EDTF, or empty."""
        said = [div.get("ORDERLABEL", "").strip() for div in self._leading_to_it() if _is_of(div, _OF_DATES)]
        return next((day for day in reversed(said) if is_edtf(day)), "")

    def _main_sections(self) -> list[str]:
        top = self._top()
        return top.get("DMDID", "").split() if top is not None else []

    def _of_the_whole(self) -> list[Element]:
        """Sections that the sequence of pages as a whole refers to, such as its size."""
        top = self._sequence()
        names = top.get("DMDID", "").split() if top is not None else []
        return [self._sections[name] for name in names if name in self._sections]

    def _sequence(self) -> Element | None:
        return next(iter(named(self._physical, "div")), None) if self._physical is not None else None

    def _with_owner(self, record: Record) -> Record:
        """What the DFG Viewer's section of rights says of who owns the work."""
        gathered = Gathered()
        rights = next((one for one in walk(self._root) if one.tag == f"{_DV}rights"), None)
        if rights is None:
            return record
        for name in ("license", "rights"):
            gathered.add("rights", first_text(rights, name))
        for element in walk(self._root):
            if element.tag in (f"{_DV}reference", f"{_DV}presentation"):
                gathered.link(text_of(element))
        said = gathered.reading().record
        name = first_text(rights, "owner")
        home, logo = (_address(first_text(rights, one)) for one in ("ownerSiteURL", "ownerLogo"))
        return replace(
            record,
            provider=Provider(texts([(UNKNOWN, name)]), home, logo) if name else record.provider,
            rights=record.rights or said.rights,
            statement=record.statement or said.statement,
            homepage=record.homepage or said.homepage,
        )

    # Its pages

    def pages(self) -> list[_Page]:
        if self._physical is None:
            return []
        found = [(div, page) for div in _divs(self._physical) if (page := page_of(div, self._files)) is not None]
        return [_Page(div, page, _page_label(div)) for div, page in found] if any(p.images for _, p in found) else []

    # Its chapters

    def chapters(self, pages: Sequence[_Page]) -> tuple[Chapter, ...]:
        places = {page.div.get("ID", ""): place for place, page in enumerate(pages)}
        linked: dict[str, list[int]] = {}
        for link in (one for one in walk(self._root) if local_name(one) == "smLink"):
            place = places.get(link.get(f"{XLINK}to", ""))
            if place is not None:
                linked.setdefault(link.get(f"{XLINK}from", ""), []).append(place)
        top = self._top() if linked else self._sequence()
        if top is None:
            return ()
        by_div = {page.div: place for place, page in enumerate(pages)}
        found = tuple(self._parts(top, [page.name for page in pages], linked, by_div, 0))
        places = {page.name: place for place, page in enumerate(pages)}
        if sum(_spans(found, places)) > _MOST_TIMES_IN_CHAPTERS * len(pages):
            raise bad(N_("its chapters overlap each other without end"))
        return found

    def _parts(
        self,
        div: Element,
        names: Sequence[str],
        linked: Mapping[str, Sequence[int]],
        by_div: Mapping[Element, int],
        depth: int,
    ) -> Iterator[Chapter]:
        for part in named(div, "div") if depth < _DEEPEST else ():
            inner = tuple(self._parts(part, names, linked, by_div, depth + 1))
            places = [*linked.get(part.get("ID", ""), ()), *(by_div[one] for one in walk(part) if one in by_div)]
            label = self._part_label(part)
            if part in by_div or not label or not places:
                yield from inner
            else:
                yield Chapter(texts([(UNKNOWN, label)]), names[min(places)], names[max(places)], inner)

    def _part_label(self, div: Element) -> str:
        """As the division is called; else as its own description has it."""
        label = _label(div)
        if label:
            return label
        sections = [self._sections[name] for name in div.get("DMDID", "").split() if name in self._sections]
        titles = (mods.title_of(one) for section in sections for one in walk(section) if local_name(one) == "titleInfo")
        return next(titles, "")


_DV = "{http://dfg-viewer.de/}"


def _spans(chapters: Sequence[Chapter], places: Mapping[str, int]) -> Iterator[int]:
    for chapter in chapters:
        yield places[chapter.last] - places[chapter.first] + 1
        yield from _spans(chapter.chapters, places)


def _has_described(div: Element) -> bool:
    return any(local_name(one) == "div" and one.get("DMDID") for one in walk(div))


def _described(section: Element) -> Reading | None:
    """A section in a format that is not read here says nothing."""
    for element in walk(section):
        try:
            if local_name(element) == "mods":
                return mods.read_element(element)
            if local_name(element) == "record" and named(element, "datafield"):
                return marcxml.read_element(element)
            if kitodo.is_kitodo(element):
                return kitodo.read_element(element)
            if local_name(element) == "mdWrap" and element.get("MDTYPE", "").upper() == "DC":
                return dublin_core.read_element(element)
        except BadRecord:
            return None
    return None


def _form(section: Element) -> str:
    """What a section is written in, as METS calls it; empty where it holds nothing."""
    for element in walk(section):
        if local_name(element) in ("mdWrap", "mdRef"):
            return element.get("OTHERMDTYPE") or element.get("MDTYPE") or local_name(element)
    return ""


def _divs(struct_map: Element) -> Iterator[Element]:
    """All divisions in the order of the document, or by ORDER where the pages of one division say so."""
    waiting = [*reversed(named(struct_map, "div"))]
    while waiting:
        div = waiting.pop()
        yield div
        parts = named(div, "div")
        orders = [one.get("ORDER", "") for one in parts]
        if parts and all(order.isdecimal() and len(order) <= _LONGEST_NUMBER for order in orders):
            parts = sorted(parts, key=lambda one: int(one.get("ORDER", "0")))
        waiting += reversed(parts)


def _page_label(div: Element) -> str:
    said = (div.get(name, "").strip() for name in ("ORDERLABEL", "LABEL"))
    return next((label for label in said if label.lower() not in _NO_LABEL), "")


def _is_of(div: Element, kinds: frozenset[str]) -> bool:
    return re.sub(r"[\W_]", "", div.get("TYPE", "")).lower() in kinds


def _number(div: Element) -> str:
    said = (" ".join((div.get(name) or "").split()) for name in ("ORDERLABEL", "ORDER", "LABEL"))
    return next((text for text in said if text), "")


def _label(div: Element) -> str:
    return mods.without_end(" ".join((div.get("LABEL") or "").split()))


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) else ""
