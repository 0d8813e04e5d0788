"""Which parts of a broken word are one, and which are two words."""

import pytest

from manifests.text.hyphens import ONE, TWO, joined


@pytest.mark.parametrize(
    ("before", "behind", "word"),
    [
        ("biblio-", "thèque", "bibliothèque"),
        ("(Biblio¬", "thèque),", "bibliothèque"),
        ("biblio\u00ad", "thèque", "bibliothèque"),
        ("biblio\u2010", "thèque", "bibliothèque"),
        (f"ma-{ONE}", "man", "maman"),
        (f"ma{ONE}", "man", "maman"),
        ("l’admi-", "nistration", "administration"),
        ("arc-en-", "ciel", "enciel"),
    ],
)
def test_the_parts_of_a_broken_word_are_one(before: str, behind: str, word: str) -> None:
    found = joined(before, behind)
    assert found is not None
    assert found.exact == word


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("thư-", "viện"),
        ("Việt-", "nam"),
        ("Saint-", "Louis"),
        (f"peut-{TWO}", "être"),
        ("biblio", "thèque"),
        ("biblio-", "— thèque"),
        ("—", "thèque"),
        ("-", "thèque"),
        ("biblio,-", "thèque"),
        ("", "thèque"),
        ("1914-", "1918"),
        ("南-", "國"),
        ("ไทย-", "ไทย"),
    ],
)
def test_two_words_stay_two(before: str, behind: str) -> None:
    assert joined(before, behind) is None


def test_the_places_are_those_of_the_letters() -> None:
    found = joined("l’admi-", "nistration,")
    assert found is not None
    assert (found.start, found.end) == (2, len("nistration"))
