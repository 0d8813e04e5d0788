"""Where on the earth: the navPlace extension of Presentation 3.0, https://iiif.io/api/extension/navplace/.

GeoJSON as RFC 7946 has it: longitude before latitude, rings against the clock, and what crosses the line where the
date changes in two halves (sections 3.1.1, 3.1.6, 3.1.9). Ids are fragments of the address of what is placed.
"""

from collections.abc import Sequence
from typing import Any

from manifests.metadata.record import Place
from manifests.model import LanguageMap

NAV_PLACE_CONTEXT = "http://iiif.io/api/extension/navplace/context.json"


def nav_place(places: Sequence[Place], label: LanguageMap, address: str) -> dict[str, Any] | None:
    """A feature collection; `label` is that of a place which has none of its own."""
    if not places:
        return None
    features = [_feature(place, label, f"{address}#place-{number}") for number, place in enumerate(places, 1)]
    return {"id": f"{address}#places", "type": "FeatureCollection", "features": features}


def _feature(place: Place, label: LanguageMap, identifier: str) -> dict[str, Any]:
    told = {tag: list(strings) for tag, strings in (place.label or label).items()}
    return {"id": identifier, "type": "Feature", "properties": {"label": told}, "geometry": _geometry(place)}


def _geometry(place: Place) -> dict[str, Any]:
    if place.west == place.east and place.south == place.north:
        return {"type": "Point", "coordinates": [place.west, place.south]}
    one, *other = _spans(place)
    if place.south == place.north or one[0] == one[1]:
        lines = [[[west, place.south], [east, place.north]] for west, east in (one, *other)]
        return _one_or_several("LineString", lines)
    return _one_or_several("Polygon", [_rectangle(place, west, east) for west, east in (one, *other)])


def _spans(place: Place) -> list[tuple[float, float]]:
    """From west to east, in two where the date changes between them and not at one of them."""
    if place.west <= place.east:
        return [(place.west, place.east)]
    halves = (place.west, 180.0), (-180.0, place.east)
    return [half for half in halves if half[0] != half[1]] or [(180.0, 180.0)]


def _one_or_several(kind: str, coordinates: list[Any]) -> dict[str, Any]:
    if len(coordinates) == 1:
        return {"type": kind, "coordinates": coordinates[0]}
    return {"type": f"Multi{kind}", "coordinates": coordinates}


def _rectangle(place: Place, west: float, east: float) -> list[list[list[float]]]:
    south, north = place.south, place.north
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
