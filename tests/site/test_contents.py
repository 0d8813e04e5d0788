"""The chapters that a reader goes through."""

from manifests.presentation.chapters import ChapterPart
from manifests.presentation.leaves import Leaf, leaves_of
from server.site.contents import ContentsRow, contents
from tests.site.made_library import page

LEAVES = leaves_of([page("Kieu", number) for number in range(1, 7)])
CHAPTERS = [
    ChapterPart("1", {"vi": ["Tựa"]}, [0]),
    ChapterPart("2", {"vi": ["Một"]}, [ChapterPart("2.1", {"vi": ["Một a"]}, [2, 3]), 1, 4]),
]


def here(rows: list[ContentsRow], place: int) -> list[str]:
    return [
        found for row in rows for found in ([row.label["vi"][0]] if row.is_here else []) + here(list(row.parts), place)
    ]


def test_the_innermost_chapter_with_the_page_is_the_present_one() -> None:
    assert [here(contents(CHAPTERS, LEAVES, LEAVES[place].id), place) for place in range(6)] == [
        ["Tựa"],
        ["Một"],
        ["Một a"],
        ["Một a"],
        ["Một"],
        [],
    ]


def test_a_chapter_leads_to_its_first_page_which_may_be_that_of_a_part() -> None:
    preface, one = contents(CHAPTERS, LEAVES)
    assert (preface.page.id, one.page.id, one.parts[0].page.id) == ("1", "2", "3")
    (only,) = contents([ChapterPart("1", {}, [ChapterPart("1.1", {}, [5])])], LEAVES)
    assert only.page.id == "6"


def test_a_chapter_whose_first_page_is_missing_leads_to_the_next_that_can_be_seen() -> None:
    gap = Leaf("gap", {}, 1, 1)
    (begins, ends) = contents([ChapterPart("1", {}, [0]), ChapterPart("2", {}, [3])], [gap, LEAVES[0], LEAVES[1], gap])
    assert (begins.page.id, ends.page.id) == ("1", "2")
