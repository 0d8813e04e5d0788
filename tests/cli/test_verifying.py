"""`mocban verify` and what `show` says of it: rows, sentences, exit codes."""

import shutil
from pathlib import Path

import pytest

from tests.cli.asked import mocban
from tests.fixity.files import rot
from tests.test_cli import draw, lines


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("verified")
    for page in "12":
        draw(place / "scans" / "book" / f"{page}.tif", height=900 + int(page))
    assert mocban("ingest", place / "scans", "--library", place / "library").returncode == 0
    return place


@pytest.fixture
def place(ingested: Path, tmp_path: Path) -> Path:
    """A copy of the library; the masters stay where they are, and nothing may befall them."""
    shutil.copytree(ingested / "library", tmp_path / "library")
    return tmp_path / "library"


def test_a_library_that_is_well_ends_with_0_and_a_row_for_each_file(place: Path) -> None:
    done = mocban("verify", "--library", place, "--json")
    rows = lines(done)
    assert done.returncode == 0
    assert [(row["kind"], row["outcome"], row["pages"]) for row in rows] == [
        ("master", "sound", ["1"]),
        ("master", "sound", ["2"]),
        ("pyramid", "sound", ["1"]),
        ("pyramid", "sound", ["2"]),
    ]
    assert {row["work"] for row in rows} == {"book"}
    assert "4 sound, 0 damaged" in done.stderr


def test_rot_ends_with_3_is_named_and_stands_in_show_until_it_is_mended(place: Path, ingested: Path) -> None:
    [hurt] = (place / "pyramids" / "book").glob("1.*.tif")
    assert "have not been read again" in mocban("show", "book", "--library", place).stdout
    rot(hurt)
    done = mocban("verify", "--library", place)
    assert done.returncode == 3
    assert f"DAMAGED  {hurt}" in done.stdout
    assert "1 pyramid has changed on the disk" in done.stderr
    told = mocban("show", "book", "--library", place).stdout
    assert f"{hurt.relative_to(place)}: DAMAGED" in told
    assert "3 of 4 files" in told
    [shown] = lines(mocban("show", "book", "--library", place, "--json"))
    assert shown["verified"] is None
    assert [page["fixity"]["pyramid"]["outcome"] for page in shown["pages"]] == ["damaged", "sound"]
    assert mocban("ingest", ingested / "scans", "--library", place).returncode == 0
    assert mocban("verify", "book", "--library", place).returncode == 0
    [shown] = lines(mocban("show", "book", "--library", place, "--json"))
    assert shown["verified"] == shown["pages"][0]["fixity"]["master"]["checked"]
    assert "All 4 files were found" in mocban("show", "book", "--library", place).stdout


def test_only_a_loss_ends_with_3(place: Path) -> None:
    (place / "pyramids" / "stray.tif").touch()
    done = mocban("verify", "--library", place)
    assert done.returncode == 0
    assert "pyramids/stray.tif" in done.stdout


def test_a_work_that_is_not_there_ends_with_4(place: Path) -> None:
    assert mocban("verify", "nothing", "--library", place).returncode == 4


@pytest.mark.parametrize("rate", ["0", "-1", "x"])
def test_a_rate_is_a_number_above_nothing(place: Path, rate: str) -> None:
    assert mocban("verify", "--rate", rate, "--library", place).returncode == 2
    assert mocban("verify", "--rate", "500", "--library", place).returncode == 0
