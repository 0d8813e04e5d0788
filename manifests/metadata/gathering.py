"""What a reader of an export gathers, line by line, until it is a record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from manifests.metadata.reader import Reading
from manifests.metadata.record import Entry, Link, PartOf, Place, Provider, Record, Texts
from manifests.metadata.stating import rights_said
from manifests.metadata.texts import UNKNOWN, clean, texts
from manifests.model import Finding

_PROPERTIES = frozenset({"title", "summary", "rights", "provider"})
"""Lines that are a property of the record; all others are its entries."""


@dataclass(slots=True)
class Gathered:
    _said: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    _links: list[str] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    _whole: list[tuple[str, str]] = field(default_factory=list)
    _findings: list[Finding] = field(default_factory=list)
    _number: str = ""
    _is_issue: bool = False

    def add(self, line: str, text: str | None, language: str = UNKNOWN) -> None:
        """A line by its field, or by the heading that the export has for it."""
        if text and clean(text):
            self._said[line].append((language, text))

    def link(self, address: str | None) -> bool:
        """Whether it is an address that a reader may follow."""
        address = (address or "").strip()
        if not address.startswith(("http://", "https://")) or any(map(str.isspace, address)):
            return False
        if address not in self._links:
            self._links.append(address)
        return True

    def find(self, finding: Finding) -> None:
        self._findings.append(finding)

    def locate(self, places: Iterable[Place]) -> None:
        self._places += [place for place in places if place not in self._places]

    @property
    def is_located(self) -> bool:
        return bool(self._places)

    def whole(self, title: str, language: str = UNKNOWN) -> None:
        """What it is a part of."""
        self._whole.append((language, title))

    def number(self, number: str, *, is_issue: bool = False) -> None:
        """Of a volume or an issue, in that whole."""
        self._number, self._is_issue = number, is_issue

    def title(self, text: str, language: str = UNKNOWN) -> None:
        """The first in each language is the title, further ones are other titles."""
        has_one = any(tag == language for tag, _ in self._said["title"])
        self.add("other-title" if has_one else "title", text, language)

    def reading(self) -> Reading:
        rights = rights_said(self._texts("rights"))
        provider = self._texts("provider")
        entries = ((line, self._texts(line)) for line in self._said if line not in _PROPERTIES)
        record = Record(
            label=self._texts("title"),
            summary=self._texts("summary"),
            entries=tuple(Entry(line, values) for line, values in entries if values),
            rights=rights.uri,
            statement=rights.statement,
            provider=Provider(provider) if provider else None,
            homepage=tuple(Link(address) for address in self._links),
            places=tuple(self._places),
            part_of=self._part_of(),
        )
        return Reading(record, [*rights.findings, *self._findings])

    def _part_of(self) -> PartOf | None:
        """Without a number it may be an article or a poem, which is no volume."""
        whole = texts(self._whole)
        return PartOf(whole, number=self._number, is_serial=self._is_issue) if whole and self._number else None

    def _texts(self, line: str) -> Texts:
        return texts(self._said.get(line, ()))
