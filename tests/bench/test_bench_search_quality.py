"""How much of damaged text is found: a small text, damaged, asked and told."""

from pathlib import Path
from random import Random

from bench.bench_search_quality import Book, Measured, Share, is_found_across, queries_of, searched_across, tables
from bench.damaged import damage

WORDS = ("Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau. " * 40).split()


def test_queries_are_passages_of_the_print_and_say_what_became_of_them() -> None:
    book = Book("kieu", damage(WORDS, Random(1), 0.05))
    asked = list(queries_of(book, Random(2)))
    assert {query.kind for query in asked} >= {"intact", "marks", "letter", "blank"}
    for query in asked:
        if query.kind != "nothing":
            damaged = [kind for kind in book.text.kinds[query.first : query.behind] if kind != "intact"]
            assert set(damaged or ["intact"]) == {query.kind}


def test_an_intact_passage_is_found_across(tmp_path: Path) -> None:
    books = [Book(name, damage(WORDS, Random(seed), 0.05)) for seed, name in enumerate("ab")]
    across = searched_across(books, tmp_path)
    intact = [query for query in queries_of(books[0], Random(2)) if query.kind == "intact"]
    assert all(is_found_across(across, books[0], query) for query in intact)


def test_shares_are_told_with_their_number() -> None:
    measured = {("letter", "with marks"): Measured(Share(3, 4), Share(), Share(1, 2), Share(1, 1), Share(1, 8))}
    lines = tables(7, measured, Share(9, 10))
    assert "| letter, with marks | 0.750 (4) | - | 0.125 (8) | 0.500 (2) | 1.000 (1) |" in lines
    assert "0.900 (10)" in lines[-1]
