"""The grammar: what is read, what is refused and how. Image API 3.0 and 2.1, sections 4.1 to 4.8."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.errors import LibraryError, Malformed
from manifests.scaling import Limits
from server.image.grammar import VERSION_RULES, parse
from tests.image.request_strategies import requests

BOUNDED = Limits(area=40_000_000)

UNDERSTOOD = [
    (3, "full/max/0/default.jpg"),
    (3, "square/^max/!0/color.png"),
    (3, "125,15,120,140/90,/90/gray.webp"),
    (3, "pct:41.6,7.5,40,70/,150/180/bitonal.png"),
    (3, "full/pct:12.5/!270/default.jpg"),
    (3, "full/max/22.5/default.avif"),
    (2, "full/full/!0.5/gray.tif"),
    (3, "full/^!360,360/0/default.jpg"),
    (3, "full/^360,360/0/default.jpg"),
    (3, "full/^,360/0/default.jpg"),
    (3, "full/^360,/0/default.jpg"),
    (3, "full/^pct:120/0/default.jpg"),
    (2, "full/full/0/default.jpg"),
    (2, "full/max/0/default.jpg"),
    (2, "0,0,10,10/!225,100/0/default.png"),
]

MALFORMED = [
    (3, ("full ", "max", "0", "default.jpg"), "region"),
    (3, ("FULL", "max", "0", "default.jpg"), "region"),
    (3, ("", "max", "0", "default.jpg"), "region"),
    (3, ("0,0,10", "max", "0", "default.jpg"), "region"),
    (3, ("0,0,10,10,10", "max", "0", "default.jpg"), "region"),
    (3, ("-1,0,10,10", "max", "0", "default.jpg"), "region"),
    (3, ("0.5,0,10,10", "max", "0", "default.jpg"), "region"),
    (3, ("0,0,10,10\n", "max", "0", "default.jpg"), "region"),
    (3, ("٠,٠,١,١", "max", "0", "default.jpg"), "region"),
    (3, ("pct:0,0,1e1,10", "max", "0", "default.jpg"), "region"),
    (3, ("pct:0,0,+1,10", "max", "0", "default.jpg"), "region"),
    (3, ("pct:0,0,5.,10", "max", "0", "default.jpg"), "region"),
    (3, ("pct:0,0,NaN,10", "max", "0", "default.jpg"), "region"),
    (3, ("full", "full", "0", "default.jpg"), "size"),
    (3, ("full", ",", "0", "default.jpg"), "size"),
    (3, ("full", "10", "0", "default.jpg"), "size"),
    (3, ("full", "!10,", "0", "default.jpg"), "size"),
    (3, ("full", "!^10,10", "0", "default.jpg"), "size"),
    (3, ("full", "10.5,", "0", "default.jpg"), "size"),
    (2, ("full", "^10,", "0", "default.jpg"), "size"),
    (3, ("full", "max", "361", "default.jpg"), "rotation"),
    (3, ("full", "max", "-90", "default.jpg"), "rotation"),
    (3, ("full", "max", "90!", "default.jpg"), "rotation"),
    (3, ("full", "max", "", "default.jpg"), "rotation"),
    (3, ("full", "max", "0", "native.jpg"), "quality"),
    (3, ("full", "max", "0", "default"), "format"),
    (3, ("full", "max", "0", "default.jpeg"), "format"),
    (3, ("full", "max", "0", "default.jpg.png"), "format"),
    (3, ("full", "max", "0", ".jpg"), "quality"),
]


@pytest.mark.parametrize(("version", "path"), UNDERSTOOD)
def test_what_the_specification_writes_is_read_and_printed_back(version: int, path: str) -> None:
    assert str(parse(version, *path.split("/"))) == path


@given(requests)
def test_a_request_printed_and_read_again_is_the_same(request: tuple[int, str, str, str, str]) -> None:
    version, *parts = request
    parsed = parse(version, *parts)
    assert parse(version, *str(parsed).split("/")) == parsed


@pytest.mark.parametrize(("version", "parts", "wrong"), MALFORMED)
def test_what_is_not_in_the_grammar_is_malformed_and_named(
    version: int, parts: tuple[str, str, str, str], wrong: str
) -> None:
    with pytest.raises(Malformed) as caught:
        parse(version, *parts)
    assert f"The {wrong}" in str(caught.value)


def test_all_faults_are_reported_at_once_under_their_places() -> None:
    with pytest.raises(Malformed) as caught:
        parse(3, "0,0,10", "^full", "-2.5", "nice.xyz")
    said = str(caught.value).splitlines()
    assert said[1:3] == ["/0,0,10/^full/-2.5/nice.xyz", " ^^^^^^ ^^^^^ ^^^^ ^^^^ ^^^"]
    assert [line.split()[1] for line in said[3:]] == ["region", "size", "rotation", "quality", "format"]


def test_only_the_faulty_part_is_marked() -> None:
    with pytest.raises(Malformed) as caught:
        parse(3, "full", "wide", "0", "default.jpg")
    assert str(caught.value).splitlines()[2] == "      ^^^^"


def test_what_is_shown_of_a_request_is_short_and_printable() -> None:
    with pytest.raises(Malformed) as caught:
        parse(3, "\x1b[2Jế" + "x" * 10_000, "\r\n", "0", "default.jpg")
    assert all(c in string.printable and c not in "\r\x1b" for c in str(caught.value))
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize("version", [3, 2])
@pytest.mark.parametrize(
    ("rotation", "canonical"),
    [("22.50", "22.5"), ("!045", "!45"), (".5", "0.5"), ("0.0", "0"), ("360", "0"), ("!360.0", "!0"), ("90.000", "90")],
)
def test_an_angle_is_written_as_short_as_it_can_be(version: int, rotation: str, canonical: str) -> None:
    """3.0 sections 4.7 and 4.8: "an integer if possible", a leading 0, no trailing ones."""
    resolved = parse(version, "full", "max", rotation, "default.jpg").resolve(1501, 1001, BOUNDED)
    assert resolved.canonical.split("/")[2] == canonical


@pytest.mark.parametrize("version", [3, 2])
def test_a_format_that_nobody_knows_is_refused_with_those_that_are_made(version: int) -> None:
    with pytest.raises(Malformed, match="jpg  png  webp  avif  tif  gif  jp2  pdf"):
        parse(version, "full", "max", "0", "default.jxl")


@pytest.mark.parametrize("place", range(4))
def test_a_number_of_a_hundred_thousand_digits_costs_nothing(place: int) -> None:
    digits = "9" * 100_000
    parts = ["full", "max", "0", "default.jpg"]
    parts[place] = [f"0,0,{digits},10", f"pct:{digits}", digits, f"default.{digits}"][place]
    begin = time.process_time()
    with pytest.raises(Malformed):
        parse(3, *parts)
    assert time.process_time() - begin < 0.1


def test_numbers_may_be_twelve_digits_long_and_no_longer() -> None:
    assert parse(3, "0,0," + "9" * 12 + ",1", "max", "0", "default.jpg")
    with pytest.raises(Malformed):
        parse(3, "0,0," + "9" * 13 + ",1", "max", "0", "default.jpg")


@given(st.sampled_from(sorted(VERSION_RULES)), *[st.text(max_size=30)] * 4)
def test_any_text_is_read_or_refused(version: int, region: str, size: str, rotation: str, last: str) -> None:
    try:
        parse(version, region, size, rotation, last)
    except LibraryError as error:
        _ = str(error)  # it can be said


def test_a_hundred_thousand_hostile_segments_are_only_ever_refused_in_words() -> None:
    """Pieces of the grammar and of attacks, thrown together; the seed makes it the same in every run."""
    dice = random.Random(20260131)
    pieces = [*"0123456789,.!^:%/\\-+eE \t\n\0", "full", "square", "max", "pct:", "default", "color", "bitonal", ".jpg"]
    pieces += [
        "..",
        "%2F",
        "%00",
        "ế",
        "١",
        "\u202e",
        "\U0001f4d6",
        "NaN",
        "inf",
        "{0}",
        "{x}",
        "%s",
        "<script>",
        "9" * 40,
    ]
    good = ("full", "!90,90", "!90", "gray.png")

    def segment(place: int) -> str:
        return good[place] if dice.random() < 0.5 else "".join(dice.choices(pieces, k=dice.randint(0, 9)))

    for _ in range(50_000):
        version, parts = dice.choice((2, 3)), [segment(place) for place in range(4)]
        try:
            _ = parse(version, *parts).resolve(1501, 1001, BOUNDED).canonical
        except LibraryError as error:
            _ = str(error)  # it can be said
