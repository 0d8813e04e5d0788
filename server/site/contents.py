"""The chapters of a work as a reader goes through them: each with its first page, the present one marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.model import LanguageMap, Page
from manifests.presentation.described import ChapterPart


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """`is_here`: the page that is shown is in it, and in none of its parts."""

    label: LanguageMap
    page: Page
    is_here: bool
    parts: Sequence["ContentsRow"]


def contents(chapters: Sequence[ChapterPart], pages: Sequence[Page], here: int = -1) -> list[ContentsRow]:
    """`here` is the place of the page that is shown, where one is."""
    return [
        ContentsRow(
            label=chapter.label,
            page=pages[_first(chapter)],
            is_here=here in chapter.pages,
            parts=contents(chapter.parts, pages, here),
        )
        for chapter in chapters
    ]


def _first(chapter: ChapterPart) -> int:
    return min([*chapter.pages, *map(_first, chapter.parts)])
