"""One work while OCR reads its pages: what is kept of each page, and the transaction with the new words.

What is read of a page is noted at once (decisions.md, 10): killed at any moment, the next run reads only what is left.
The words of a work appear together, when its last page has been read.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from manifests import findings, text
from manifests.catalog import Catalog, FileFinding, FileFindings, IdChanged, PageRecord, WorkUpdate, under
from manifests.errors import N_, Missing
from manifests.ingest.recognised_texts import (
    FOLDER,
    NO_OWN,
    RecognisedTexts,
    encoding_in,
    is_recognised,
    own_part,
    stamp_of,
)
from manifests.ingest.recogniser import RecognisedPage, Recogniser
from manifests.ingest.report import Progress, Verdict
from manifests.ingest.texts import StoredWords, image_of, words_of, write_whole, write_words
from manifests.ingest.work_writer import Documents
from manifests.metadata.merging import merged
from manifests.model import Finding, Page, PageText, Recognition, State, Work

_OF_OCR = ("ocr-", "recognition-")
"""How the codes of those findings begin that are said anew, or no longer, when a page is read."""

Said: TypeAlias = dict[str, list[Finding]]
"""By page, of those that were looked at."""


def as_said_now(before: Iterable[Finding], said: Sequence[Finding]) -> list[Finding]:
    """The findings of a page, what OCR says of it now in place of what it said before."""
    return [*(finding for finding in before if not finding.code.startswith(_OF_OCR)), *said]


@dataclass(frozen=True, slots=True)
class OcrTools:
    """What every work needs. `place` tells where a master lies, by its root and the path below that."""

    catalog: Catalog
    library: Path
    documents: Documents
    place: Callable[[str, str], Path]
    recogniser: Recogniser
    progress: Progress


@dataclass(slots=True)
class OcrReading:
    """One work while it is read."""

    tools: OcrTools
    id: str
    work: Work = field(init=False)
    pages: Sequence[PageRecord] = field(init=False)
    before: RecognisedTexts = field(init=False)
    said: Said = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.work = self.tools.catalog.work(self.id)
        self.pages = [p for p in self.tools.catalog.pages(self.id) if p.is_shown]
        self.before = self._recognised()

    def _recognised(self) -> RecognisedTexts:
        return RecognisedTexts(self.tools.library, self.tools.catalog.recognitions(self.id))

    def file_of(self, page: PageRecord) -> str:
        return str(self.tools.place(self.work.root, page.page.file))

    # Which pages

    def named(self, pages: Collection[str]) -> list[PageRecord]:
        missing = set(pages) - {page.page.id for page in self.pages}
        if missing:
            raise Missing("The work {work} has no page {page}.", work=self.id, page=min(missing))
        return [page for page in self.pages if not pages or page.page.id in pages]

    def has_own_text(self, page: PageRecord) -> bool:
        return page.page.text is not None and not is_recognised(page)

    def is_unread(self, page: PageRecord) -> bool:
        """Without a text of any kind, and never read either."""
        return page.page.text is None and self.before.of(page) is None

    def is_read(self, page: PageRecord) -> bool:
        """By this engine, in these languages."""
        known = self.before.of(page)
        return known is not None and known.engine == self.tools.recogniser.engine

    def verdict(self, page: PageRecord) -> Verdict:
        if page.page.id in self.failed:
            return Verdict.REFUSED
        return Verdict.CHANGED if page.page.id in self.changed else Verdict.UNCHANGED

    # Reading them

    def read(self, pages: Sequence[PageRecord]) -> None:
        tools = self.tools
        tools.progress.to_recognise(len(pages))
        waiting = {tools.recogniser.recognise(tools.library / p.page.pyramid.file, p.page): p for p in pages}
        try:
            for answer in as_completed(waiting):
                page = waiting.pop(answer)
                self._take(page, answer.result())
                tools.progress.recognised(page.page.file)
        finally:
            for answer in waiting:
                answer.cancel()

    def _take(self, page: PageRecord, result: RecognisedPage) -> None:
        self.said[page.page.id] = list(result.findings)
        if result.alto is None:
            self.failed.add(page.page.id)
            return
        file = self._file(page.page, result.alto)
        write_whole(self.tools.library / file, result.alto)
        read, about = text.read(self.tools.library / file, image_of(page), encoding="unicode")
        if read is None:
            reason = next((f.values["reason"] for f in about if "reason" in f.values), N_("what it gave is no ALTO"))
            self.say(page, findings.make_finding("recognition-failed", reason=reason))
            self.failed.add(page.page.id)
            return  # the file is swept at the end: nothing refers to it
        engine, sha256 = self.tools.recogniser.engine, page.page.sha256
        self.tools.catalog.note_recognition(
            self.id, page.page.id, Recognition(engine, sha256, file, result.confidence if read.words else None)
        )

    def _file(self, page: Page, alto: bytes) -> str:
        return f"{FOLDER}/{self.id}/{page.id}.{hashlib.sha256(alto).hexdigest()[:12]}.xml"

    def prefer(self, pages: Sequence[PageRecord]) -> None:
        """What was read goes before the library's own text, as long as that is the same."""
        recognised = self._recognised()
        for page in pages:
            known = recognised.of(page)
            if known is not None and own_part(page.text_stamp) != NO_OWN:
                preferred = replace(known, instead_of=own_part(page.text_stamp))
                self.tools.catalog.note_recognition(self.id, page.page.id, preferred)

    def say(self, page: PageRecord, finding: Finding) -> None:
        self.said.setdefault(page.page.id, []).append(finding)

    # The work with the new words

    def save(self) -> Said:
        """What there is to say of the pages, once the work has been written with what was read."""
        recognised = self._recognised()
        read: dict[str, PageText] = {}
        now = [self._with_text(page, recognised, read) for page in self.tools.catalog.pages(self.id)]
        self._write(now, read)
        return self.said

    def _with_text(self, page: PageRecord, recognised: RecognisedTexts, read: dict[str, PageText]) -> PageRecord:
        recognition = recognised.of(page)
        own = own_part(page.text_stamp)
        if not page.is_shown or recognition is None:
            return page
        if self.has_own_text(page) and recognition.instead_of != own:
            return page
        stamp = stamp_of(image_of(page), own, recognition, encoding_in(page.text_stamp))
        if page.text_stamp == stamp and page.page.id not in self.said:
            return page
        found = recognised.read(page, recognition)
        self.said.setdefault(page.page.id, []).extend(found.findings)
        if page.text_stamp == stamp or (found.text is None and self.has_own_text(page)):
            return page
        if found.text is not None:
            self.changed.add(page.page.id)
            read[page.page.id] = found.text
        return found.of(page, stamp)

    def _write(self, now: Sequence[PageRecord], read: dict[str, PageText]) -> None:
        """Again under the id that it has by now, where somebody has renamed it meanwhile."""
        while True:
            work = self.tools.catalog.work(self.id)
            try:
                return self._write_as(work, [under(work.id, page) for page in now], read)
            except IdChanged:
                continue

    def _write_as(self, work: Work, now: Sequence[PageRecord], read: dict[str, PageText]) -> None:
        catalog = self.tools.catalog
        if work.state == State.REMOVED:
            return  # while it was read: that is the newer wish
        noted = self._findings(work)
        if list(now) == catalog.pages(work.id):
            catalog.note_findings(work.root, work.folder, noted)
            return
        texts = self.tools.library / "text"
        words = words_of(now, read, StoredWords(texts / work.text if work.text is not None else None))
        file = write_words(words, texts, work.id)
        records = catalog.records(work.id)
        shown = [known.page for known in now if known.is_shown]
        update = WorkUpdate(
            work=work.id,
            root=work.root,
            folder=work.folder,
            label=work.label,
            draft=work.state == State.DRAFT,
            returns=False,
            pages=now,
            text=file,
            text_changed=file != work.text,
            records=records,
            documents=self.tools.documents(replace(work, text=file), shown, merged(records).record),
            findings=noted,
            is_visible=file != work.text,
        )
        catalog.save(update, datetime.now(UTC))

    def _findings(self, work: Work) -> FileFindings:
        """Those of the work, with what OCR says of a page now in place of what it said before."""
        pages = {page.page.id: page for page in self.pages}
        before = self.tools.catalog.findings(work.root, work.folder)
        kept = [row for row in before if row.page not in self.said or not row.finding.code.startswith(_OF_OCR)]
        return kept + [
            FileFinding(self.file_of(pages[page]), page, finding, pages[page].page.number_if_several)
            for page, said in self.said.items()
            for finding in said
        ]
