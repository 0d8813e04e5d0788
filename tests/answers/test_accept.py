"""What the asker takes: weights, codings, JSON-LD or JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.answers.accept import best_coding, prefers_jsonld, weights

OFFERED = ("br", "gzip")
TOKENS = st.text(st.sampled_from("abcxyz-*/+09"), min_size=1, max_size=8)
WEIGHTS = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
GAPS = st.sampled_from([",", ", ", " ,\t", ",,"])


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("identity;q=0", None),
        ("deflate", None),
        ("gzip;q=nan, br;q=2, *;q=-1", None),
        ("gzip ; q=0.001", "gzip"),
        ("gzip;q=0.0001", None),
        ("gzip;q=", None),
    ],
)
def test_the_coding_is_the_best_that_is_taken(accepted: str | None, coding: str | None) -> None:
    assert best_coding(accepted, OFFERED) == coding


def test_nothing_is_coded_where_nothing_is_offered() -> None:
    assert best_coding("gzip", ()) is None


@pytest.mark.parametrize(
    ("accept", "otherwise", "jsonld"),
    [
        (None, True, True),
        (None, False, False),
        ("", True, False),
        ("application/ld+json", False, True),
        ('application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"', False, True),
        ('application/ld+json;profile="a, application/json;q=0"', False, True),
        ("application/json, application/ld+json;q=0.9", True, False),
        ("application/json;q=0.9, application/ld+json;q=0.9", True, True),
        ("application/json, Application/LD+JSON", True, True),
        ("*/*", True, False),
    ],
)
def test_json_ld_is_sent_where_it_is_named_and_not_liked_less(
    accept: str | None, otherwise: bool, jsonld: bool
) -> None:
    assert prefers_jsonld(accept, otherwise) == jsonld


@given(st.lists(st.tuples(TOKENS, WEIGHTS, GAPS), max_size=8))
def test_every_list_is_read_as_it_was_written(written: list[tuple[str, float, str]]) -> None:
    text = "".join(f'{value};a="x,y;q=0";q={weight:.3f}{gap}' for value, weight, gap in written)
    highest: dict[str, float] = {}
    for value, weight, _ in written:
        highest[value] = max(weight, highest.get(value, 0))
    assert weights(text) == highest


@given(st.text(st.sampled_from('gzip;q=01.9,*"\\ \tbr-x'), max_size=60))
def test_no_header_is_answered_with_a_coding_it_does_not_name(text: str) -> None:
    coding = best_coding(text, OFFERED)
    assert coding is None or coding in text.lower() or "*" in text
    assert all(0 <= weight <= 1 for weight in weights(text).values())
