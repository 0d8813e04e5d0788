"""The text of pages: a reader for each format, what makes two spellings one word, the words of a work as one file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unicodedata import category, normalize

from manifests import findings
from manifests.model import Finding, PageText, Word
from manifests.text import alto, choice, plain
from manifests.text.choice import TextChoice, stems_of
from manifests.text.reader import PageImage, TextReader, Unreadable

__all__ = ["RECIPE", "TEXT_READERS", "PageImage", "TextChoice", "choose", "read", "stems_of"]

TEXT_READERS: tuple[TextReader, ...] = (alto, plain)
"""In order of preference where a page has several texts: ALTO, later PAGE, hOCR and PDF, plain last."""

RECIPE = 4
"""Raised whenever the same file gives other words, or words are set otherwise; pages are then read again."""


def choose(files: Sequence[Path]) -> TextChoice:
    """Of all texts that bear a page's stem, the one to read."""
    return choice.choose(files, TEXT_READERS)


def read(file: Path, image: PageImage) -> tuple[PageText | None, Sequence[Finding]]:
    """The words of a page on its image. Whatever is wrong with the file is a finding, never an error."""
    try:
        reader = choice.reader_of(file, TEXT_READERS)
        if reader is None:
            return None, (findings.make_finding("unused"),)
        found = reader.read(file, image)
    except Unreadable as error:
        return None, (error.finding,)
    if found.words is None:
        return None, found.findings
    return PageText(reader.NAME, [word for word in map(_composed, found.words) if word.text]), found.findings


def _composed(word: Word) -> Word:
    """As it is shown: NFC, no control characters, single spaces."""
    text = " ".join(normalize("NFC", word.text).split())
    if not text.isprintable():  # letters of private areas count as such too, and stay
        text = "".join(c for c in text if category(c) not in ("Cc", "Cs"))
    return word if text == word.text else replace(word, text=text)
