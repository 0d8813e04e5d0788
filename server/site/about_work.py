"""What stands below the viewer on a work's page: the record, and what can be done with the work.

Only what is told and in which order; `templates/about.html` writes it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from manifests.library import Library
from manifests.model import Page, Work
from manifests.presentation.institution import limits_of
from manifests.scaling import Extent
from server import negotiation
from server.responders.citations import CITATION_FORMATS, reference_of
from server.site import html_response
from server.site.citation import Citation, citation
from server.site.contents import ContentsRow, contents_of
from server.site.link_preview import LinkPreview, of_work
from server.site.logo import logo_source
from server.site.record_card import RecordCard, card

FOLDED_FROM = 40
"""So many chapters, those in chapters too, are one above the other; of more, what is in a chapter is folded away."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file that programs for references read."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AboutWork:
    """`sound_since`: since when all files of the work are known to be as they were taken in. `largest` is the size of
    the largest page in pixels. `address` and `manifest` are for good, on the public base."""

    work: Work
    pages: Sequence[Page]
    card: RecordCard
    logo: str
    chapters: Sequence[ContentsRow]
    folded: bool
    largest: Extent | None
    sound_since: datetime | None
    citation: Citation
    formats: Sequence[Format]
    address: str
    manifest: str
    preview: LinkPreview

    @property
    def images_from(self) -> str:
        """The logo's address, as a source of the Content Security Policy."""
        return logo_source(self.logo)


def about_work(library: Library, work: Work, pages: Sequence[Page], today: datetime) -> AboutWork:
    translator, addresses = html_response.request_translator(), negotiation.addresses()
    record, reference = library.record(work.id).record, reference_of(library, work, addresses)
    parts = contents_of(record, pages)
    local, logo = html_response.local_addresses(), record.provider.logo if record.provider else ""
    title = library.settings.title
    return AboutWork(
        work=work,
        pages=pages,
        card=card(work.label, record, translator),
        logo=logo if logo_source(logo) else "",
        chapters=parts,
        folded=_count(parts) > FOLDED_FROM,
        largest=max((Extent(page.width, page.height) for page in pages), key=lambda size: size.width * size.height)
        if pages
        else None,
        sound_since=library.fixity.sound_since(work.id),
        citation=citation(reference, translator, today),
        formats=[
            Format(form.name, local.work_citation(work.id, extension)) for extension, form in CITATION_FORMATS.items()
        ],
        address=reference.address,
        manifest=addresses.manifest(3, work.id),
        preview=of_work(reference, next(iter(pages), None), len(pages), title, limits_of(library.settings), addresses),
    )


def _count(parts: Sequence[ContentsRow]) -> int:
    return sum(1 + _count(part.parts) for part in parts)
