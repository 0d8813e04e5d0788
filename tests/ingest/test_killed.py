"""kill -9: an ingest killed at twenty moments of its run ends as one that nobody disturbed."""

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import pyvips
import tifffile

from tests.patience import GUARD

PAGES = 24
KILLS = 20
JOBS = 2
DICE = random.Random(7)


@pytest.fixture(scope="module")
def scans(tmp_path_factory) -> Path:
    """Two books of a file a page, and one that is a single file."""
    folder = tmp_path_factory.mktemp("scans")
    for number in range(PAGES):
        book = folder / f"book {number % 3}"
        book.mkdir(exist_ok=True)
        picture = pyvips.Image.gaussnoise(1600, 1500, seed=number, mean=128, sigma=40).cast("uchar")
        coloured = picture.bandjoin([picture.rot180(), picture.invert()]).copy(interpretation="srgb")
        if number % 3:
            coloured.tiffsave(str(book / f"{number}.tif"))
            (book / f"{number}.txt").write_text(f"trang {number}")
        else:
            tifffile.imwrite(book / "all.tif", coloured.numpy(), photometric="rgb", metadata=None, append=True)
            (book / f"all-{number // 3 + 1}.txt").write_text(f"trang {number}")
    return folder


def mocban(*words: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "server.cli", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def done(process: subprocess.Popen) -> bytes:
    out, told = process.communicate(timeout=GUARD)
    assert process.returncode == 0, told
    return out


def listed(library: Path) -> list[dict]:
    works = [json.loads(line) for line in done(mocban("list", "--library", library, "--json")).splitlines()]
    return [work | {"updated": None} for work in works]


def digests(library: Path) -> dict[str, str]:
    files = [file for file in (library / "pyramids").rglob("*") if file.is_file()]
    return {str(f.relative_to(library)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def finished(library: Path) -> dict[Path, int]:
    """An ingest that begins takes stray files and empty folders away while we look: `os.walk` passes over those."""
    found = {}
    for folder, _, names in os.walk(library / "pyramids"):
        for file in (Path(folder, name) for name in names if name.endswith(".tif")):
            with suppress(FileNotFoundError):
                found[file] = file.stat().st_ino
    return found


def test_an_ingest_killed_at_twenty_moments_ends_as_an_undisturbed_one(scans, tmp_path):
    library, undisturbed = tmp_path / "killed", tmp_path / "undisturbed"
    done(mocban("ingest", scans, "--library", undisturbed, "--jobs", JOBS))
    made_twice = kills = 0
    before: dict[Path, int] = {}
    for kill in range(KILLS):
        ingest = mocban("ingest", scans, "--library", library, "--jobs", JOBS)
        while len(finished(library)) <= min(kill, PAGES - 2) and ingest.poll() is None:
            time.sleep(0.005)
        time.sleep(DICE.uniform(0, 0.08))
        kills += ingest.poll() is None
        ingest.kill()
        ingest.communicate()
        after = finished(library)
        made_twice += sum(1 for file, node in before.items() if after.get(file) != node)
        before = after
    time.sleep(0.2)
    assert finished(library) == before, "a worker outlived its ingest"
    done(mocban("ingest", scans, "--library", library, "--jobs", JOBS))
    after = finished(library)
    made_twice += sum(1 for file, node in before.items() if after.get(file) != node)
    assert kills
    assert made_twice <= kills * JOBS
    assert listed(library) == listed(undisturbed)
    assert digests(library) == digests(undisturbed)
    assert done(mocban("search", "trang 7", "--library", library, "--json"))
    owner = [name for name in os.listdir(library) if name.endswith((".part", ".owner"))]
    assert owner == []
