"""What a thread has freed goes back to the system, in a process that asked for it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

FREED = """
import re, sys, threading
from pathlib import Path
from server.derivatives.low_memory import give_memory_back

def rss():
    return int(re.search(r"VmRSS:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])

if "as it is" not in sys.argv:
    give_memory_back()
before = rss()

def work():
    large = [bytearray(4 * 10**6) for _ in range(20)]
    kept.append(bytearray(100_000))

kept = []
del (first := [bytearray(25 * 10**6)])[0]
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(rss() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's malloc alone has these settings")
def test_what_threads_have_freed_is_given_back() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True, cwd=root)
    assert int(re.findall(r"-?\d+", done.stdout)[0]) < 20_000, "kilobytes of 400 thousand"
