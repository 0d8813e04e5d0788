"""Chapters as links to the pages on which they begin."""

from manifests.presentation.described import ChapterPart
from server.language.translator import Translator
from server.site.contents import Chapter, contents
from tests.site.made_library import page

PAGES = [page("Kieu", number) for number in range(1, 7)]


def shown(*parts: ChapterPart) -> list[Chapter]:
    return contents(parts, PAGES, Translator("vi"), lambda name: f"/{name}")


def test_a_chapter_leads_to_its_first_page() -> None:
    first = ChapterPart("1", {"none": ["Hồi một"]}, [0, 1])
    second = ChapterPart("2", {"vi": ["Hồi hai"], "en": ["Chapter two"]}, [2])
    assert shown(first, second) == [Chapter("Hồi một", "vi", "/1", "1"), Chapter("Hồi hai", "vi", "/3", "3")]


def test_chapters_lie_in_chapters_and_the_outer_one_begins_where_the_first_of_them_does() -> None:
    inner = ChapterPart("1.1", {"none": ["a"]}, [4, 5])
    [chapter] = shown(ChapterPart("1", {"none": ["b"]}, [inner]))
    assert (chapter.address, [part.address for part in chapter.parts]) == ("/5", ["/5"])


def test_a_work_without_chapters_has_no_contents() -> None:
    assert shown() == []
