"""kill -9 while the index is made anew, and readers beside it: what was found before is found all the time."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from manifests.library import Library
from manifests.settings import Settings, load
from tests.ingest.fakes import ingest, scan
from tests.patience import GUARD

WORKS = 40
DICE = random.Random(8)

REINDEX_AND_DIE = """
import os, signal, sys
from pathlib import Path
from manifests.ingest.report import NoProgress
from manifests.library import Library
from manifests.settings import Settings

class DieAt(NoProgress):
    step = int(sys.argv[2])

    def indexing(self, done, of):
        self.step -= 1
        if self.step < 0:
            os.kill(os.getpid(), signal.SIGKILL)

Library.open(Path(sys.argv[1]), Settings()).reindex(DieAt())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of works with one page each; every one says `sông`, and its own number."""
    made = tmp_path_factory.mktemp("made")
    for number in range(WORKS):
        scan(made / "scans" / f"book {number}", "1.tif")
        scan(made / "scans" / f"book {number}", "1.txt", f"sông số {number}")
    library = Library.create(made / "library", Settings())
    ingest(library, made / "scans")
    library.close()
    return made


@pytest.fixture
def reader(folder: Path) -> Iterator[Library]:
    library = Library.open(folder / "library", load(folder / "library" / "library.toml"))
    yield library
    library.close()


def is_all_there(reader: Library) -> bool:
    numbers = [hit.work for hit in reader.search("số 17")]
    return numbers == ["book-17"] and len(reader.search("sông")) == WORKS


def is_clean(folder: Path) -> bool:
    index = folder / "library" / "index"
    return {path.name for path in index.iterdir()} == {"current", (index / "current").read_text()}


@pytest.mark.parametrize("step", [0, 1])
def test_what_was_read_is_still_read_after_a_kill_before_the_switch(folder: Path, reader: Library, step: int) -> None:
    before = (folder / "library" / "index" / "current").read_text()
    killed = subprocess.run([sys.executable, "-c", REINDEX_AND_DIE, folder / "library", str(step)], timeout=GUARD)
    assert killed.returncode == -signal.SIGKILL
    assert (folder / "library" / "index" / "current").read_text() == before
    assert is_all_there(reader)
    reader.reindex()
    assert is_all_there(reader)
    assert is_clean(folder)


def test_a_kill_at_any_moment_loses_nothing_and_the_next_ingest_repairs_it(folder: Path, reader: Library) -> None:
    kills = 0
    for _ in range(8):
        reindexing = subprocess.Popen([sys.executable, "-m", "server.cli", "reindex", "--library", folder / "library"])
        while not (folder / "library" / "ingest.owner").exists() and reindexing.poll() is None:
            time.sleep(0.001)
        time.sleep(DICE.uniform(0, 0.15))
        kills += reindexing.poll() is None
        reindexing.kill()
        reindexing.wait()
        (folder / "library" / "ingest.owner").unlink(missing_ok=True)
        assert is_all_there(reader)
    assert kills
    ingest(reader, folder / "scans")
    assert is_all_there(reader)
    assert len(list((folder / "library" / "index").iterdir())) <= 3, "one that is read, one that can be gone on with"
    reader.reindex()
    assert is_clean(folder)


def test_readers_find_everything_all_the_time(folder: Path, reader: Library) -> None:
    faults: list[BaseException] = []

    def read() -> None:
        try:
            while reindexing.is_alive():
                assert is_all_there(reader)
                assert reader.across().works("sông").total == WORKS
        except BaseException as fault:  # noqa: BLE001 -- a thread's fault would be lost
            faults.append(fault)

    writer = Library.open(folder / "library", Settings())
    reindexing = Thread(target=lambda: [writer.reindex() for _ in range(6)])
    readers = [Thread(target=read) for _ in range(2)]
    reindexing.start()
    for thread in readers:
        thread.start()
    for thread in (reindexing, *readers):
        thread.join()
    writer.close()
    assert faults == []
