"""Other spellings of a query that stand in the library."""

from collections.abc import Sequence

import pytest

from manifests.search.query_terms import query_terms
from manifests.search.variants import MAX_LETTERS, MAX_SYLLABLES, Run, misreadings, variants

TEXTS = ["thu vien quoc gia", "thu vien", "mot cai quan", "mot cai quân", "rat lon", "modern art", "hoang cung"]


def count(runs: Sequence[Run]) -> list[int]:
    return [sum(f" {' '.join(run)} " in f" {text} " for text in TEXTS) for run in runs]


def others(query: str, most: int = 9) -> list[str]:
    return [" ".join(run) for run, _ in variants(count, query_terms(query), most)]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("thu vien", "thu vien"),
        ("thu viem", "thu vien"),
        ("thu vin", "thu vien"),
        ("thu viien", "thu vien"),
        ("thu vein", "thu vien"),
        ("htu vien", "thu vien"),
        ("thuvien", "thu vien"),
        ("thu vien quoc gja", "thu vien quoc gia"),
        ("modem", "modern"),
        ("hoang curig", "hoang cung"),
    ],
)
def test_a_letter_changed_lost_added_or_exchanged_and_a_missing_blank(query: str, meant: str) -> None:
    assert (others(query) == []) if query == meant else (meant in others(query))


def test_what_stands_in_more_works_comes_first_and_no_more_than_asked_for() -> None:
    found = variants(lambda runs: [len(run[0]) if run[0] in ("ban", "bang", "can") else 0 for run in runs],
                     query_terms("bn"), 1)  # fmt: skip
    assert found == [(("ban",), 3)]
    assert others("thu vie", 0) == []


def test_two_wrong_syllables_are_not_guessed() -> None:
    assert others("thx viem") == []


@pytest.mark.parametrize("query", ["", "南國", "th*", "1926", "x" * (MAX_LETTERS + 1), "thu " * (MAX_SYLLABLES + 1)])
def test_what_has_no_like_costs_nothing(query: str) -> None:
    def asked(runs: Sequence[Run]) -> list[int]:
        assert not runs
        return []

    assert variants(asked, query_terms(query), 9) == []


def test_the_likeliest_misreading_is_rare_no_word_and_looks_alike() -> None:
    stands = {("sach", "vicn"): 1, ("sach", "vien"): 9, ("sach", "vicm"): 9, ("sach", "bien"): 1, ("sach", "viem"): 1}

    def told(runs: Sequence[Run]) -> list[int]:
        return [stands.get(run, 0) for run in runs]

    found = misreadings(told, query_terms("sách viện"))
    assert found == [("sach", "vicn"), ("sach", "bien"), ("sach", "viem")]


def test_syllables_written_together_and_one_taken_apart_are_misreadings() -> None:
    stands = {("thuvien", "quoc"): 1, ("thu", "vi", "en", "quoc"): 1, ("thu", "vi"): 1, ("vi", "en", "quoc"): 1}
    stands[("thu", "vi", "en")] = 1

    def told(runs: Sequence[Run]) -> list[int]:
        return [stands.get(run, 0) for run in runs]

    assert set(misreadings(told, query_terms("thư viện quốc"))) == {("thuvien", "quoc"), ("thu", "vi", "en", "quoc")}
