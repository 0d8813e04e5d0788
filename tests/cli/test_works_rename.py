"""`mocban rename`: its exit codes and sentences, and what `show` tells of it."""

from pathlib import Path

import pytest

from manifests.ingest import lock
from manifests.library import Library
from manifests.settings import Settings
from tests.cli.asked import mocban
from tests.ingest.fakes import ingest, scan
from tests.test_cli import lines


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name in ("book", "other"):
        scan(tmp_path / "scans" / name, "1.tif")
    opened = Library.create(tmp_path / "library", Settings())
    ingest(opened, tmp_path / "scans")
    opened.close()
    return tmp_path / "library"


def test_it_says_nothing_where_all_is_well_and_show_tells_of_it(library) -> None:
    done = mocban("rename", "book", "sach", "--library", library)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    [work] = lines(mocban("show", "sach", "--json", "--library", library))
    assert (work["id"], work["former_ids"], work["pages"][0]["image"]) == ("sach", ["book"], "sach~1")
    assert "Renamed; was called book." in mocban("show", "sach", "--library", library).stdout
    assert [work["id"] for work in lines(mocban("list", "--json", "--library", library))] == ["other", "sach"]


def test_it_needs_no_lock(library) -> None:
    with lock.held(library, "ingest"):
        assert mocban("rename", "book", "sach", "--library", library).returncode == 0
    [work] = lines(mocban("search", "sach", "--json", "--library", library)) or [{}]
    assert work == {}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing", "new"), 4, "no work nothing"),
        (("book", "Sách"), 2, "cannot be the id of a work"),
        (("book", "top"), 2, "cannot be the id of a work"),
        (("book", "other"), 2, "other is the id of another work"),
        (("book", "OTHER"), 2, "is the id of another work"),
        (("book",), 2, "NEW"),
    ],
)
def test_what_cannot_be_done_says_whose_fault_it_is(library, words, code, said) -> None:
    done = mocban("rename", *words, "--library", library)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_every_command_tells_the_present_id(library) -> None:
    mocban("rename", "book", "sach", "--library", library)
    for command in ("show", "publish", "withdraw", "remove"):
        done = mocban(command, "book", "--library", library)
        assert (done.returncode, done.stderr.strip()) == (4, "book has another id now: sach.")
    done = mocban("rename", "other", "book", "--library", library)
    assert (done.returncode, done.stderr.strip()) == (2, "book was the id of sach, and still leads there.")
