"""`mocban show`: what the last ingest said of each page, of the refused files and of the work, worst first."""

from pathlib import Path

import pytest

from manifests import settings
from manifests.library import Library
from tests.cli.asked import mocban
from tests.ingest.fakes import ingest, scan
from tests.test_cli import lines


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A library, and the folder of its one work."""
    folder = tmp_path / "scans" / "book"
    for name in ("1.tif", "2.tif", "4.tif", "target.tif"):
        scan(folder, name)
    scan(folder, "3.tif", "torn")
    (folder / "notes.doc").write_text("unused")
    take_in(tmp_path / "library", folder)
    return tmp_path / "library", folder


def take_in(library: Path, folder: Path) -> None:
    opened = Library.create(library, settings.load(library / "library.toml"))
    ingest(opened, folder)
    opened.close()


def shown(library: Path) -> dict:
    [work] = lines(mocban("show", "book", "--library", library, "--json"))
    return work


def codes(findings: list[dict]) -> list[str]:
    return [finding["code"] for finding in findings]


def test_findings_stand_with_the_work_worst_first_and_with_each_page(places) -> None:
    work = shown(places[0])
    assert codes(work["findings"]) == ["unreadable", "target", "unused"]
    assert work["findings"][0]["file"] == str(places[1] / "3.tif")
    assert work["findings"][0]["message"].startswith("This file cannot be read as an image")
    assert {page["id"]: codes(page["findings"]) for page in work["pages"]} == {
        "1": [],
        "2": [],
        "4": [],
        "target": ["target"],
    }


def test_a_second_ingest_keeps_them_and_a_mended_file_loses_them(places) -> None:
    library, folder = places
    before = shown(library)
    take_in(library, folder)
    assert shown(library) == before
    scan(folder, "3.tif")
    take_in(library, folder)
    assert codes(shown(library)["findings"]) == ["target", "unused"]


def test_a_target_is_among_the_pages_and_marked(places) -> None:
    assert {page["id"]: page["is_target"] for page in shown(places[0])["pages"]} == {
        "1": False,
        "2": False,
        "4": False,
        "target": True,
    }


def test_on_the_screen_they_are_sentences_and_a_table(places) -> None:
    told = mocban("show", "book", "--library", places[0]).stdout.splitlines()
    assert next(line for line in told if line.startswith("  target")).endswith("not shown: a target")
    *_, first_said, _, _, worst, second, third, checked = told
    assert first_said.startswith(f"  error  {places[1] / '3.tif'}: This file cannot be read")
    assert [line.split()[0] for line in (worst, second, third)] == ["error", "note", "note"]
    assert "1 file cannot be read as an image" in worst
    assert "`mocban verify`" in checked
