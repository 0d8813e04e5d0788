"""The contents of a work, as a tree and as the ranges of both versions of the Presentation API."""

from manifests.addresses import Addresses
from manifests.metadata.record import Chapter, PageNote, Record
from manifests.presentation import v2, v3
from manifests.presentation.chapters import chapters
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import leaves_of
from tests.presentation.make import page, pages, work

HERE = Addresses("https://example.org")
LIBRARY = Institution("Thư viện số", languages=("vi",))
CHAPTERS = Record(
    pages=tuple(PageNote(f"000{n}") for n in range(1, 6)),
    chapters=(
        Chapter({"vi": ("Hồi 1",)}, "0001", "0003", (Chapter({"vi": ("Tự",)}, "0002", "0002"),)),
        Chapter({"vi": ("Hồi 2",)}, "0004", "0005"),
        Chapter({"vi": ("Không có",)}, "0008", "0009"),
    ),
)


def test_recipe_0024_chapters_in_chapters() -> None:
    leaves = pages(5)
    first, second = v3.manifest(work(), leaves, HERE, LIBRARY, CHAPTERS)["structures"]
    canvases = [HERE.canvas("Sach-co", leaf.id) for leaf in leaves]
    assert [first["label"], second["label"]] == [{"vi": ["Hồi 1"]}, {"vi": ["Hồi 2"]}]
    assert [item["id"] for item in second["items"]] == canvases[3:]
    begin, inner, end = first["items"]
    assert (begin["id"], end["id"], [item["id"] for item in inner["items"]]) == (
        canvases[0],
        canvases[2],
        [canvases[1]],
    )
    assert first["id"].startswith(f"{HERE.manifest(3, 'Sach-co')}#")


def test_chapters_in_version_2_are_flat_below_one_at_the_top() -> None:
    top, *ranges = v2.manifest(work(), pages(5), HERE, LIBRARY, CHAPTERS)["structures"]
    assert (top["viewingHint"], top["ranges"]) == ("top", [ranges[0]["@id"], ranges[2]["@id"]])
    assert ranges[0]["ranges"] == [ranges[1]["@id"]]
    assert [len(one["canvases"]) for one in ranges] == [2, 1, 2]
    assert len({one["@id"] for one in (top, *ranges)}) == 4


def test_parts_that_begin_on_one_page_are_all_kept_as_articles_are() -> None:
    articles = tuple(Chapter({"vi": (name,)}, first, last) for name, first, last in (
        ("Một", "0001", "0001"), ("Hai", "0001", "0002"), ("Ba", "0003", "0003"),
    ))  # fmt: skip
    record = Record(pages=CHAPTERS.pages, chapters=(Chapter({"vi": ("Số 1",)}, "0001", "0003", articles),))
    (issue,) = chapters(record, leaves_of(pages(3)))
    assert [(part.label["vi"], part.pages) for part in issue.parts] == [
        (("Một",), [0]),
        (("Hai",), [0, 1]),
        (("Ba",), [2]),
    ]
    assert issue.pages == []


def test_a_chapter_without_an_end_goes_up_to_the_next_one_or_as_far_as_the_one_around_it() -> None:
    inner = (Chapter({"vi": ("Hồi 1",)}, "0002"), Chapter({"vi": ("Hồi 2",)}, "0003"))
    by_hand = (Chapter({"vi": ("Quyển một",)}, "0001", "", inner), Chapter({"vi": ("Quyển hai",)}, "0004"))
    first, second = chapters(Record(chapters=by_hand), leaves_of(pages(5)))
    assert (first.pages, [part.pages for part in first.parts], second.pages) == ([0], [[1], [2]], [3, 4])


def test_chapters_without_an_end_that_begin_on_one_page_have_that_page() -> None:
    poems = tuple(Chapter({"vi": (name,)}, page) for name, page in (("Một", "0002"), ("Hai", "0002"), ("Ba", "0003")))
    assert [part.pages for part in chapters(Record(chapters=poems), leaves_of(pages(4)))] == [[1], [1], [2, 3]]


def test_a_chapter_without_an_end_does_not_stop_at_one_whose_page_is_not_here() -> None:
    by_hand = tuple(Chapter({"vi": (page,)}, page) for page in ("0001", "0099", "0003"))
    assert [part.pages for part in chapters(Record(chapters=by_hand), leaves_of(pages(3)))] == [[0, 1], [2]]


def test_a_chapter_whose_first_or_last_page_is_not_here_has_those_that_are() -> None:
    inner = (Chapter({"vi": ("Một",)}, "0001", "0003"), Chapter({"vi": ("Hai",)}, "0006", "0009"))
    outer = Chapter({"vi": ("Cả sách",)}, "0001", "0012", (*inner, Chapter({"vi": ("Ba",)}, "0010", "0012")))
    record = Record(sequence=tuple(f"{n:04}" for n in range(1, 13)), chapters=(outer,))
    leaves = leaves_of([page("0002"), page("0003"), page("0007")], record)
    (whole,) = chapters(record, leaves)
    assert [leaf.id for leaf in leaves] == ["0002", "0003", "0007"]
    assert [(part.label["vi"], part.pages) for part in whole.parts] == [(("Một",), [0, 1]), (("Hai",), [2])]


def test_chapters_whose_pages_have_gone_are_left_out() -> None:
    assert [part.key for part in chapters(CHAPTERS, leaves_of(pages(3)))] == ["1"]
    assert "structures" not in v3.manifest(work(), pages(2), HERE, LIBRARY, CHAPTERS)
