"""What is told of a request is what would be done with it."""

from typing import Any

import pytest

from manifests.errors import Malformed, Missing, Misused
from server.responders.explaining import Explanation, explain
from tests.routes.fakes import OneWork, carved

IMAGE = "/iiif/image/3/book~0001"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("explaining")
    return OneWork(folder, carved(folder, "book", "0001", 1501, 1001))


def told(library: Any, rest: str, version: int = 3) -> Explanation:
    return explain(library, f"/iiif/image/{version}/book%7E0001/{rest}")


@pytest.mark.parametrize("rest", ["512,512,512,489/512,489/0/default.jpg", "512,512,512,489/pct%3A100/0/color.jpg?x=y"])
def test_every_spelling_of_a_stored_tile_is_told_as_that_tile(library: Any, rest: str) -> None:
    found = told(library, rest)
    assert (found.level, found.tile, found.lane, found.cost.seconds) == (0, (1, 1), None, 0)
    assert found.canonical == f"{IMAGE}/512,512,512,489/max/0/default.jpg"


def test_a_stored_tile_in_another_format_is_told_as_made_from_it(library: Any) -> None:
    found = told(library, "512,512,512,489/512,/0/default.png")
    assert (found.tile, found.lane, found.is_kept) == ((1, 1), "quick", False)
    assert [path for path, _ in found.cheaper] == [f"{IMAGE}/512,512,512,489/max/0/default.jpg"]


def test_addresses_are_those_of_the_version_that_was_asked(library: Any) -> None:
    assert told(library, "full/300,/0/default.png", version=2).canonical == (
        "/iiif/image/2/book~0001/full/300,/0/default.png"
    )


def test_what_would_be_refused_is_refused(library: Any) -> None:
    with pytest.raises(Malformed):
        told(library, "full/^999999,1/0/default.png")
    with pytest.raises(Missing):
        explain(library, "/iiif/image/3/none~1/full/max/0/default.jpg")
    for path in ("/health", f"{IMAGE}/info.json", "/iiif/image/4/book~0001/full/max/0/default.jpg"):
        with pytest.raises(Misused):
            explain(library, path)
