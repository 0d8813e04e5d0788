"""The chapters of a work as a reader goes through them: each with its first page, the present one marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.metadata.record import Record
from manifests.model import LanguageMap, Page
from manifests.presentation.chapters import ChapterPart, chapters
from manifests.presentation.leaves import Leaf, leaves_of


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """`is_here`: the page that is shown is in it, and in none of its parts."""

    label: LanguageMap
    page: Page
    is_here: bool
    parts: Sequence["ContentsRow"]


def contents_of(record: Record, pages: Sequence[Page], here: str = "") -> list[ContentsRow]:
    """`here` is the id of the page that is shown, where one is."""
    leaves = leaves_of(pages, record)
    return contents(chapters(record, leaves), leaves, here)


def contents(parts: Sequence[ChapterPart], leaves: Sequence[Leaf], here: str = "") -> list[ContentsRow]:
    return [
        ContentsRow(
            label=part.label,
            page=_page_from(_first(part), leaves),
            is_here=any(leaves[place].id == here for place in part.pages),
            parts=contents(part.parts, leaves, here),
        )
        for part in parts
    ]


def _page_from(place: int, leaves: Sequence[Leaf]) -> Page:
    """The first that can be seen: the chapter's own, or where its picture is missing the next, or the last before."""
    shown = [leaf.page for leaf in (*leaves[place:], *reversed(leaves[:place])) if leaf.page is not None]
    return shown[0]


def _first(chapter: ChapterPart) -> int:
    return min([*chapter.pages, *map(_first, chapter.parts)])
