"""The command line where something is odd: the folder, the terminal, the disk, the words typed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import category

import pytest

from manifests.ingest import lock
from manifests.library import Library
from manifests.settings import Settings
from tests.ingest.fakes import ingest, scan
from tests.patience import GUARD
from tests.test_cli import ENGLISH, draw, lines, mocban


def mocban_in(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "server.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, env={**ENGLISH, **environment}, timeout=GUARD)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("edges")
    for work in ("Sách", "Thơ"):
        draw(place / work / "1.tif", 60, 90)
        (place / work / "1.txt").write_text("thư viện 𡨸")
    for name, work in (("one", "Sách"), ("two", "Thơ")):
        assert mocban("ingest", place / work, "--library", place / name).returncode == 0
    return place / "one", place / "two"


def test_a_search_that_meets_lost_words_gives_the_rest_names_the_work_and_exits_1(tmp_path):
    library = Library.create(tmp_path / "library", Settings())
    for work in ("first", "second"):
        scan(tmp_path / "scans" / work, "1.tif"), scan(tmp_path / "scans" / work, "1.txt", "thư viện")
    ingest(library, tmp_path / "scans")
    (library.folder / "text" / library.work("first").text).unlink()
    library.close()
    told = mocban("search", "thư viện", "--library", tmp_path / "library", "--json")
    assert (told.returncode, [hit["work"] for hit in lines(told)]) == (1, ["second"])
    assert "The words of first are lost" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_an_ingest_beside_another_is_exit_75_and_names_who_holds_the_library(shelf, tmp_path):
    draw(tmp_path / "late" / "1.tif", 60, 90)
    with lock.held(shelf[0], "ingest"):
        told = mocban("ingest", tmp_path / "late", "--library", shelf[0], "--json")
        assert (told.returncode, told.stdout) == (75, "")
        assert f"process {os.getpid()}" in told.stderr
        assert mocban("search", "thư viện", "--library", shelf[0]).returncode == 0
    assert [work["id"] for work in lines(mocban("list", "--library", shelf[0], "--json"))] == ["Sach"]


def test_a_flag_before_the_command_counts_more_than_the_variable(shelf):
    told = mocban_in({"MOCBAN_LIBRARY": str(shelf[0])}, "--library", shelf[1], "--json", "list")
    assert [json.loads(line)["id"] for line in told.stdout.splitlines()] == ["Tho"]


@pytest.mark.parametrize("kind", ["absent", "empty", "file"])
@pytest.mark.parametrize("command", [["list"], ["get", "/"], ["settings"], ["doctor"], ["serve"]])
def test_a_folder_that_is_no_library_is_exit_4(tmp_path, kind, command):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    done = mocban("--library", tmp_path / kind, *command)
    assert done.returncode == 4
    assert "is no library" in done.stderr


def test_the_doctor_needs_no_library_where_none_is_named(tmp_path):
    assert mocban_in({"PYTHONPATH": os.getcwd()}, "doctor").returncode == 0


@pytest.mark.parametrize("name", ["a?b", "a#b", "a%20b", "line\nfeed", "đường"])
def test_a_librarys_folder_may_have_any_name(shelf, tmp_path, name):
    library = tmp_path / name
    assert mocban("--library", library, "ingest", shelf[0].parent / "Sách").returncode == 0
    assert (library / "catalog.sqlite").is_file()
    assert [work["id"] for work in lines(mocban("--library", library, "list", "--json"))] == ["Sach"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_terminal_without_the_letters_gets_their_numbers(shelf, encoding):
    plain = mocban_in({"PYTHONIOENCODING": encoding}, "--library", shelf[0], "search", "thu vien")
    assert (plain.returncode, b"th\\u01b0 vi\\u1ec7n" in plain.stdout) == (0, True)
    told = mocban_in({"PYTHONIOENCODING": encoding}, "--library", shelf[0], "search", "thu vien", "--json")
    assert json.loads(told.stdout)["match"] == "thư viện"


def test_ids_do_not_depend_on_what_the_terminal_speaks(shelf, tmp_path):
    bare = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = mocban_in(bare, "--library", tmp_path / "library", "ingest", shelf[0].parent / "Sách", "--json")
    assert (done.returncode, json.loads(done.stdout)["work"]) == (0, "Sach")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk to write to")
@pytest.mark.parametrize("command", [["list"], ["get", "/"]])
def test_a_full_disk_behind_the_output_is_a_sentence_and_exit_1(shelf, command):
    words = [sys.executable, "-m", "server.cli", "--library", str(shelf[0]), *command]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, env=ENGLISH)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_get_says_where_it_cannot_write(shelf, tmp_path):
    done = mocban("--library", shelf[0], "get", "/health", "-o", tmp_path / "nowhere" / "file")
    assert (done.returncode, "nowhere" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize("header", ["no colon", ": no name", "two words: x", "X: a\r\nY: b"])
def test_get_refuses_what_is_no_header(shelf, header):
    done = mocban("--library", shelf[0], "get", "/health", "-H", header)
    assert (done.returncode, "Name: value" in done.stderr) == (2, True)


def test_get_takes_an_address_in_any_bytes(shelf):
    command = [sys.executable, "-m", "server.cli", "--library", str(shelf[0]), "get", b"/works/\xff"]
    done = subprocess.run(command, capture_output=True, env=ENGLISH, timeout=GUARD)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


def test_a_settings_file_may_begin_with_a_byte_order_mark(shelf):
    file = shelf[1] / "library.toml"
    file.write_bytes(b"\xef\xbb\xbftitle = 'Kho'\r\n" + file.read_bytes())
    told = {row["name"]: row["value"] for row in lines(mocban("--library", shelf[1], "settings", "--json"))}
    assert told["title"] == "Kho"


def test_no_name_speaks_to_the_terminal(tmp_path):
    book = tmp_path / "B\x1b[31mook\nX"
    draw(book / "0001\x9b.tif", 60, 90)
    (book / "bad\x1b[2J.png").write_text("no image"), (book / "exe.\u202egpj.doc").touch()
    library = ["--library", tmp_path / "library"]
    commands = (["ingest", tmp_path], ["list"], ["show", "B-31mook-X"], ["show", "no\x1bne"], ["ing\x1best"])
    for words in commands:
        done = mocban(*library, *words)
        told = done.stdout + done.stderr
        assert "Traceback" not in told
        assert not [c for c in told if (category(c) == "Cc" and c != "\n") or c == "\u202e"], (words, told)
    assert rf"{tmp_path}/B\x1b[31mook\nX/bad\x1b[2J.png" in mocban(*library, "ingest", tmp_path).stdout


def test_json_is_exact_and_safe_to_print(tmp_path):
    name = "0001\x1b\x7f\x9b\u202e\n.tif"
    draw(tmp_path / "Book" / name, 60, 90)
    done = mocban("--library", tmp_path / "library", "--json", "ingest", tmp_path / "Book")
    assert json.loads(done.stdout)["file"] == str(tmp_path / "Book" / name)
    assert done.stdout.rstrip("\n").isprintable()
