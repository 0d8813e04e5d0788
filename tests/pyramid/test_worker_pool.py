"""A master that hangs, eats memory or kills its decoder costs one worker and becomes one finding."""

import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import pyvips
import tifffile

from manifests.errors import LibraryError
from server.pyramid import build
from server.pyramid.worker_pool import WorkerPool
from tests.masters.scans import scan, stored
from tests.patience import GUARD, until

HERE = str(Path(__file__).parent)
MEGABYTES = 2048
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked by its Linux name")


@pytest.fixture(autouse=True)
def worker_faults(monkeypatch):
    monkeypatch.syspath_prepend(HERE)
    return importlib.import_module("worker_faults")


@pytest.fixture
def pyramids(tmp_path):
    folder = tmp_path / "library" / "pyramids"
    folder.mkdir(parents=True)
    return folder


def workers(jobs: int = 1, seconds: float = GUARD) -> WorkerPool:
    return WorkerPool(jobs, max_pixels=10**9, seconds=seconds, memory_megabytes=MEGABYTES)


def doing(opened: WorkerPool, task, refused=lambda finding: finding):
    """Something else done in a worker, as a master that misbehaves would have it do."""
    return opened._do(refused, task)


def test_pages_are_carved_as_without_a_workshop(tmp_path, pyramids):
    masters = [stored(tmp_path, scan(600 + n, 500), f"{n}.tif") for n in range(3)]
    with workers(2) as opened:
        futures = [opened.build_pyramid(master, pyramids, "book", master.stem) for master in masters]
        carved = [future.result() for future in futures]
    again = [build.build_pyramid(m, pyramids, "book", m.stem, max_pixels=10**9) for m in masters]
    assert carved == again


def test_examining_a_master_decodes_it_and_makes_nothing(tmp_path, pyramids):
    whole = stored(tmp_path, scan(600, 500))
    torn = tmp_path / "torn.tif"
    torn.write_bytes(whole.read_bytes()[:300_000])
    with workers() as opened:
        good, bad = opened.examine(whole).result(), opened.examine(torn).result()
    assert (good.master.width, good.findings and good.findings[0].severity) == (600, "note")
    assert (bad.master, bad.findings[0].severity) == (None, "error")
    assert list(pyramids.iterdir()) == []


def test_a_master_that_takes_too_long_is_a_finding_and_the_next_goes_on(tmp_path, pyramids, worker_faults):
    master = stored(tmp_path, scan(9, 9))
    with workers(seconds=2) as opened:
        finding = doing(opened, worker_faults.spin).result()
        # Where the machine is so busy that this takes too long as well, another does not.
        until(lambda: opened.build_pyramid(master, pyramids, "book", "1").result().pyramid, "the next goes on")
    assert (finding.code, finding.values["setting"], finding.values["limit"]) == ("too-costly", "max_master_seconds", 2)


@pytest.mark.parametrize("task", ["eat", "end_as_glib_does"])
def test_a_master_that_takes_too_much_memory_is_a_finding_and_the_next_goes_on(tmp_path, pyramids, worker_faults, task):
    with workers() as opened:
        finding = doing(opened, getattr(worker_faults, task)).result()
        assert opened.build_pyramid(stored(tmp_path, scan(9, 9)), pyramids, "book", "1").result().pyramid is not None
    assert (finding.code, finding.values["setting"]) == ("too-costly", "max_master_memory")


@pytest.mark.parametrize(
    ("task", "code", "values"),
    [
        ("crash", "crash", {"signal": "SIGSEGV"}),
        ("abort", "crash", {"signal": "SIGABRT"}),
        ("kill", "killed", {}),
        ("stumble", "crash", {"signal": "TypeError"}),
    ],
)
def test_a_master_that_ends_its_worker_twice_or_its_reader_is_refused_for_that(worker_faults, task, code, values):
    with workers() as opened:
        finding = doing(opened, getattr(worker_faults, task)).result()
    assert (finding.code, finding.values) == (code, values)


@pytest.mark.parametrize("end", ["crash", "abort", "kill"])
def test_a_master_in_the_hand_of_a_worker_that_ends_is_tried_once_more(tmp_path, worker_faults, end):
    with workers() as opened:
        answer = opened._do(None, worker_faults.only_once, tmp_path / "tried", end)
        assert answer.result() == "done"


def test_the_second_try_runs_alone(tmp_path, worker_faults):
    with workers(2) as opened:
        again = opened._do(None, worker_faults.alone_the_second_time, tmp_path)
        others = [opened._do(None, worker_faults.busy, tmp_path, str(n)) for n in range(6)]
        assert again.result() == "alone"
        assert [other.result() for other in others] == [None] * 6


@ON_LINUX
def test_an_idle_worker_that_is_killed_is_replaced(worker_faults):
    with workers() as opened:
        first = doing(opened, worker_faults.whoever).result()
        os.kill(first, signal.SIGKILL)
        second = doing(opened, worker_faults.whoever).result()
        os.kill(second, signal.SIGTERM)
        until(lambda: not alive(second), "the killed worker ends")
        assert doing(opened, worker_faults.whoever).result() not in (first, second)


def test_a_job_uses_the_cores_that_no_other_waits_for(tmp_path, worker_faults):
    with workers(4) as opened:
        alone = doing(opened, worker_faults.cores).result()
        others = [opened._do(None, worker_faults.spin, tmp_path / f"{n}.begun") for n in range(2)]
        until(lambda: len(list(tmp_path.glob("*.begun"))) == 2, "both have begun")
        third = doing(opened, worker_faults.cores).result()
        for other in others:
            other.cancel()
    assert (alone, third) == (4, 1)


def shades(file: Path, *values: int) -> Path:
    """A page of each."""
    with tifffile.TiffWriter(file) as writer:
        for value in values:
            writer.write(np.full((40, 30, 3), value, np.uint8), photometric="rgb", metadata=None)
    return file


def test_each_page_of_a_file_is_an_order_of_its_own_and_the_file_is_read_whole_once(tmp_path, pyramids):
    master = shades(tmp_path / "a.tif", 10, 130, 250)
    with workers(2) as opened:
        assert opened.count(master).result().pages == 3
        known = opened.hash(master).result()
        pages = [opened.build_pyramid(master, pyramids, "book", f"a-{n}", n, known) for n in (1, 2, 3)]
        made = [page.result() for page in pages]
    assert known.pages == 3
    assert {result.examined.sha256 for result in made} == {known.sha256}
    files = [pyvips.Image.new_from_file(str(pyramids.parent / result.pyramid.file)) for result in made]
    assert [round(file.avg()) for file in files] == [10, 130, 250]


def test_a_file_that_is_no_longer_as_it_was_hashed_is_refused_as_changing(tmp_path, pyramids):
    master = shades(tmp_path / "a.tif", 10, 130)
    with workers() as opened:
        known = opened.hash(master).result()
        shades(master, 10, 130, 250)
        result = opened.build_pyramid(master, pyramids, "book", "a-2", 2, known).result()
    assert [finding.code for finding in result.examined.findings] == ["changing"]
    assert list(pyramids.rglob("*.tif*")) == []


def test_who_counts_the_pages_and_ends_tells_why(tmp_path, worker_faults):
    master = tmp_path / "endless.tif"
    os.mkfifo(master)
    with workers(seconds=1) as opened:
        counted = opened.count(master).result()
    assert (counted.pages, counted.finding.code) == (None, "too-costly")


def test_what_a_task_raises_arrives(worker_faults):
    with workers() as opened, pytest.raises(TimeoutError, match="the share"):
        doing(opened, worker_faults.lose_the_share).result()


def test_a_worker_has_its_limit_and_leaves_ctrl_c_to_the_parent(worker_faults):
    with workers() as opened:
        assert doing(opened, worker_faults.limits).result() == (MEGABYTES, signal.SIG_IGN)


def test_what_a_killed_worker_left_of_its_page_is_swept_and_nothing_else(tmp_path, pyramids):
    master = tmp_path / "endless.tif"
    os.mkfifo(master)  # whoever opens it waits for ever
    (pyramids / "book").mkdir()
    left, others = (pyramids / "book" / f"{page}.0123456789ab.1.tif.part" for page in ("1", "1.2"))
    left.write_bytes(b"half")
    others.write_bytes(b"another page's")
    with workers(seconds=1) as opened:
        carved = opened.build_pyramid(master, pyramids, "book", "1").result()
    assert [finding.code for finding in carved.examined.findings] == ["too-costly"]
    assert [file.name for file in (pyramids / "book").iterdir()] == [others.name]


def test_a_fault_of_the_library_arrives_as_its_sentence(tmp_path, pyramids):
    (pyramids / "book").write_text("in the way")
    with workers() as opened, pytest.raises(LibraryError, match="cannot be written"):
        opened.build_pyramid(stored(tmp_path, scan(9, 9)), pyramids, "book", "1").result()


def test_a_pool_left_by_an_exception_stops_at_once(tmp_path, pyramids, worker_faults):
    (pyramids / "book").mkdir()
    opened = workers(2)
    futures = [opened._do(None, worker_faults.spin, tmp_path / f"{n}.begun") for n in range(5)]
    futures.append(opened.build_pyramid(tmp_path / "never.tif", pyramids, "book", "1"))
    (pyramids / "book" / "1.0123456789ab.1.tif.part").write_bytes(b"half")
    with pytest.raises(KeyboardInterrupt):
        leave_when_both_have_begun(opened, tmp_path)
    assert all(future.cancelled() for future in futures)
    assert list((pyramids / "book").iterdir()) == []


def leave_when_both_have_begun(opened: WorkerPool, folder: Path) -> None:
    with opened:
        until(lambda: len(list(folder.glob("*.begun"))) == 2, "both workers have begun")
        raise KeyboardInterrupt


PARENT = """
import worker_faults
from server.pyramid.worker_pool import WorkerPool

if __name__ == "__main__":
    with WorkerPool(2, max_pixels=1, seconds=600, memory_megabytes=2048) as opened:
        print(*{opened._do(None, worker_faults.whoever).result() for _ in range(20)}, flush=True)
        [opened._do(None, worker_faults.spin) for _ in range(2)][0].result()
"""


@ON_LINUX
def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([os.getcwd(), HERE])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        pids = parent.stdout.readline().split()
        parent.kill()
    assert pids
    until(lambda: not any(alive(pid) for pid in pids), "the workers of a killed parent end")


def alive(pid: str | int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_page_that_is_cancelled_frees_its_worker(tmp_path, pyramids, worker_faults):
    with workers(seconds=10 * GUARD) as opened:
        hanging = opened._do(None, worker_faults.spin, tmp_path / "begun")
        until((tmp_path / "begun").exists, "the page is begun")
        assert hanging.cancel()
        next_one = opened.build_pyramid(stored(tmp_path, scan(9, 9)), pyramids, "book", "1")
        assert next_one.result(GUARD).pyramid is not None
