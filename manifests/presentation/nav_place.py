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
    if place.west > place.east:
        halves = (place.west, 180.0), (-180.0, place.east)
        return {"type": "MultiPolygon", "coordinates": [_rectangle(place, west, east) for west, east in halves]}
    if place.west == place.east or place.south == place.north:
        return {"type": "LineString", "coordinates": [[place.west, place.south], [place.east, place.north]]}
    return {"type": "Polygon", "coordinates": _rectangle(place, place.west, place.east)}


def _rectangle(place: Place, west: float, east: float) -> list[list[list[float]]]:
    south, north = place.south, place.north
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
