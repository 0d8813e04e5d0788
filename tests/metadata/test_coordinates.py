"""Coordinates: every way in which they are written, and what is none."""

import pytest

from manifests.metadata.coordinates import COORDINATES, coded_place, places_in, scheme_name
from manifests.metadata.record import Place

DELTA = Place(105.833333, 20.916667, 106.166667, 21.083333)
HANOI = Place(105.85, 21.033333, 105.85, 21.033333)
HUE = Place(107.5909, 16.4637, 107.5909, 16.4637)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("E 105°50'--E 106°10'/N 21°05'--N 20°55'", DELTA),
        ("(E 105°50ʹ--E 106°10ʹ/N 21°05ʹ--N 20°55ʹ)", DELTA),
        ("Đ 105°50′ – Đ 106°10′ / B 21°05′ – B 20°55′", DELTA),
        ("105°50' Đ - 106°10' Đ / 21°05' B - 20°55' B", DELTA),
        ("E 105°51'00\"/N 21°02'00\"", HANOI),
        ("21°02′00″N 105°51′00″E", HANOI),
        ("21,033333° B, 105,85° Đ", HANOI),
        ("16.4637, 107.5909", HUE),
        ("16.4637;107.5909", HUE),
        ("16.4637 107.5909", HUE),
        ("16,4637; 107,5909", HUE),
        ("16,4637 107,5909", HUE),
        ("16,5; 107,5", Place(107.5, 16.5, 107.5, 16.5)),
        ("102,5; 8,5; 109,5; 23", Place(102.5, 8.5, 109.5, 23.0)),
        ("\N{MINUS SIGN}16.5, \N{MINUS SIGN}68", Place(-68.0, -16.5, -68.0, -16.5)),
        ("102.1, 8.5, 109.5, 23.4", Place(102.1, 8.5, 109.5, 23.4)),
        ("name=Huế; east=107.5909; north=16.4637", Place(107.5909, 16.4637, 107.5909, 16.4637, {"none": ("Huế",)})),
        ("northlimit=23.4; southlimit=8.5; westlimit=102.1; eastlimit=109.5", Place(102.1, 8.5, 109.5, 23.4)),
        ("W 68°10'/S 16°30'", Place(-68.166667, -16.5, -68.166667, -16.5)),
        ("T 68°10'/N 16°30'", Place(-68.166667, -16.5, -68.166667, -16.5)),
        ("E 179°--W 179°/N 1°--S 1°", Place(179, -1, -179, 1)),
    ],
)
def test_a_place_is_known_however_it_is_written(written: str, place: Place) -> None:
    assert places_in(written) == (place,)


@pytest.mark.parametrize(
    "written",
    [
        "", "Hà Nội", "1866", "1:25 000", "200, 300", "16.4637", "16, 107, 3", "16 107 3", "E 105°50'",
        "E 105°/E 106°/E 107°/N 20°", "Hà Nội, 12 B, 5 Đ",
        "E 190°/N 20°", "E 105°75'/N 20°", "B 21°/E 105°", "21,0285, 105,8542",
        "east=105; north=x", "east=500000; north=2300000; units=m", "9" * 5000, "E" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_place_on_the_earth_is_none(written: str) -> None:
    assert places_in(written) == ()


def test_bare_numbers_are_coordinates_only_where_those_are_asked_for() -> None:
    assert places_in("18, 19", bare_numbers=False) == ()
    assert places_in("E 105°51'/N 21°02'", bare_numbers=False) == (HANOI,)


@pytest.mark.parametrize("written", COORDINATES)
def test_what_is_offered_as_an_example_is_understood(written: str) -> None:
    assert places_in(written)


@pytest.mark.parametrize(
    ("coded", "place"),
    [
        (("E1055000", "E1061000", "N0210500", "N0205500"), DELTA),
        (("E1055100", "E1055100", "N0210200", "N0210200"), HANOI),
        (("E10551.00", "", "N02102.00", ""), HANOI),
        (("E105.85", "E105.85", "N021.033333", "N021.033333"), HANOI),
        (("+105.85", "+105.85", "+021.033333", "+021.033333"), HANOI),
        (("W0681000", "W0681000", "S0163000", "S0163000"), Place(-68.166667, -16.5, -68.166667, -16.5)),
    ],
)
def test_the_coded_field_of_marc_is_read_in_each_of_its_forms(coded: tuple[str, ...], place: Place) -> None:
    assert coded_place(*coded) == (place,)


@pytest.mark.parametrize(
    "coded", [("", "", "", ""), ("E1055000", "", "", ""), ("E9990000", "", "N0210000", ""), ("x",) * 4]
)
def test_a_coded_field_that_is_broken_gives_no_place(coded: tuple[str, ...]) -> None:
    assert coded_place(*coded) == ()


def test_a_scheme_names_its_place() -> None:
    assert scheme_name("name=Huế; east=107.5909; north=16.4637") == "Huế"
    assert scheme_name("name=Huế") == scheme_name("Huế") == ""
