"""Whatever chance makes of a master: no worker dies of it, nothing is left behind, and a refusal has a sentence.

`python -m tests.masters.test_fuzz --mutations 20000 --seed 1` does it by hand, and keeps what brought a reader down.
"""

import argparse
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from manifests.findings import FINDING_TYPES
from manifests.model import PyramidResult, Severity
from server.pyramid.worker_pool import WorkerPool
from tests.masters.mutations import ORIGINALS, mutated

MOST_PIXELS = 4_000_000
SOME = 200
AT_ONCE = 50
NEVER = ("crash", "killed", "too-costly")


def mutations(folder: Path, count: int, seed: int) -> Iterator[Path]:
    """Files one after another, each of one of the originals."""
    chance = random.Random(seed)
    folder.mkdir(exist_ok=True)
    whole = {name: write(folder / name).read_bytes() for name, write in ORIGINALS.items()}
    for number in range(count):
        name = sorted(whole)[number % len(whole)]
        file = folder / f"{number:05d}-{name}"
        file.write_bytes(mutated(whole[name], chance))
        yield file


def codes(result: PyramidResult) -> list[str]:
    """Those of a refusal; every sentence can be said, and there is a pyramid or an error, never both and never none."""
    for finding in result.examined.findings:
        assert FINDING_TYPES[finding.code].sentence.format(**finding.values)
    errors = [finding.code for finding in result.examined.findings if finding.severity is Severity.ERROR]
    assert bool(errors) == (result.pyramid is None) == (result.examined.master is None)
    return errors


def ingested(pool: WorkerPool, files: list[Path], pyramids: Path) -> list[list[str]]:
    asked: list[Future[PyramidResult]] = [pool.build_pyramid(file, pyramids, "work", file.stem) for file in files]
    results = [future.result() for future in asked]
    left = {file.name for file in pyramids.rglob("*") if file.is_file()}
    assert left == {Path(result.pyramid.file).name for result in results if result.pyramid is not None}
    return [codes(result) for result in results]


def run(folder: Path, count: int, seed: int, kept: Path | None = None) -> Counter[str]:
    """How often what came of it; what should never come is kept."""
    found: Counter[str] = Counter()
    with WorkerPool(2, max_pixels=MOST_PIXELS, max_decoded=MOST_PIXELS, seconds=30, memory_megabytes=1500) as pool:
        files: list[Path] = []
        for number, file in enumerate(mutations(folder, count, seed), 1):
            files.append(file)
            if number % AT_ONCE and number < count:
                continue
            pyramids = folder / "pyramids"
            for one, errors in zip(files, ingested(pool, files, pyramids), strict=True):
                found.update(errors or ["taken in"])
                if kept is not None and set(errors) & set(NEVER):
                    shutil.copy(one, kept)
                one.unlink()
            shutil.rmtree(pyramids, ignore_errors=True)
            files = []
    return found


@pytest.mark.parametrize("seed", [1802])
def test_no_mutation_of_a_master_brings_a_reader_down(tmp_path: Path, seed: int) -> None:
    found = run(tmp_path / "fuzz", SOME, seed)
    assert sum(found.values()) == SOME
    assert not [code for code in NEVER if found[code]], found
    assert found["taken in"] > 0
    assert found["unreadable"] > 0


def test_a_mutation_is_the_same_whenever_its_seed_is(tmp_path: Path) -> None:
    first = [file.read_bytes() for file in mutations(tmp_path / "a", 40, 7)]
    assert first == [file.read_bytes() for file in mutations(tmp_path / "b", 40, 7)]
    assert first != [file.read_bytes() for file in mutations(tmp_path / "c", 40, 8)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(".cache/fuzz"))
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="mocban-fuzz-") as folder:
        for code, times in run(Path(folder), asked.mutations, asked.seed, asked.keep).most_common():
            print(f"{times:6} {code}")  # noqa: T201 -- what is asked for


if __name__ == "__main__":
    main()
