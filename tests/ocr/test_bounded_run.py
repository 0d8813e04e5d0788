"""An outside program that hangs, floods, dies or eats memory costs its own run and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.ocr.bounded_run import NotWanted, RunLimits, TimeIsUp, run
from tests.patience import GUARD, until

LIMITS = RunLimits(GUARD, 512, 1 << 20)


def python(work: str, given: bytes = b"", limits: RunLimits = LIMITS, is_wanted=lambda: True):
    return run([sys.executable, "-IS", "-c", work], given, limits, is_wanted, os.environ)


def test_a_program_is_given_bytes_and_gives_bytes():
    ran = python(
        "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1]); print('oh', file=sys.stderr)", b"abc"
    )
    assert (ran.code, ran.output, ran.reason) == (0, b"cba", "oh")


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        ("raise SystemExit(7)", "exit code 7"),
        ("import sys; sys.exit('first\\nError, cannot read input file\\n\\n')", "Error, cannot read input file"),
        ("import os; os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("import sys; sys.stderr.buffer.write(b'\\xff\\xfe'); sys.exit(1)", "\ufffd\ufffd"),
        ("import sys; sys.exit('x' * 5000)", "x" * 200),
    ],
)
def test_why_it_failed_is_said_in_its_own_last_words(work, reason):
    ran = python(work)
    assert ran.code
    assert ran.reason == reason


def test_a_program_that_eats_memory_is_refused_it():
    assert b"MemoryError" in python("bytearray(1 << 40)").complaint


def test_a_program_that_writes_without_end_meets_its_bound():
    ran = python("import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 16))")
    assert ran.code
    assert len(ran.output) == LIMITS.most_bytes


HANGS = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(9999)', {mark!r}])"


def running(mark: str) -> list[str]:
    """The processes whose command names the mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "cmdline").read_bytes().split(b"\0"):
                found.append(process.name)
        except OSError:
            continue  # it has just ended
    return found


def test_a_program_that_hangs_is_ended_with_what_it_started():
    mark = f"hang-{os.getpid()}"
    with pytest.raises(TimeIsUp):
        python(HANGS.format(mark=mark), limits=RunLimits(2, 512, 1 << 20))
    until(lambda: not running(mark), "its child ends too")


def test_a_program_that_nobody_waits_for_is_ended():
    with pytest.raises(NotWanted):
        python("import time; time.sleep(9999)", is_wanted=lambda: False)


def test_a_program_ends_when_whoever_asked_is_killed(tmp_path):
    mark = f"orphan-{os.getpid()}"
    asks = (
        "import os, sys; from server.ocr.bounded_run import RunLimits, run; "
        f"run([sys.executable, '-c', 'import time; time.sleep(9999)', {mark!r}], b'', RunLimits(9999, 512, 99), "
        "lambda: True, os.environ)"
    )
    parent = subprocess.Popen([sys.executable, "-c", asks])
    until(lambda: running(mark), "the program runs")
    parent.kill()
    parent.wait()
    until(lambda: not running(mark), "it ends with its parent")


def test_without_room_for_the_picture_the_disk_is_named():
    """As on a full disk: a process whose files may be no larger than this."""
    asks = (
        "import os, resource; from manifests.errors import Damaged\n"
        "from server.ocr.bounded_run import RunLimits, run\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    run(['/bin/true'], bytes(5000), RunLimits(9, 9, 9), lambda: True, os.environ)\n"
        "except Damaged as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert "cannot be written" in done.stdout
