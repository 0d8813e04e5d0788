"""A folder is known by its path below its root, however it was reached."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from manifests.errors import Misused
from manifests.ingest.roots import RootedPath, Roots, write_root
from tests.ingest.trees import plant

NFC, NFD = (normalize(form, "Sách cổ") for form in ("NFC", "NFD"))


def roots(folders: dict[str, Path], works: list[RootedPath] | None = None) -> Roots:
    return Roots({name: str(folder) for name, folder in folders.items()}, lambda *_: None, lambda: works or [])


def test_the_deepest_root_says_the_name(tmp_path: Path) -> None:
    plant(tmp_path, "disk/old/book/1.tif")
    two = roots({"disk": tmp_path / "disk", "old": tmp_path / "disk" / "old"})
    assert two.known(tmp_path / "disk" / "old" / "book") == RootedPath("old", "book")
    assert two.known(tmp_path / "disk") == RootedPath("disk", "")
    assert two.known(tmp_path) is None
    assert two.known(tmp_path / "disk" / "older") == RootedPath("disk", "older")


def test_nfc_and_nfd_are_one_path_and_the_disks_spelling_is_found_again(tmp_path: Path) -> None:
    plant(tmp_path, f"{NFD}/{NFD}/1.tif")
    one = roots({"scans": tmp_path / NFD})
    place = one.known(tmp_path / NFD / NFD)
    assert place == one.known(tmp_path / NFC / NFC) == RootedPath("scans", NFC)
    assert place is not None
    assert one.path(place) == tmp_path / NFD / NFD


def test_a_new_root_is_the_path_that_led_to_the_work_or_its_parent(tmp_path: Path) -> None:
    added: list[tuple[str, str]] = []
    new = Roots({}, lambda name, folder: added.append((name, folder)))
    assert new.place(tmp_path / "Sách" / "a" / "b", tmp_path / "Sách") == RootedPath("Sach", "a/b")
    assert new.place(tmp_path / "x" / "Book", tmp_path / "x" / "Book") == RootedPath("x", "Book")
    assert new.place(tmp_path / "y" / "x" / "Book", tmp_path / "y" / "x" / "Book") == RootedPath("x-2", "Book")
    assert [name for name, _ in added] == ["Sach", "x", "x-2"]
    assert (new.label("Sach"), new.label("x-2")) == ("Sách", "x")


@pytest.fixture
def alias(tmp_path: Path) -> Path:
    """The folder `scans` a second time, by links that stand for mounts: nothing here resolves them."""
    plant(tmp_path, "scans/Book/1.tif", "scans/deep/New/1.tif")
    (tmp_path / "alias").symlink_to("scans")
    return tmp_path / "alias"


def test_a_root_reached_by_another_mount_is_that_root(tmp_path: Path, alias: Path) -> None:
    one = roots({"scans": tmp_path / "scans"})
    assert one.known(alias / "Book") == RootedPath("scans", "Book")
    assert one.known(alias) == RootedPath("scans", "")


def test_a_known_work_reached_by_another_mount_is_that_work(tmp_path: Path, alias: Path) -> None:
    (tmp_path / "mnt").symlink_to("scans/Book"), (tmp_path / "mnt2").symlink_to("scans/deep")
    one = roots({"scans": tmp_path / "scans"}, [RootedPath("scans", "Book"), RootedPath("scans", "deep/Old")])
    assert one.place(tmp_path / "mnt", tmp_path / "mnt") == RootedPath("scans", "Book")
    assert one.place(tmp_path / "mnt2" / "New", tmp_path / "mnt2") == RootedPath("scans", "deep/New")
    assert one.folders.keys() == {"scans"}


def test_a_mount_inside_the_root_is_the_known_work_whatever_comes_first(tmp_path: Path) -> None:
    plant(tmp_path, "z/1.tif")
    (tmp_path / "a").symlink_to("z")
    one = roots({"scans": tmp_path}, [RootedPath("scans", "z")])
    assert one.place(tmp_path / "a", tmp_path) == RootedPath("scans", "z")


def test_what_one_run_has_met_it_knows_again_by_another_path(tmp_path: Path) -> None:
    plant(tmp_path, "scans/Book/1.tif")
    (tmp_path / "mnt").symlink_to("scans/Book")
    one = roots({"scans": tmp_path / "scans"})
    assert one.place(tmp_path / "scans" / "Book", tmp_path) == RootedPath("scans", "Book")
    assert one.place(tmp_path / "mnt", tmp_path / "mnt") == RootedPath("scans", "Book")


def test_a_work_that_cannot_be_looked_at_hinders_no_other(tmp_path: Path) -> None:
    plant(tmp_path, "New/1.tif")
    (tmp_path / "loop").symlink_to("loop")
    works = [RootedPath("scans", name) for name in ("x" * 300, "loop", "loop/in", "New/1.tif/odd")]
    one = roots({"scans": tmp_path}, works)
    assert one.place(tmp_path / "New", tmp_path) == RootedPath("scans", "New")


def test_two_hard_links_are_two_files(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.tif", "b/")
    os.link(tmp_path / "a" / "1.tif", tmp_path / "b" / "1.tif")
    one = roots({"scans": tmp_path}, [RootedPath("scans", "a/1.tif")])
    assert one.place(tmp_path / "b" / "1.tif", tmp_path) == RootedPath("scans", "b/1.tif")


def test_what_lies_in_a_folder(tmp_path: Path) -> None:
    book = RootedPath("scans", "Book")
    assert book.holds(book)
    assert book.holds(RootedPath("scans", "Book/a"))
    assert RootedPath("scans", "").holds(book)
    assert not book.holds(RootedPath("scans", "Book-2"))
    assert not book.holds(RootedPath("other", "Book/a"))


def test_a_root_is_one_line_more_in_the_settings_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "library.toml"
    file.write_bytes(b"\xef\xbb\xbf# ours\r\ntitle = 'Kho'\r\n")
    write_root(file, "scans", "/mnt/line\nbreak \x1b[31m")
    import tomllib

    told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    assert told == {"title": "Kho", "roots": {"scans": "/mnt/line\nbreak \x1b[31m"}}
    assert "# ours" in file.read_text()
    file.write_text("title = ")
    with pytest.raises(Misused, match="valid TOML"):
        write_root(file, "scans", "/x")
