"""The reading room as `make demo` opens it: the command draws with libvips, ingests, and then answers pictures."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from server.demo import letters, sample
from tests.patience import GUARD, until
from tests.routes.serving import free_port

HOW_MANY = 200
SECONDS_TO_ANSWER = 120
"""Long beyond need, on a busy machine too: it ends a hang."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the room. One work is drawn, which is what matters; the two large ones stand there, made small."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    for work in sample.WORKS:
        if work.title != letters.TITLE:
            small = folder / sample.MASTERS / work.title / "1.tif"
            small.parent.mkdir(parents=True)
            Image.fromarray(np.full((700, 600, 3), 200, np.uint8)).save(small)
    words = [sys.executable, "-m", "server.cli", "demo", "--library", str(folder), "--port", str(port)]
    with (folder / "log").open("wb") as log, subprocess.Popen(words, stdout=log, stderr=log) as process:
        try:
            _wait(process, f"http://127.0.0.1:{port}/health", folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            assert process.wait(timeout=GUARD) == 0


def _wait(process: "subprocess.Popen[bytes]", health: str, log: Path) -> None:
    until(lambda: _is_open(process, health, log), "the reading room of the sample library")


def _is_open(process: "subprocess.Popen[bytes]", health: str, log: Path) -> bool:
    assert process.poll() is None, log.read_text()
    try:
        return bool(_fetch(health))
    except OSError:
        return False


def _fetch(address: str, seconds: float = GUARD) -> bytes:
    with urllib.request.urlopen(address, timeout=seconds) as answer:  # noqa: S310 -- our own address
        return bytes(answer.read())


def _document(address: str) -> Any:
    return json.loads(_fetch(address))


def _computed(room: str) -> list[str]:
    """Regions and sizes that no pyramid holds as a tile, of every page in turn."""
    works = _document(f"{room}/iiif/presentation/3/collection/top")["items"]
    canvases = [canvas for work in works for canvas in _document(work["id"])["items"]]
    images = [canvas["items"][0]["items"][0]["body"]["service"][0]["id"] for canvas in canvases]
    return [
        f"{images[n % len(images)]}/{7 * n % 90},{11 * n % 90},{300 + n},{200 + n}/{100 + n},/{90 * (n % 4)}/{last}"
        for n, last in ((n, ("default.jpg", "gray.png", "color.webp", "bitonal.png")[n % 4]) for n in range(HOW_MANY))
    ]


def test_two_hundred_computed_pictures_are_answered(opened: str) -> None:
    limit = time.monotonic() + SECONDS_TO_ANSWER
    with ThreadPoolExecutor(8) as readers:
        pictures = readers.map(lambda one: _fetch(one, max(0.1, limit - time.monotonic())), _computed(opened))
        assert sum(1 for picture in pictures if picture) == HOW_MANY
