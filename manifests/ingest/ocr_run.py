"""OCR over the pages of works: which are read, and the rows of the report.

A work is stored, and may be seen, before its pages are read: OCR takes seconds a page.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from manifests import findings
from manifests.ingest.ocr_reading import OcrReading, OcrTools, Said, as_said_now
from manifests.ingest.report import Outcome
from manifests.model import PageState


@dataclass(frozen=True, slots=True)
class OcrRun:
    """Over one library, which holds the lock for it."""

    tools: OcrTools

    def after_ingest(self, work: str, rows: Iterable[Outcome]) -> Iterator[Outcome]:
        """The rows of a work that was just stored, each with what there is to say of reading its page.

        Read are the pages that have no text and of whose picture nothing was read before.
        """
        done = list(rows)
        said: Said = {}
        if any(row.page is not None for row in done):
            reading = OcrReading(self.tools, work)
            reading.read([p for p in reading.pages if p.state == PageState.PRESENT and reading.is_unread(p)])
            said = reading.save()
        for row in done:
            yield replace(row, findings=as_said_now(row.findings, said[row.page])) if row.page in said else row

    def of_work(self, work: str, pages: Collection[str], *, replaces: bool) -> Iterator[Outcome]:
        """Reads the pages named, or all; a row for each. What this engine has read already it does not read again,
        and a text of the library's own only where it `replaces` it. Raises Missing for a page that is not there.
        """
        reading = OcrReading(self.tools, work)
        named = reading.named(pages)
        kept = [page for page in named if reading.has_own_text(page) and not replaces]
        wanted = [page for page in named if page not in kept]
        reading.read([page for page in wanted if not reading.is_read(page)])
        reading.prefer([page for page in wanted if reading.has_own_text(page)])
        for page in kept:
            reading.say(page, findings.make_finding("ocr-own-text"))
        said = reading.save()
        for page in named:
            file = reading.file_of(page)
            about, number = said.get(page.page.id, ()), page.page.number_if_several
            yield Outcome(file, work, page.page.id, reading.verdict(page), about, number)
