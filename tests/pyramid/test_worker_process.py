"""A process that does tasks over a pipe of its own, and what is learnt when it ends."""

import importlib
import tempfile
from pathlib import Path

import pytest

from server.pyramid.worker_process import TimeIsUp, WorkerDied, WorkerLimits, WorkerProcess


@pytest.fixture
def worker_faults(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("worker_faults")


@pytest.fixture
def process(worker_faults):
    made = WorkerProcess(WorkerLimits(1, 2048, 120), worker_faults.nothing)
    yield made
    made.close()


def wanted() -> bool:
    return True


def test_one_process_does_one_task_after_another(process, worker_faults):
    assert process.run(worker_faults.whoever, (), wanted) == process.run(worker_faults.whoever, (), wanted)


def test_how_it_ended_is_told_and_another_is_started(process, worker_faults):
    with pytest.raises(WorkerDied) as death:
        process.run(worker_faults.crash, (), wanted)
    assert (death.value.how, death.value.for_want_of_memory) == ("SIGSEGV", False)
    with pytest.raises(WorkerDied) as death:
        process.run(worker_faults.end_as_glib_does, (), wanted)
    assert (death.value.how, death.value.for_want_of_memory) == ("SIGABRT", True)
    assert process.run(worker_faults.whoever, (), wanted)


def test_its_time_is_limited(worker_faults):
    process = WorkerProcess(WorkerLimits(1, 2048, 0.5), worker_faults.nothing)
    with pytest.raises(TimeIsUp):
        process.run(worker_faults.spin, (), wanted)
    process.close()


def test_what_nobody_waits_for_any_more_ends(process, worker_faults):
    assert process.run(worker_faults.spin, (), lambda: False) is None


def test_what_it_says_is_kept_from_the_terminal(capfd, process, worker_faults):
    with pytest.raises(WorkerDied):
        process.run(worker_faults.end_as_glib_does, (), wanted)
    assert capfd.readouterr().err == ""


def test_nothing_is_left_in_the_temporary_folder(monkeypatch, tmp_path, worker_faults):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    process = WorkerProcess(WorkerLimits(1, 2048, 120), worker_faults.nothing)
    process.run(worker_faults.whoever, (), wanted)
    assert list(tmp_path.iterdir()) == []
    process.close()
