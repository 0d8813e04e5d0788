"""The walk: what is passed over, what is refused by name, and that no tree stops it."""

import os
import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manifests.ingest.walk import works_at
from tests.ingest.trees import below, plant, refused, said, walked, works

SERVICE_FOLDERS = (
    "@eaDir",
    "#recycle",
    "@Recycle",
    "$RECYCLE.BIN",
    "$Recycle.Bin",
    "#snapshot",
    "__MACOSX",
    "lost+found",
    "System Volume Information",
    ".Trash-1000",
    ".hidden",
)
NFC, NFD = (normalize(form, "Sách cổ") for form in ("NFC", "NFD"))


@pytest.mark.parametrize("name", SERVICE_FOLDERS)
def test_what_disks_put_beside_scans_is_passed_over_at_any_depth(tmp_path: Path, name: str) -> None:
    plant(tmp_path, f"{name}/old/1.tif", f"Book/{name}/1.tif", f"Book/alto/{name}/1.tif", "Book/1.tif", "Book/alto/")
    assert works(tmp_path) == {"Book": ["Book/1.tif"]}
    assert said(tmp_path) == {}


def test_so_are_files_of_computers_and_nothing_else(tmp_path: Path) -> None:
    plant(tmp_path, "1.tif", "Thumbs.db", "desktop.ini", ".DS_Store", "._1.tif", "~$note.docx", "~1.tmp", "Thumbs.txt")
    assert said(tmp_path) == {"~1.tmp": "unused"}
    assert [text.name for text in walked(tmp_path)["."].texts] == ["Thumbs.txt"]


def test_links_that_lead_nowhere_are_refused_by_name(tmp_path: Path) -> None:
    plant(tmp_path, "Book/1.tif")
    for link, target in (("Book/2.tif", "gone.tif"), ("Book/3.tif", "3.tif"), ("Old", "gone"), ("Book/alto", "gone")):
        (tmp_path / link).symlink_to(target)
    assert refused(tmp_path) == dict.fromkeys(("Book/2.tif", "Book/3.tif", "Old", "Book/alto"), "dangling-link")
    assert works(tmp_path) == {"Book": ["Book/1.tif"]}


def test_a_folder_that_links_lead_to_is_taken_in_once(tmp_path: Path) -> None:
    plant(tmp_path, "z/1.tif", "elsewhere/m/1.tif")
    (
        (tmp_path / "a").symlink_to("z"),
        (tmp_path / "z" / "self").symlink_to("."),
        (tmp_path / "z" / "up").symlink_to(".."),
    )
    assert works(tmp_path) == {"z": ["z/1.tif"], "elsewhere/m": ["elsewhere/m/1.tif"]}
    assert said(tmp_path) == {}


def test_what_a_work_is_made_from_is_no_work_by_a_link(tmp_path: Path) -> None:
    plant(tmp_path, "Book/tif/1.tif", "Book/jpg/1.jpg", "Book/alto/1.xml", "Book/alto/2.png", "store/1.tif")
    for link, target in (("0", "Book/tif"), ("1", "Book/jpg"), ("2", "Book/alto"), ("A/tif", "../store")):
        (tmp_path / link).parent.mkdir(exist_ok=True)
        (tmp_path / link).symlink_to(target)
    assert works(tmp_path) == {"Book": ["Book/tif/1.tif"], "A": ["A/tif/1.tif"]}
    assert refused(tmp_path) == {"Book/alto/2.png": "image-among-texts"}


def test_a_link_to_what_lies_around_is_not_followed_and_said(tmp_path: Path) -> None:
    plant(tmp_path, "in/1.tif", "out/1.tif")
    (tmp_path / "in" / "all").symlink_to(tmp_path)
    assert works(tmp_path / "in") == {".": ["1.tif"]}
    assert said(tmp_path / "in") == {"all": "link-upwards"}


def test_two_files_of_one_name_in_nfc_and_nfd_are_page_and_refused(tmp_path: Path) -> None:
    plant(tmp_path, f"{NFD}.tif", f"{NFC}.tif")
    assert works(tmp_path) == {".": [f"{NFC}.tif"]}
    assert refused(tmp_path) == {f"{NFD}.tif": "twin"}


def test_two_folders_of_one_name_in_nfc_and_nfd_are_one_work(tmp_path: Path) -> None:
    plant(tmp_path, f"{NFD}/1.tif", f"{NFD}/2.tif", f"{NFC}/2.tif", f"{NFD}/alto/1.xml", f"{NFC}/alto/2.xml")
    assert works(tmp_path) == {NFC: [f"{NFD}/1.tif", f"{NFC}/2.tif"]}
    assert refused(tmp_path) == {f"{NFD}/2.tif": "twin"}
    assert [text.name for text in walked(tmp_path)[NFC].texts] == ["1.xml", "2.xml"]


def test_such_folders_are_one_work_by_whichever_path_the_walk_begins(tmp_path: Path) -> None:
    plant(tmp_path, f"{NFD}/{NFD}/1.tif", f"{NFC}/{NFC}/2.tif", f"{NFC}/{NFD}/3.tif")
    for start in (tmp_path / NFC / NFC, tmp_path / NFD / NFD):
        [work] = works_at(start)
        assert (work.path, sorted(page.name for page in work.pages)) == (
            tmp_path / NFC / NFC,
            ["1.tif", "2.tif", "3.tif"],
        )


def test_a_name_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    plant(tmp_path, "Book/1.tif")
    for name in (b"Book/\xff.tif", b"Book/\xff.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff")).mkdir()
    assert sorted(refused(tmp_path).values()) == ["name-encoding"] * 3
    assert works(tmp_path) == {"Book": ["Book/1.tif"]}


def test_names_may_hold_line_breaks_escapes_and_255_bytes(tmp_path: Path) -> None:
    names = ("line\nbreak.tif", "\x1b[31mred.tif", "ả" * 83 + ".tif")
    assert sorted(works(plant(tmp_path, *names))["."]) == sorted(names)


@pytest.mark.parametrize("name", ["d", "folder"])
def test_a_tree_may_be_1200_folders_deep_or_deeper_than_a_path_may_be_long(tmp_path: Path, name: str) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)  # one step at a time: the whole path is too long to say
    try:
        for _ in range(1200):
            os.mkdir(name), os.chdir(name)
        Path("1.tif").touch()
    finally:
        os.chdir(here)
    found = list(works_at(tmp_path))
    assert [len(folder.pages) for folder in found] == [len(name) == 1]
    assert [finding.code for folder in found for _, finding in folder.refused] == ["path-too-long"] * (len(name) > 1)
    _delete_from_within(tmp_path, name)


def _delete_from_within(folder: Path, name: str) -> None:
    """pytest's own clean-up recurses; moved up one by one no path is long."""
    while (folder / name).is_dir():
        inner = folder / name / name
        if inner.is_dir():
            inner.rename(folder / "inner")
        shutil.rmtree(folder / name)
        if (folder / "inner").is_dir():
            (folder / "inner").rename(folder / name)


def test_what_goes_away_while_it_is_walked_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.tif", "b/1.tif", "c/1.tif", "d/1.tif")
    walk = works_at(tmp_path)
    assert next(walk).path.name == "a"
    shutil.rmtree(tmp_path / "b"), shutil.rmtree(tmp_path / "c")
    (tmp_path / "c").touch()
    rest = list(walk)
    assert [(folder.path.name, [f.code for _, f in folder.refused]) for folder in rest] == [
        ("b", ["vanished"]),
        ("c", ["vanished"]),
        ("d", []),
    ]
    assert [folder.denied is not None for folder in rest] == [True, True, False]


def test_works_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    plant(tmp_path, "10/1.tif", "2/1.tif", "2/b/1.tif", "2/a/1.tif", "1/x/y/1.tif", "2-1/1.tif")
    assert list(works(tmp_path)) == ["1/x/y", "2", "2/a", "2/b", "2-1", "10"]


def test_a_library_is_no_work_wherever_the_walk_begins(tmp_path: Path) -> None:
    plant(tmp_path, "lib/catalog.sqlite", "lib/catalog.sqlite-wal", "lib/library.toml", "lib/ingest.lock")
    plant(tmp_path, "lib/pyramids/Book/1.tif", "lib/text/x.txt", "lib/book/1.tif", "text/1.tif")
    (tmp_path / "pyramids").symlink_to("lib/pyramids/Book")
    assert works(tmp_path) == {"lib/book": ["lib/book/1.tif"], "text": ["text/1.tif"]}
    assert said(tmp_path) == {}
    assert works(tmp_path / "lib" / "pyramids" / "Book") == {}


@pytest.mark.parametrize("name", ["no-such-folder", "no-such-folder/deeper"])
def test_a_folder_that_is_not_there_is_said_to_have_gone(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name) == {".": "vanished"}


parts = st.sampled_from(("a", "A", "tif", "TIF", "jpg", "alto", "page", "data", NFC, NFD, "#recycle", "é", "sub"))
leaves = st.sampled_from(
    ("1.tif", "1.TIF", "1.jpg", "2.png", f"{NFC}.tif", f"{NFD}.tif", "1.xml", "1.txt", "x.doc", "1.pdf", "bagit.txt")
)
paths = st.builds(lambda folders, leaf: "/".join((*folders, leaf)), st.lists(parts, max_size=3), leaves)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(paths, min_size=1, max_size=12, unique=True))
def test_every_file_is_page_or_text_or_list_or_spoken_of(tmp_path: Path, files: list[str]) -> None:
    tree = tmp_path / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    plant(tree, *files)
    found = list(works_at(tree))
    pages = [page for folder in found for page in folder.pages]
    assert len(set(pages)) == len(pages)
    spoken = {path for folder in found for path, _ in (*folder.refused, *folder.notes)}
    used = {*pages, *(file for folder in found for file in (*folder.texts, *folder.checksums))}
    for file in files:
        path = tree / file
        passed_over = "#recycle" in path.parts
        named = path in used or spoken & {path, *path.parents} - {tree}
        assert bool(named) != passed_over, (file, [below(tree, one) for one in spoken])
