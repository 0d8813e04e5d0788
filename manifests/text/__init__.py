"""The text of pages: a reader for each format, what makes two spellings one word, the words of a work as one file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import category, normalize

from manifests import findings
from manifests.model import Finding, PageText, Word
from manifests.text import alto, choice, hocr, old_encodings, page, plain
from manifests.text.choice import TextChoice, stems_of
from manifests.text.pdf import PdfReader, ReadPdf
from manifests.text.reader import PageImage, TextPage, TextReader, Unreadable

__all__ = [
    "ENCODINGS",
    "RECIPE",
    "TEXT_READERS",
    "OpenText",
    "PageImage",
    "TextChoice",
    "TextReader",
    "choose",
    "open_text",
    "read",
    "stems_of",
    "with_pdf",
]

TEXT_READERS: tuple[TextReader, ...] = (alto, page, hocr, plain)
"""In order of preference where a page has several texts: ALTO, PAGE, hOCR, PDF with `with_pdf`, plain last."""

RECIPE = 5
"""Raised whenever the same file gives other words, or words are set otherwise; pages are then read again."""

_AS_IT_IS = "unicode"
ENCODINGS = (_AS_IT_IS, *(name.lower() for name in old_encodings.ENCODINGS))
"""What can be said of the letters of a text, where it is not to be found out."""


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text file and the pages that it holds, none of which has been read yet."""

    file: Path
    reader: TextReader
    pages: Sequence[TextPage]

    def read(
        self, number: int, image: PageImage, encoding: str | None = None
    ) -> tuple[PageText | None, Sequence[Finding]]:
        """The words of the page that stands at this place in the file, from 0, on its image. A place where the file
        has no page is a page without words. Whatever is wrong with it is a finding, never an error.

        `encoding` is one of ENCODINGS where somebody knows it, None where the words have to tell.
        """
        if number >= len(self.pages):
            return PageText(self.reader.NAME, ()), ()
        try:
            found = self.pages[number].read(image)
        except Unreadable as error:
            return None, (error.finding,)
        if found.words is None:
            return None, found.findings
        words, said = _in_unicode([word for word in map(_composed, found.words) if word.text], encoding)
        about = [one for one in found.findings if not (said and one.code == "text-recoded")]
        return PageText(self.reader.NAME, words, found.blocks), (*about, *said)


def with_pdf(read_pdf: ReadPdf) -> Sequence[TextReader]:
    """The readers, that of PDF before plain text, which has no places on the page."""
    return (*TEXT_READERS[:-1], PdfReader(read_pdf), TEXT_READERS[-1])


def choose(
    files: Sequence[Path], opened: Sequence[OpenText] = (), readers: Sequence[TextReader] = TEXT_READERS
) -> TextChoice:
    """Of all texts of a page, those that bear its stem and those that are open and hold it too, the one to read."""
    return choice.choose(files, readers, [(one.reader, one.file) for one in opened])


def open_text(file: Path, readers: Sequence[TextReader] = TEXT_READERS) -> OpenText:
    """Raises Unreadable, also where no reader knows the file."""
    reader = choice.reader_of(file, readers)
    if reader is None:
        raise Unreadable(findings.make_finding("unused"))
    return OpenText(file, reader, reader.pages(file))


def read(
    file: Path,
    image: PageImage,
    stem: str = "",
    encoding: str | None = None,
    readers: Sequence[TextReader] = TEXT_READERS,
) -> tuple[PageText | None, Sequence[Finding]]:
    """The words of one page on its image: of several pages that the file holds the one that it calls by the stem of
    the page's master, else the first. Whatever is wrong with the file is a finding, never an error.
    """
    try:
        opened = open_text(file, readers)
    except Unreadable as error:
        return None, (error.finding,)
    named = choice.place_of(stem, [page.names for page in opened.pages])
    found, about = opened.read(named or 0, image, encoding)
    if len(opened.pages) > 1 and named is None:
        about = (findings.make_finding("text-several-pages", pages=len(opened.pages)), *about)
    return found, about


def _in_unicode(words: list[Word], encoding: str | None) -> tuple[list[Word], Sequence[Finding]]:
    """With the letters that were meant. A page that has Vietnamese letters of Unicode is right, whatever is said."""
    texts = [word.text for word in words]
    named = next((name for name in old_encodings.ENCODINGS if name.lower() == encoding), None)
    if named is None:
        named = old_encodings.recognise(texts) if encoding is None else None
    elif old_encodings.is_unicode(texts):
        named = None
    if named is None:
        return words, ()
    decode = old_encodings.ENCODINGS[named]
    recoded = [replace(word, text=decode(word.text)) for word in words]
    return recoded, [findings.make_finding("text-recoded", encoding=named)] if recoded != words else []


def _composed(word: Word) -> Word:
    """As it is shown: NFC, no control characters, single spaces."""
    text = " ".join(normalize("NFC", word.text).split())
    if not text.isprintable():  # letters of private areas count as such too, and stay
        text = "".join(c for c in text if category(c) not in ("Cc", "Cs"))
    return word if text == word.text else replace(word, text=text)
