"""How a reader cites a work or a page of it: one sentence in the reader's language, to be copied.

ISO 690:2021, as theses and libraries in Viet Nam apply it too: author, title, medium, imprint, date of access, holder
and shelfmark, address. Names stay as the record writes them. Texts of a record are never handed to the translator.
"""

from dataclasses import dataclass
from datetime import datetime

from manifests.citing.reference import Reference
from manifests.errors import N_
from server.language.translator import Translator


@dataclass(frozen=True, slots=True)
class Citation:
    """The title is set in italics, in its own language (a tag, empty where nobody knows it)."""

    before: str
    title: str
    language: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.title}{self.after}"


def citation(of: Reference, translator: Translator, today: datetime, *, address: str = "", page: str = "") -> Citation:
    """`address` and `page` (as it is called) where one page is cited."""
    authors = "; ".join(of.authors)
    published = ", ".join(filter(None, (_with_colon(of.place, of.publisher), of.volume, of.date, page)))
    viewed = translator.translate(N_("viewed {date}"), date=translator.day(today))
    online, from_where = translator.translate(N_("online")), translator.translate(N_("Available from:"))
    imprint = _sentence(of.edition) + (f" {published}" if published else "")
    said = [
        f"{authors}{_stop(authors)} " if authors else "",
        f" [{online}]{'.' if imprint else ''}",
        imprint,
        f" [{viewed}].",
        _sentence(", ".join(filter(None, (of.held_by, of.shelfmark)))),
        f" {from_where} {address or of.address}",
    ]
    return Citation(said[0], of.title, of.language, "".join(said[1:]))


def _with_colon(place: str, publisher: str) -> str:
    return ": ".join(filter(None, (place, publisher)))


def _sentence(text: str) -> str:
    return f" {text}{_stop(text)}" if text else ""


def _stop(text: str) -> str:
    return "" if text.endswith((".", "!", "?")) else "."
