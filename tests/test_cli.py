"""The command line as others rely on it: what it prints, where, and with which exit code."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import pyvips

from tests.patience import GUARD

ENGLISH = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error"}


def mocban(*words: object, **more) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=ENGLISH, timeout=GUARD, **more)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def draw(file: Path, width: int = 700, height: int = 900) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    image = pyvips.Image.perlin(width, height, cell_size=64, seed=1).linear(100, 128).cast("uchar")
    image.copy(xres=300 / 25.4, yres=300 / 25.4).write_to_file(str(file))
    return file


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> tuple[Path, Path]:
    """A library and the folder it was made from; the tests that use it only ask."""
    place = tmp_path_factory.mktemp("cli")
    folder = place / "scans" / "Sách cổ Hà Nội"
    for number in ("1", "2", "10"):
        draw(folder / f"{number}.tif")
    (folder / "1.txt").write_text("Trăm năm trong cõi người ta")
    done = mocban("ingest", place / "scans", "--library", place / "library", "--json")
    assert done.returncode == 0, done.stderr
    return place / "library", folder


def test_list_says_what_partners_read(book):
    [work] = lines(mocban("list", "--library", book[0], "--json"))
    assert work | {"updated": None} == {
        "id": "Sach-co-Ha-Noi",
        "label": {"none": ["Sách cổ Hà Nội"]},
        "pages": 3,
        "state": "public",
        "updated": None,
        "manifest": "/iiif/presentation/3/Sach-co-Ha-Noi/manifest",
    }
    assert time.strptime(work["updated"], "%Y-%m-%dT%H:%M:%SZ")


def test_show_says_what_each_master_was(book):
    library, folder = book
    [work] = lines(mocban("--json", "--library", library, "show", "Sach-co-Ha-Noi"))
    first = work["pages"][0]
    assert [page["id"] for page in work["pages"]] == ["1", "2", "10"]
    wanted = {"image": "Sach-co-Ha-Noi~1", "width": 700, "height": 900, "format": "tiff", "bits": 8, "text": "plain"}
    assert {name: first[name] for name in wanted} == wanted
    assert first["ppi"] == pytest.approx(300, abs=0.1)
    assert (library / first["pyramid"]).is_file()
    assert len(first["sha256"]) == 64
    assert folder.name in first["file"]


def test_the_common_options_stand_before_or_behind_the_command(book):
    before = mocban("--library", book[0], "--json", "list")
    behind = mocban("list", "--library", book[0], "--json")
    by_environment = subprocess.run(
        [sys.executable, "-m", "server.cli", "list", "--json"],
        env={**ENGLISH, "MOCBAN_LIBRARY": str(book[0])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert before.stdout == behind.stdout == by_environment.stdout


def test_search_gives_a_hit_a_line_and_nothing_for_nothing(book):
    [hit] = lines(mocban("search", "coi nguoi", "--library", book[0], "--json"))
    assert (hit["work"], hit["page"], hit["tier"], hit["match"]) == ("Sach-co-Ha-Noi", "1", "marks", "cõi người")
    nothing = mocban("search", "phong lưu", "--library", book[0], "--json")
    assert (nothing.returncode, nothing.stdout) == (0, "")


def test_get_answers_without_a_port(book, tmp_path):
    info = mocban("get", "/iiif/image/3/Sach-co-Ha-Noi~1/info.json", "--library", book[0])
    assert json.loads(info.stdout)["width"] == 700
    told = mocban("get", "-i", "/iiif/image/3/Sach-co-Ha-Noi~1", "--library", book[0])
    assert told.stdout.startswith("HTTP/1.1 303")
    done = mocban(
        "get", "/iiif/image/3/Sach-co-Ha-Noi~1/full/max/0/default.jpg", "-o", tmp_path / "a.jpg", "--library", book[0]
    )
    assert done.returncode == 0
    assert pyvips.Image.new_from_file(str(tmp_path / "a.jpg")).width == 700
    linked = mocban(
        "get",
        "-i",
        "-H",
        "Accept: application/ld+json",
        "/iiif/image/3/Sach-co-Ha-Noi~1/info.json",
        "--library",
        book[0],
    )
    assert "application/ld+json" in linked.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list", "--library", "nowhere"], 4),
        (["show", "nobody"], 4),
        (["search", "x", "--work", "nobody"], 4),
        (["ingest", "nowhere"], 4),
        (["publish", "nobody"], 4),
        (["frobnicate"], 2),
        (["ingest"], 2),
        (["list", "--frobnicate"], 2),
        (["search", ""], 2),
        (["get", "/iiif/image/3/nobody~1/info.json"], 4),
        (["get", "/iiif/image/3/Sach-co-Ha-Noi~1/full/frob/0/default.jpg"], 2),
        (["get", "/health"], 0),
        (["settings"], 0),
        (["--version"], 0),
        (["--help"], 0),
    ],
)
def test_exit_codes_say_whose_fault_it_is(book, words, code):
    library = [] if "--library" in words else ["--library", str(book[0])]
    done = mocban(*words[:1], *library, *words[1:]) if words[0][0] != "-" else mocban(*words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_refused_files_are_exit_3_and_the_rest_is_taken_in(tmp_path):
    draw(tmp_path / "scans" / "book" / "1.tif")
    (tmp_path / "scans" / "book" / "2.tif").write_bytes(b"II*\0rubbish")
    done = mocban("ingest", tmp_path / "scans", "--library", tmp_path / "library", "--json")
    assert done.returncode == 3
    outcomes = {Path(row["file"]).name: row for row in lines(done)}
    assert outcomes["1.tif"]["outcome"] == "added"
    assert outcomes["2.tif"]["outcome"] == "refused"
    assert outcomes["2.tif"]["message"]


def test_a_setting_that_does_not_exist_is_named_with_its_neighbour(book, tmp_path):
    (tmp_path / "library.toml").write_text("porte = 80")
    done = mocban("settings", "--library", tmp_path)
    assert done.returncode == 2
    assert "port" in done.stderr


def test_sentences_come_in_the_language_of_the_terminal(tmp_path):
    vietnamese = {**ENGLISH, "LC_ALL": "vi_VN.UTF-8"}
    command = [sys.executable, "-m", "server.cli", "list", "--library", str(tmp_path)]
    done = subprocess.run(command, env=vietnamese, capture_output=True, text=True, timeout=GUARD)
    assert "không" in done.stderr


# Ctrl-C as soon as there is a pyramid. It comes from inside, so that it cannot come too late on a busy machine. Whoever
# runs the tests in the background may have told them to ignore it, and we would inherit that. "lost" is a Ctrl-C that
# falls into a moment when Python throws exceptions away, as that of a connection which is no longer referred to.
INTERRUPTED = """
import os, signal, sys, threading, time
from pathlib import Path
from server.cli import main

how, pyramids = sys.argv.pop(1), Path(sys.argv.pop(1))

class Dropped:
    def __del__(self):
        raise KeyboardInterrupt

def lose(*_):
    Dropped()

def interrupt():
    while not list(pyramids.glob("*.tif")):
        time.sleep(0.005)
    os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, {"heard": signal.default_int_handler, "lost": lose}[how])
threading.Thread(target=interrupt, daemon=True).start()
main()
"""


@pytest.mark.parametrize("how", ["heard", "lost"])
def test_ctrl_c_ends_an_ingest_with_130_and_the_next_goes_on(tmp_path, how):
    for number in range(12):
        draw(tmp_path / "scans" / "book" / f"{number}.tif", 3000, 3000)
    words = ["ingest", str(tmp_path / "scans"), "--library", str(tmp_path / "library"), "--jobs", "1"]
    pyramids = tmp_path / "library" / "pyramids" / "book"
    command = [sys.executable, "-c", INTERRUPTED, how, str(pyramids), *words]
    done = subprocess.run(command, env=ENGLISH, capture_output=True, timeout=GUARD)
    assert done.returncode == 130, done.stderr
    assert b"Traceback" not in done.stderr
    assert list(pyramids.glob("*.part")) == []
    finished = {file: file.stat().st_mtime_ns for file in pyramids.glob("*.tif")}
    assert mocban(*words).returncode == 0
    assert len(list(pyramids.glob("*.tif"))) == 12
    assert {file: file.stat().st_mtime_ns for file in finished} == finished


def test_a_reader_that_has_seen_enough_is_left_in_peace(book):
    command = [sys.executable, "-m", "server.cli", "show", "Sach-co-Ha-Noi", "--library", str(book[0]), "--json"]
    running = subprocess.Popen(command, env=ENGLISH, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.close()
    _, told = running.communicate(timeout=GUARD)
    assert told == b""
