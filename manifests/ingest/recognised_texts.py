"""What OCR has read, as the text of pages that have none of their own.

It stands for one picture: where a master has been replaced it counts for nothing. The library's own text goes first,
but where somebody asked for the OCR's in its place, and as long as that own text is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from manifests import findings, text
from manifests.catalog import PageRecord
from manifests.model import Block, Finding, PageText, Recognition
from manifests.text.languages import language_tag

FOLDER = "text/ocr"
"""Below the library's folder: what OCR has read, in a folder for each work."""


NO_OWN = "-"
"""Stands in a stamp for the own files of a page that has none."""

DOUBTFUL = 50
"""Percent of mean confidence below which a page is a picture, or was read in another language than its own."""


@dataclass(frozen=True, slots=True)
class FoundText:
    """What was found to be the text of a page, in which file, and what there is to say of it."""

    text: PageText | None
    file: str | None
    findings: Sequence[Finding] = ()

    def of(self, page: PageRecord, stamp: str | None) -> PageRecord:
        """The page with it."""
        has = self.text.format if self.text is not None else None
        return replace(page, page=replace(page.page, text=has), text_file=self.file, text_stamp=stamp)


@dataclass(frozen=True, slots=True)
class RecognisedTexts:
    """Those of one work, by page. `library` is its folder."""

    library: Path
    by_page: Mapping[str, Recognition] = field(default_factory=dict)

    def of(self, page: PageRecord) -> Recognition | None:
        """Without its file it is none: what was lost is read again when somebody asks for OCR."""
        found = self.by_page.get(page.page.id)
        if found is None or found.sha256 != page.page.sha256 or not (self.library / found.file).is_file():
            return None
        return found

    def beside(self, own: FoundText, page: PageRecord, stamp: str | None) -> FoundText:
        """Of the library's own text of a page and the OCR's the one that counts. `stamp` is that of the page's text."""
        recognition = self.of(page)
        if recognition is None:
            return own
        if own.text is not None and (stamp is None or recognition.instead_of != own_part(stamp)):
            return replace(own, findings=[*own.findings, _choice(own.file, describe(recognition))])
        read = self.read(page, recognition)
        if read.text is None:
            return replace(own, findings=[*own.findings, *read.findings])
        left = [_choice(describe(recognition), own.file)] if own.text is not None else []
        return replace(read, findings=[*own.findings, *left, *read.findings])

    def read(self, page: PageRecord, recognition: Recognition) -> FoundText:
        image = text.PageImage(page.page.width, page.page.height)
        words, about = text.read(self.library / recognition.file, image, encoding="unicode")
        if words is not None and not words.words:
            return FoundText(None, None, (*about, findings.make_finding("ocr-no-words")))
        if recognition.confidence is not None and recognition.confidence < DOUBTFUL:
            about = (*about, findings.make_finding("ocr-doubtful", confidence=round(recognition.confidence)))
        return FoundText(_in_its_language(words, recognition), recognition.file, about)


def _in_its_language(words: PageText | None, recognition: Recognition) -> PageText | None:
    """Tesseract does not write into its ALTO in what language it has read; where it was told one, it is that one."""
    language = language_tag(recognition.engine.languages) if "+" not in recognition.engine.languages else None
    if words is None or language is None:
        return words
    blocks = words.blocks or [Block(0)]
    return replace(words, blocks=[replace(block, language=block.language or language) for block in blocks])


def _choice(taken: str | None, left: str | None) -> Finding:
    return findings.make_finding("text-choice", taken=taken, left=left)


def is_recognised(page: PageRecord) -> bool:
    """Whether the text that the page has now is the OCR's."""
    return page.text_file is not None and page.text_file.startswith(f"{FOLDER}/")


def sources(pages: Iterable[PageRecord], by_page: Mapping[str, Recognition]) -> dict[str, str | Recognition]:
    """Of the pages that have a text: its file's name, or what OCR has read."""
    with_text = {page.page.id: page for page in pages if page.page.text is not None and page.text_file is not None}
    return {
        id_: by_page[id_] if is_recognised(p) and id_ in by_page else str(p.text_file) for id_, p in with_text.items()
    }


def stamp_of(image: text.PageImage, own: str, recognition: Recognition | None, encoding: str | None) -> str:
    """Stands for all that a page's text is made from; `own` for the library's own files among it, `encoding` for what
    the librarian has said of their letters.
    """
    stamp = f"{image.width}x{image.height} {image.orientation} {image.ppi} {text.RECIPE} {own}"
    return " ".join(filter(None, (stamp, recognition.file if recognition is not None else None, encoding)))


def own_part(stamp: str | None) -> str:
    """What in a stamp stands for the library's own files."""
    parts = (stamp or "").split(" ")
    return parts[4] if len(parts) > 4 else NO_OWN


def encoding_in(stamp: str | None) -> str | None:
    last = (stamp or "").rpartition(" ")[2]
    return last if last in text.ENCODINGS else None


def describe(recognition: Recognition) -> str:
    engine = recognition.engine
    return f"OCR ({engine.name} {engine.version}, {engine.languages})"
