"""Content Search inside a work over HTTP, where its words cannot be read."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from manifests.library import Library
from server.app import create
from server.front_door import http_errors
from tests.routes.filled import WORK, filled


@pytest.fixture(params=[Path.unlink, lambda file: file.write_bytes(file.read_bytes()[:40])], ids=["gone", "cut short"])
def library(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    made = filled(tmp_path)
    spoil: Callable[[Path], object] = request.param
    spoil(made.folder / "text" / str(made.work(WORK).text))
    made.close()
    again = Library.open(made.folder, made.settings)  # the first has them in memory
    yield again
    again.close()


@pytest.mark.parametrize(
    "asked", ["search/1/{}?q=sách", "search/2/{}?q=", "autocomplete/1/{}?q=s", "autocomplete/2/{}?q=s"]
)
def test_words_that_are_lost_are_our_failure_said_in_a_sentence(
    library: Library, asked: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = create(library)
    app.testing = True
    with caplog.at_level(logging.ERROR, http_errors.log.name):
        answer = app.test_client().get(f"/iiif/{asked.format(WORK)}")
    assert answer.status_code == 500
    assert "mocban ingest" in answer.text
    assert str(library.folder) not in answer.text
    (line,) = [record for record in caplog.records if record.name == http_errors.log.name]
    assert f"text/{library.work(WORK).text}" in line.getMessage()
