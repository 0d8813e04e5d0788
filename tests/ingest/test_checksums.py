"""Checksum lists, as people and programs write them, against a page whose master is as it is."""

import hashlib
from pathlib import Path

import pytest

from manifests.catalog import PageRecord
from manifests.ingest.checksums import Checksums
from manifests.ingest.report import Outcome
from manifests.ingest.walk import works_at
from manifests.library import Library
from manifests.model import Master, Page, PageState, Pyramid
from tests.ingest.fakes import ingest, scan
from tests.ingest.trees import plant

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
WRONG = {name: "0" * len(hashlib.new(name).hexdigest()) for name in ALGORITHMS}


def compared(folder: Path, file: str, doubted: bool = True) -> str | None:
    """The list that disagrees, of all in the walk from the folder."""
    work = next(work for work in works_at(folder) if folder / file in work.pages)
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    pyramid = Pyramid("x.tif", 1, 1, "", 1, 1, False, b"")
    page = Page("1", "w~1", {"none": ["1"]}, file, digest, Master("tiff", 1, 1, 8, 3, "rgb"), pyramid)
    finding = Checksums.of(work).compare(folder / file, PageRecord(page, PageState.PRESENT, 1, 1), doubted)
    return finding.values["list"] if finding is not None else None


def listed(folder: Path, name: str, line: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(line + "\n")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_manifest_of_a_bag_is_compared_whatever_its_algorithm(tmp_path: Path, algorithm: str) -> None:
    plant(tmp_path, "bag/bagit.txt", "bag/data/1.tif")
    manifest = f"bag/manifest-{algorithm}.txt"
    digest = hashlib.new(algorithm, b"bag/data/1.tif").hexdigest()
    listed(tmp_path, manifest, f"{digest}  data/1.tif")
    assert compared(tmp_path, "bag/data/1.tif") is None
    listed(tmp_path, manifest, f"{WRONG[algorithm]}  data/1.tif")
    assert compared(tmp_path, "bag/data/1.tif") == Path(manifest).name
    assert (compared(tmp_path, "bag/data/1.tif", doubted=False) is None) == (algorithm != "sha256")


@pytest.mark.parametrize(
    "line",
    [
        "{digits}  1.tif",
        "{digits} *1.tif",
        "{digits}  ./1.tif",
        "{digits}  Book/1.tif",
        "{digits}  scans/Book/1.tif",
        "{digits}  ../Book/1.tif",
        r"{digits} *.\1.tif",
        r"{digits} *D:\delivery\Book\1.tif",
        "{digits}  /mnt/delivery/Book/1.tif",
        "MD5 (1.tif) = {digits}",
        "\\{digits}  1.tif",
    ],
)
def test_a_line_means_the_page_however_it_is_written(tmp_path: Path, line: str) -> None:
    plant(tmp_path / "scans", "Book/1.tif")
    listed(tmp_path / "scans", "Book/list.md5", line.format(digits=WRONG["md5"]))
    assert compared(tmp_path / "scans", "Book/1.tif") == "list.md5"


@pytest.mark.parametrize(
    "line",
    [
        "{digits}  2.tif",
        "{digits}  sub/1.tif",
        "{digits}  Other/1.tif",
        r"{digits} *D:\delivery\Other\1.tif",
        "{digits}  /1.tif",
        "; {digits} 1.tif",
        "{digits}",
        "{digits}00  1.tif",
        "",
    ],
)
def test_a_line_about_something_else_says_nothing(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "Book/1.tif")
    listed(tmp_path, "Book/list.md5", line.format(digits=WRONG["md5"]))
    assert compared(tmp_path, "Book/1.tif") is None


def test_a_list_of_digits_alone_means_the_file_it_is_named_after(tmp_path: Path) -> None:
    plant(tmp_path, "Book/1.tif", "Book/2.tif")
    listed(tmp_path, "Book/1.tif.md5", WRONG["md5"])
    listed(tmp_path, "Book/2.tif.sha256", hashlib.sha256(b"Book/2.tif").hexdigest().upper())
    assert compared(tmp_path / "Book", "1.tif") == "1.tif.md5"
    assert compared(tmp_path / "Book", "2.tif") is None


def test_a_list_above_many_works_means_each_file_by_its_path(tmp_path: Path) -> None:
    plant(tmp_path, "A/1.tif", "B/A/1.tif", "C/tif/1.tif")
    listed(tmp_path, "all.md5", f"{WRONG['md5']}  A/1.tif")
    assert [compared(tmp_path, file) for file in ("A/1.tif", "B/A/1.tif", "C/tif/1.tif")] == ["all.md5", None, None]
    listed(tmp_path, "all.md5", f"{WRONG['md5']}  1.tif")
    assert compared(tmp_path, "A/1.tif") is None
    listed(tmp_path, "C/list.md5", f"{WRONG['md5']}  1.tif")
    assert compared(tmp_path, "C/tif/1.tif") == "list.md5"


def test_a_list_may_be_utf16_and_its_names_in_nfd(tmp_path: Path) -> None:
    plant(tmp_path, "Sách/bìa.tif")
    (tmp_path / "Sách" / "list.sha256").write_text(f"{WRONG['sha256']}  bìa.tif\r\n", encoding="utf-16")
    assert compared(tmp_path, "Sách/bìa.tif") == "list.sha256"


def test_a_list_that_cannot_be_read_is_named_where_it_lies(tmp_path: Path) -> None:
    plant(tmp_path, "all.md5", "Book/1.tif", "Book/list.md5")
    [work] = [work for work in works_at(tmp_path) if work.pages]
    (tmp_path / "all.md5").unlink(), (tmp_path / "Book" / "list.md5").unlink()
    assert [(file.name, finding.code) for file, finding in Checksums.of(work).unreadable] == [("list.md5", "no-access")]


def absent(folder: Path, work: str) -> list[tuple[str, int, str]]:
    """What the lists of one work name that is not there: list, number, first name."""
    [found] = [one for one in works_at(folder) if one.pages and one.path == folder / work]
    said = Checksums.of(found).absences()
    return [(file.name, finding.values["number"], finding.values["first"]) for file, finding in said]


@pytest.mark.parametrize("line", ["{digits}  3.tif", "{digits} *.\\10.tif", "SHA256 (3.tif) = {digits}"])
def test_a_page_file_that_a_list_names_and_that_is_not_there_is_said(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "Book/1.tif", "Book/note.txt")
    digits = WRONG["sha256"]
    lines = [f"{digits}  1.tif", f"{digits}  10.tif", line.format(digits=digits), f"{digits}  gone.txt"]
    listed(tmp_path, "Book/list.sha256", "\n".join(lines))
    expected = (2, "3.tif") if "3.tif" in line else (1, "10.tif")
    assert absent(tmp_path, "Book") == [("list.sha256", *expected)]


def test_absent_files_are_said_of_the_work_they_belong_to(tmp_path: Path) -> None:
    plant(tmp_path, "A/1.tif", "B/tif/1.tif", "B/jpg/1.jpg", "bag/bagit.txt", "bag/data/1.tif")
    digits = WRONG["md5"]
    listed(tmp_path, "all.md5", f"{digits}  A/2.tif\n{digits}  B/tif/2.tif\n{digits}  gone/1.tif\n{digits}  3.tif")
    listed(tmp_path, "B/list.md5", f"{digits}  1.tif\n{digits}  1.jpg\n{digits}  jpg/2.jpg\n{digits}  /x/2.tif")
    listed(tmp_path, "bag/data/list.md5", f"{digits}  1.tif\n{digits}  2.tif")
    assert absent(tmp_path, "A") == [("all.md5", 1, "A/2.tif")]
    assert absent(tmp_path, "B") == [("all.md5", 1, "B/tif/2.tif")]
    assert absent(tmp_path, "bag") == [("list.md5", 1, "2.tif")]


def test_names_that_no_disk_could_hold_are_absent_too(tmp_path: Path) -> None:
    plant(tmp_path, "Sách/bìa.tif")
    digits = WRONG["md5"]
    listed(tmp_path, "Sách/list.md5", f"{digits}  a\0b.tif\n{digits}  {'x' * 300}.tif\n{digits}  bìa.tif")
    assert [number for _, number, _ in absent(tmp_path, "Sách")] == [2]


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_ingest_and_a_check_say_which_files_are_absent(library: Library, scans: Path, dry_run: bool) -> None:
    scan(scans / "book", "1.tif")
    listed(scans, "book/list.md5", f"{WRONG['md5']}  2.tif")
    said = [f.code for outcome in ingest(library, scans, dry_run=dry_run) for f in outcome.findings if not outcome.page]
    assert said == ["listed-absent"]


def codes(outcomes: list[Outcome]) -> list[str]:
    return [finding.code for outcome in outcomes if outcome.page for finding in outcome.findings]


def test_an_md5_list_is_compared_by_an_ingest_until_it_agrees(library: Library, scans: Path) -> None:
    master = scan(scans / "book", "1.tif")
    right = hashlib.md5(master.read_bytes(), usedforsecurity=False).hexdigest()
    listed(scans, "book/list.md5", f"{WRONG['md5']}  1.tif")
    assert [codes(ingest(library, scans)) for _ in range(2)] == [["checksum-differs"]] * 2
    listed(scans, "book/list.md5", f"{right.upper()}  1.tif")
    assert codes(ingest(library, scans)) == []
    assert library.findings(library.work("book")) == []


def test_an_md5_list_that_agrees_says_nothing_and_a_replaced_master_is_compared_again(
    library: Library, scans: Path
) -> None:
    master = scan(scans / "book", "1.tif")
    listed(scans, "book/list.md5", f"{hashlib.md5(master.read_bytes(), usedforsecurity=False).hexdigest()}  1.tif")
    assert codes(ingest(library, scans)) == []
    scan(scans / "book", "1.tif", "1000x1500 damaged on its way")
    assert codes(ingest(library, scans)) == ["checksum-differs"]
