"""What is said of the search across works: a small library of synthetic pages, made once, asked and told."""

from pathlib import Path

from bench.bench_search import Pace, Sizes, measure, prepare, queries, tables
from bench.search_texts import SIZE, SyntheticWork, text_of, works

PAGES = 12


def test_a_library_is_made_once_and_asked_in_both_ways(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    sizes = prepare(folder, PAGES)
    assert (sizes.pages, sizes.works) == (PAGES, 1)
    assert min(sizes.text_bytes, sizes.index_bytes, sizes.fts_bytes) > 0
    made = (folder / "fts.sqlite").stat().st_mtime_ns
    assert prepare(folder, PAGES) == sizes
    assert (folder / "fts.sqlite").stat().st_mtime_ns == made
    asked = queries(folder, PAGES)
    paces = measure(folder, asked)
    assert [pace.queries for pace in paces] == list(asked)
    assert all(0 < pace.p50 <= pace.p95 and 0 < pace.fts_p50 <= pace.fts_p95 for pace in paces)


def test_one_that_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "search" / "text").mkdir(parents=True)
    (tmp_path / "search" / "catalog.sqlite").write_bytes(b"half")
    assert prepare(tmp_path / "search", PAGES).pages == PAGES


def test_pages_are_divided_among_thick_works_and_thin_ones() -> None:
    made = list(works(3000))
    assert sum(work.pages for work in made) == 3000
    books = [work.pages for work in made if work.name.startswith("book")]
    assert 0.4 < sum(books) / 3000 < 0.7
    assert len({work.name for work in made}) == len(made)
    assert made == list(works(3000))


def test_a_page_is_the_same_in_each_run_and_its_words_lie_on_it() -> None:
    work = SyntheticWork("issue-1", 3)
    assert text_of(work) == text_of(work) != text_of(SyntheticWork("issue-2", 3))
    for _, text in text_of(work):
        assert 250 < len(text.words) < 400
        for word in text.words:
            assert word.box is not None
            assert word.box.x + word.box.w <= SIZE[0]
            assert word.box.y + word.box.h <= SIZE[1]


def test_paces_are_held_against_the_goal() -> None:
    sizes = Sizes(100_000, 5_000, 13_000, 11_000, 2_700, 230.4, 13_000.2)
    lines = tables(sizes, [Pace("pairs", 20, 150, 300, 400.25), Pace("others", 20, 150.1, 1, 2)])
    assert "| pairs | 20.0 | 150.0 | yes | 300.0 | 400.2 |" in lines
    assert "| others | 20.0 | 150.1 | **no** | 1.0 | 2.0 |" in lines
    assert "| pages indexed a second | 230 | 13,000 |" in lines
