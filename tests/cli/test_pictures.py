"""The commands about computed pictures."""

from pathlib import Path

import pytest

from tests.test_cli import draw, lines, mocban


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pictures")
    for page in ("1", "2"):
        draw(place / "scans" / f"{page}.png")
    done = mocban("ingest", place / "scans", "--library", place / "library")
    assert done.returncode == 0, done.stderr
    return place / "library"


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
