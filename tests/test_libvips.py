"""libvips may warn at any time, and Python may collect garbage at any time, without the process ending."""

import subprocess
import sys
from pathlib import Path

from server.libvips import complaints, pyvips
from tests import make

COLLECT_WHILE_LOGGING = """
import gc, logging, sys
from server.libvips import pyvips

class Collect(logging.Handler):
    def emit(self, record):
        gc.collect()

def decoded():
    image = pyvips.Image.new_from_file(sys.argv[1], access="sequential", fail_on="none")
    image.avg()
    return image

gc.disable()
pyvips.cache_set_max(0)
lost = decoded()
lost._references.append(lost)  # only the collector frees it now, and libjpeg's warning is told when it is freed
del lost
logging.getLogger("pyvips").addHandler(Collect())
decoded()
gc.collect()
print("alive")
"""


def jpeg_with_stray_bytes(path: Path) -> Path:
    """Of which libjpeg warns."""
    file = make.jpeg(path, make.photo(301, 203))
    content = file.read_bytes()
    scan = content.index(b"\xff\xda")
    file.write_bytes(content[:scan] + b"scanner" + content[scan:])
    return file


def test_garbage_collected_while_libvips_warns_does_not_end_the_process(tmp_path: Path) -> None:
    file = jpeg_with_stray_bytes(tmp_path / "a.jpg")
    done = subprocess.run([sys.executable, "-c", COLLECT_WHILE_LOGGING, str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "alive\n", "")


def test_complaints_are_read_once_and_a_sound_file_gives_none(tmp_path: Path) -> None:
    complaints()
    make.jpeg(tmp_path / "b.jpg", make.photo(301, 203))
    pyvips.Image.new_from_file(str(tmp_path / "b.jpg"), access="sequential").avg()
    assert complaints() == ""
    file = jpeg_with_stray_bytes(tmp_path / "a.jpg")
    pyvips.Image.new_from_file(str(file), access="sequential", fail_on="none").avg()
    assert "extraneous bytes" in complaints()
    assert complaints() == ""
