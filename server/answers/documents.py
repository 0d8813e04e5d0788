"""How a JSON document goes out: its media type, its coding, its tag; each form under a tag of its own.

Presentation 3.0 section 6.3 and 2.1 section 7; Image 3.0 section 5.1 and 2.1 section 5; RFC 9110 sections 8.8.3 and 12.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.answers.accept import prefers_jsonld
from server.answers.coded import coded_answer
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """One version of one IIIF API, as content negotiation sees it.

    `linked` says that JSON-LD is the answer to a request without `Accept` (Image 3.0 section 5.1, Presentation 3.0
    section 6.3); 2.1 asks for plain JSON there (Image 2.1 section 5).
    """

    api: str
    version: int
    linked: bool

    @property
    def context(self) -> str:
        return f"http://iiif.io/api/{self.api}/{self.version}/context.json"

    @property
    def jsonld(self) -> str:
        return f'application/ld+json;profile="{self.context}"' if self.linked else "application/ld+json"


IMAGE = {version: ApiVersion("image", version, linked=version > 2) for version in (3, 2)}
PRESENTATION = {version: ApiVersion("presentation", version, linked=version > 2) for version in (3, 2)}
SEARCH = {version: ApiVersion("search", version, linked=version > 1) for version in (2, 1)}

VARY = ("Vary", "Accept, Accept-Encoding")


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document before it is made. `tag` stands for its content under the base of the request."""

    api: ApiVersion
    tag: str
    modified: datetime | None = None
    links: Sequence[str] = ()


def document_answer(
    fields: RequestFields, document: Document, cache_control: str, make: Callable[[], bytes]
) -> ReadyAnswer:
    """`make` gives the bytes in the coding that `coding_for` chooses; called only where they have to be sent."""
    api = document.api
    jsonld = prefers_jsonld(fields.accept, api.linked)
    described = [("Content-Type", api.jsonld if jsonld else "application/json")]
    if document.links:
        described.append(("Link", ", ".join(document.links)))
    tag = f"{document.tag}-ld" if jsonld else document.tag
    return coded_answer(fields, tag, document.modified, [("Cache-Control", cache_control), VARY], described, make)


def link(target: str, relation: str) -> str:
    return f'<{target}>;rel="{relation}"'
