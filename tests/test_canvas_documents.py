"""The small documents about a canvas: each address in a manifest answers what the manifest says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from manifests.believed import NotHeld
from manifests.errors import Missing, Withdrawn
from manifests.library import Library
from tests.routes.filled import WORK, filled, ingest

RECORD = """
start = "0002"
[pages]
0001 = { label = "Bìa", note = "Rách góc", coordinates = "16.4637, 107.5909" }
0003 = { label = "2a", missing = true }
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("canvases")
    opened = filled(folder, pages=2)
    (folder / "scans" / WORK / "work.toml").write_text(RECORD, encoding="utf-8")
    ingest(opened, folder / "scans" / WORK)
    yield opened
    opened.close()


def manifest(library: Library) -> Any:
    return json.loads(library.document(3, WORK).body)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_canvas_answers_as_it_stands_in_the_manifest(library: Library, place: int) -> None:
    told = manifest(library)["items"][place]
    alone = json.loads(library.canvases.canvas(WORK, f"000{place + 1}").body)
    (whole,) = alone.pop("partOf")
    alone.pop("@context")
    assert (alone, whole["id"]) == (told, manifest(library)["id"])


def test_the_placeholder_and_the_notes_answer_as_they_stand_in_the_manifest(library: Library) -> None:
    told = manifest(library)
    alone = json.loads(library.canvases.placeholder(WORK).body)
    assert {name: value for name, value in alone.items() if name != "@context"} == told["placeholderCanvas"]
    notes = json.loads(library.canvases.notes(3, WORK, "0001").body)
    assert {name: value for name, value in notes.items() if name != "@context"} == told["items"][0]["annotations"][0]
    assert json.loads(library.canvases.notes(2, WORK, "0001").body)["resources"][0]["resource"]["chars"] == "Rách góc"


def test_where_nothing_is_said_or_painted_there_is_no_such_document(library: Library) -> None:
    with pytest.raises(Missing):
        library.canvases.notes(3, WORK, "0002")
    with pytest.raises(Missing):
        library.canvases.paintings(WORK, "0003")
    with pytest.raises(Missing):
        library.canvases.canvas(WORK, "0004")


def test_what_has_been_made_is_believed(library: Library) -> None:
    with pytest.raises(NotHeld):
        library.canvases.painting(WORK, "0002", may_ask=False)
    made = library.canvases.painting(WORK, "0002")
    assert library.canvases.painting(WORK, "0002", may_ask=False) is made


def test_a_missing_page_that_is_scanned_at_last_keeps_its_address(tmp_path: Path) -> None:
    library = filled(tmp_path, pages=4)
    folder = tmp_path / "scans" / WORK
    (folder / "0002.tif").rename(tmp_path / "0002.tif")
    library.close()
    later = Library.create(tmp_path / "other", library.settings)
    (folder / "work.toml").write_text("[pages]\n0002 = { missing = true }\n", encoding="utf-8")
    ingest(later, folder)
    before = [canvas["id"] for canvas in manifest(later)["items"]]
    assert manifest(later)["items"][1]["items"] == []
    (tmp_path / "0002.tif").rename(folder / "0002.tif")
    ingest(later, folder)
    assert [canvas["id"] for canvas in manifest(later)["items"]] == before
    assert manifest(later)["items"][1]["items"]
    later.withdraw(WORK)
    with pytest.raises(Withdrawn):
        later.canvases.canvas(WORK, "0002")
    later.close()
