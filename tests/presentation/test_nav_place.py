"""Places as GeoJSON."""

from typing import Any

import pytest

from manifests.metadata.record import Place
from manifests.presentation.nav_place import nav_place

HERE = "https://example.org/manifest"
TITLE = {"vi": ["Bản đồ"]}


def geometry(place: Place) -> Any:
    found = nav_place([place], TITLE, HERE)
    assert found is not None
    return found["features"][0]["geometry"]


def test_where_nothing_is_said_there_is_no_place() -> None:
    assert nav_place([], TITLE, HERE) is None


def test_a_point_has_its_longitude_first() -> None:
    assert geometry(Place(107.5, 16.4, 107.5, 16.4)) == {"type": "Point", "coordinates": [107.5, 16.4]}


def test_a_rectangle_is_a_ring_against_the_clock() -> None:
    ring = [[102.0, 8.0], [109.0, 8.0], [109.0, 23.0], [102.0, 23.0], [102.0, 8.0]]
    assert geometry(Place(102.0, 8.0, 109.0, 23.0)) == {"type": "Polygon", "coordinates": [ring]}


def test_a_rectangle_over_the_line_where_the_date_changes_is_cut_there() -> None:
    found = geometry(Place(179.0, -1.0, -179.0, 1.0))
    assert found["type"] == "MultiPolygon"
    assert [(half[0][0][0], half[0][1][0]) for half in found["coordinates"]] == [(179.0, 180.0), (-180.0, -179.0)]


@pytest.mark.parametrize(("west", "east"), [(180.0, -170.0), (170.0, -180.0)])
def test_a_rectangle_that_ends_at_that_line_is_whole(west: float, east: float) -> None:
    found = geometry(Place(west, -1.0, east, 1.0))
    assert found["type"] == "Polygon"
    assert found["coordinates"][0][0][0] < found["coordinates"][0][1][0]


def test_a_line_over_it_is_cut_there_too() -> None:
    found = geometry(Place(179.0, 5.0, -179.0, 5.0))
    assert found == {
        "type": "MultiLineString",
        "coordinates": [[[179.0, 5.0], [180.0, 5.0]], [[-180.0, 5.0], [-179.0, 5.0]]],
    }
    assert geometry(Place(180.0, 1.0, -180.0, 5.0))["type"] == "LineString"


@pytest.mark.parametrize("place", [Place(1.0, 2.0, 1.0, 3.0), Place(1.0, 2.0, 4.0, 2.0)])
def test_a_rectangle_without_an_area_is_a_line(place: Place) -> None:
    assert geometry(place)["type"] == "LineString"


def test_each_place_has_an_address_in_the_document_and_its_own_label_or_that_of_the_work() -> None:
    found = nav_place([Place(1, 2, 1, 2, {"vi": ("Huế",)}), Place(3, 4, 3, 4)], TITLE, HERE)
    assert found is not None
    assert found["id"] == f"{HERE}#places"
    assert [one["id"] for one in found["features"]] == [f"{HERE}#place-1", f"{HERE}#place-2"]
    assert [one["properties"]["label"] for one in found["features"]] == [{"vi": ["Huế"]}, TITLE]
