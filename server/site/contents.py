"""The contents of a work for readers: its chapters, each a link to the page on which it begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from manifests.model import Page
from manifests.presentation.described import ChapterPart
from server.language.translator import Translator


@dataclass(frozen=True, slots=True)
class Chapter:
    """`page` is what its first page is called; `language` a tag, empty where nobody knows it."""

    label: str
    language: str
    address: str
    page: str
    parts: Sequence["Chapter"] = ()


def contents(
    chapters: Sequence[ChapterPart], pages: Sequence[Page], translator: Translator, address: Callable[[str], str]
) -> list[Chapter]:
    """`address` gives that of a page by its id."""

    def shown(part: ChapterPart) -> Chapter:
        page = pages[_first(part)]
        return Chapter(
            translator.label(part.label),
            translator.language_of(part.label),
            address(page.id),
            translator.label(page.label),
            tuple(map(shown, part.parts)),
        )

    return [shown(part) for part in chapters]


def _first(part: ChapterPart) -> int:
    return min([*part.pages, *map(_first, part.parts)])
