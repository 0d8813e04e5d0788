"""What stands below the viewer, as a browser without scripts reads it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from manifests.metadata.record import Chapter, PageNote, Provider, Record
from tests.metadata.record_samples import FULL
from tests.site.asking import BROWSER, MIRADOR, Reader, client
from tests.site.made_library import FakeLibrary, work

RECORD = replace(FULL, pages=tuple(PageNote(str(number)) for number in range(1, 4)))
CHECKED = datetime(2026, 11, 20, tzinfo=UTC)


def shown(record: Record = RECORD, language: str = "en", pages: int = 3, since: datetime | None = None) -> str:
    made = replace(work("Kieu", pages=pages), text="Kieu.words", label=record.label or {"none": ["Kieu"]})
    library = FakeLibrary([made], records={"Kieu": record}, sound_since=since)
    answer = client(library).get("/works/Kieu", headers={**BROWSER, "Accept-Language": language})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("Về tài liệu này", "Tác giả", "Mục lục", "Hồi 1", "Bản quyền", "Nơi lưu giữ", "Trích dẫn", "Tải về")),
        ("en", ("About this work", "Author", "Contents", "Hồi 1", "Rights", "Held by", "Cite", "Download")),
    ],
)
def test_the_whole_record_is_there_in_the_language_of_the_reader(language: str, words: tuple[str, ...]) -> None:
    page = shown(language=language)
    assert [word for word in words if word not in page] == []


def test_all_that_can_be_done_is_a_link() -> None:
    links = [str(a["href"]) for a in Reader(shown()).all("a")]
    for address in (
        "#about",
        "#download",
        "/works/Kieu/pages/1",
        "/works/Kieu/citation.ris",
        "/works/Kieu/citation.bib",
        "/works/Kieu.pdf",
        "/works/Kieu/text.txt",
        "https://example.org/",
        FULL.rights,
        "http://localhost/works/Kieu?manifest=http%3A//localhost/iiif/presentation/3/Kieu/manifest",
    ):
        assert address in links


def test_without_chapters_there_is_the_list_of_pages_and_a_long_one_is_folded() -> None:
    for pages, is_open in ((3, True), (61, False)):
        page = Reader(shown(replace(FULL, chapters=()), pages=pages))
        [details] = [a for a in page.all("details") if a["class"] == "all-pages"]
        assert ("open" in details) == is_open
        links = {str(a["href"]) for a in page.all("a")}
        assert {f"/works/Kieu/pages/{number}" for number in range(1, pages + 1)} <= links


def test_of_many_chapters_the_inner_ones_are_folded() -> None:
    for parts, is_folded in ((39, False), (40, True)):
        numbers = [str(number) for number in range(1, parts + 1)]
        inner = tuple(Chapter({"none": (f"Mục {number}",)}, number, number) for number in numbers)
        outer = Chapter({"none": ("Tập 1",)}, "1", str(parts), inner)
        page = shown(replace(FULL, pages=tuple(map(PageNote, numbers)), chapters=(outer,)), pages=parts)
        assert (f"{parts} parts" in page) == is_folded
        assert f"Mục {parts}" in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Kiểm tra lần cuối 20 tháng 11, 2026: mọi tệp nguyên vẹn."),
        ("en", "Last checked November 20, 2026: every file is whole."),
    ],
)
def test_the_last_clean_check_is_told_where_there_was_one(language: str, sentence: str) -> None:
    assert sentence in shown(language=language, since=CHECKED)
    assert sentence[:12] not in shown(language=language)


def test_a_logo_is_shown_and_its_host_alone_let_through() -> None:
    record = replace(FULL, provider=Provider({"none": ("Thư viện",)}, logo="https://logo.example/a.png"))
    library = FakeLibrary([work("Kieu")], records={"Kieu": record})
    for viewers in ((MIRADOR,), ()):
        answer = client(library, viewers).get("/works/Kieu", headers=BROWSER)
        assert '<img src="https://logo.example/a.png" alt=""' in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert "https://logo.example" in next(part for part in policy.split("; ") if part.startswith("img-src"))
        assert policy.count("https://logo.example") == 1


@pytest.mark.parametrize("logo", ["https://x; script-src *", "data:image/png;base64,x", "https://u@x.example/l.png"])
def test_a_logo_that_no_policy_can_name_is_not_shown(logo: str) -> None:
    record = replace(FULL, provider=Provider({"none": ("Thư viện",)}, logo=logo))
    library = FakeLibrary([work("Kieu")], records={"Kieu": record})
    answer = client(library).get("/works/Kieu", headers=BROWSER)
    assert logo not in answer.text
    assert "script-src *" not in answer.headers["Content-Security-Policy"]


def test_a_work_without_a_record_can_be_cited_and_taken_home_all_the_same() -> None:
    page = shown(Record())
    assert "Cite" in page
    assert "Kieu</cite> [online] [viewed" in page
    assert 'id="rights-title"' not in page
