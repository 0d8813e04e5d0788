"""The commands about computed pictures."""

import shutil
from pathlib import Path

import pytest

from tests.cli.asked import mocban
from tests.test_cli import draw, lines


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pictures")
    for page in ("1", "2"):
        draw(place / "scans" / f"{page}.png")
    done = mocban("ingest", place / "scans", "--library", place / "library")
    assert done.returncode == 0, done.stderr
    return place / "library"


@pytest.fixture
def library(ingested: Path) -> Path:
    """With nothing kept yet."""
    shutil.rmtree(ingested / "cache", ignore_errors=True)
    return ingested


def ask(library: Path, page: str, size: str) -> bytes:
    picture = library.parent / "picture"
    done = mocban("get", f"/iiif/image/3/scans~{page}/full/{size}/0/default.png", "-o", picture, "--library", library)
    assert done.returncode == 0, done.stderr
    return picture.read_bytes()


def kept(library: Path, *words: str) -> dict[str, int]:
    done = mocban("cache", *words, "--library", library, "--json")
    assert done.returncode == 0, done.stderr
    assert all(row["bytes"] > 0 for row in lines(done))
    return {row["image"]: row["pictures"] for row in lines(done)}


def test_what_was_computed_is_kept_shown_and_cleared_for_one_image_or_all(library: Path) -> None:
    first = [ask(library, "1", size) for size in ("100,", "120,")]
    ask(library, "2", "100,")
    assert [ask(library, "1", size) for size in ("100,", "120,")] == first
    assert kept(library) == {"scans~1": 2, "scans~2": 1}
    assert kept(library, "--clear", "scans~1") == {"scans~1": 2}
    assert kept(library) == {"scans~2": 1}
    assert kept(library, "--clear") == {"scans~2": 1}
    assert kept(library) == {}


def test_people_are_told_how_many_there_are(library: Path) -> None:
    ask(library, "1", "150,")
    done = mocban("cache", "--library", library)
    assert done.stdout.startswith("scans~1  1  ")
    assert "1 computed image is kept" in done.stderr
    assert "1 computed image cleared" in mocban("cache", "--clear", "--library", library).stderr


def explained(library: Path, rest: str) -> dict:
    done = mocban("explain", f"/iiif/image/3/scans~1/{rest}", "--library", library, "--json")
    assert done.returncode == 0, done.stderr
    [row] = lines(done)
    return row


def test_a_stored_tile_is_explained_as_one_that_costs_nothing(library: Path) -> None:
    row = explained(library, "512,0,188,512/188,/0/default.jpg")
    assert (row["answer"], row["level"], row["tile"], row["lane"]) == ("stored", 0, [1, 0], None)
    assert row["cost"] == {"read": 0, "made": 0, "ms": 0, "memory": 0}
    assert row["cheaper"] == []


def test_what_is_computed_is_explained_with_its_level_its_cost_and_what_is_cheaper(library: Path) -> None:
    row = explained(library, "full/300,/0/default.png")
    assert (row["answer"], row["level"], row["tile"], row["lane"], row["kept"]) == ("computed", 0, None, "quick", False)
    assert row["cost"]["made"] == 300 * 386
    assert row["canonical"] == "/iiif/image/3/scans~1/full/300,386/0/default.png"
    assert [other["path"] for other in row["cheaper"]] == ["/iiif/image/3/scans~1/full/350,450/0/default.jpg"]
    assert row["cheaper"][0]["cost"]["ms"] == 0
    ask(library, "1", "300,")
    assert explained(library, "full/300,/0/default.png")["kept"]


def test_people_are_told_how_an_image_is_answered(library: Path) -> None:
    done = mocban("explain", "/iiif/image/3/scans~1/full/310,/0/default.png", "--library", library)
    assert "Computed from level 0" in done.stdout
    assert "/iiif/image/3/scans~1/full/350,450/0/default.jpg" in done.stdout
    assert (
        "tile 0, 0 of level 1"
        in mocban("explain", "/iiif/image/3/scans~1/full/350,/0/default.jpg", "--library", library).stdout
    )


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("/iiif/image/3/scans~1/full/^999999,1/0/default.png", 2, "This one is served"),
        ("/iiif/image/3/scans~1/full/x/0/default.png", 2, "^"),
        ("/iiif/image/3/scans~9/full/max/0/default.png", 4, "scans~9"),
        ("/health", 2, "/iiif/image/3/ID/full/400,/0/default.jpg"),
    ],
)
def test_what_is_refused_is_explained_by_its_refusal(library: Path, path: str, code: int, said: str) -> None:
    done = mocban("explain", path, "--library", library)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
