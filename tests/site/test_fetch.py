"""What is kept of a package's archive, and what is refused. No test here asks a network."""

import gzip
import io
import sys
import tarfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import brotli
import pytest

from server.site.fetch import (
    Asset,
    BadDownload,
    check,
    install,
    is_there,
    main,
    read_table,
    select_files,
    squeeze,
    store,
)
from server.site.viewers import VIEWERS


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as members:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            members.addfile(member, io.BytesIO(content))
    return packed.getvalue()


FILES = {
    "package/dist/a.js": b"a" * 3000,
    "package/dist/a.js.map": b"{}",
    "package/LICENSE": b"l",
    "package/src/b.js": b"b",
}
VIEWER = Asset(
    package="viewer",
    version="1.0.0",
    sha512="sha512-none",
    into="static/viewer",
    squeeze=True,
    keep={"dist/": "", "LICENSE": "LICENSE.txt"},
)


def test_only_the_named_files_are_kept() -> None:
    assert set(select_files(VIEWER, archive(**FILES))) == {PurePosixPath("a.js"), PurePosixPath("LICENSE.txt")}


def test_a_package_without_a_named_file_is_refused() -> None:
    with pytest.raises(BadDownload, match=r"has no dist/b\.css"):
        select_files(replace(VIEWER, keep={"dist/b.css": "b.css"}), archive(**FILES))


def test_another_archive_than_the_one_written_down_is_refused() -> None:
    with pytest.raises(BadDownload, match="not sha512-none"):
        check(VIEWER, b"something else")


def test_scripts_get_compressed_twins_and_the_folder_a_stamp(tmp_path: Path) -> None:
    folder = tmp_path / "static/viewer"
    store(VIEWER, select_files(VIEWER, archive(**FILES)), tmp_path)
    squeeze([VIEWER], tmp_path)
    assert is_there(VIEWER, tmp_path)
    twins = ["a.js.br", "a.js.gz"]
    assert sorted(file.name for file in folder.iterdir()) == [".version", "LICENSE.txt", "a.js", *twins]
    assert brotli.decompress((folder / "a.js.br").read_bytes()) == FILES["package/dist/a.js"]
    assert gzip.decompress((folder / "a.js.gz").read_bytes()) == FILES["package/dist/a.js"]


def test_a_twin_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    store(VIEWER, select_files(VIEWER, archive(**FILES)), tmp_path)
    twin = tmp_path / "static/viewer/a.js.br"
    twin.write_bytes(b"there")
    squeeze([VIEWER, replace(VIEWER, squeeze=False, into="nowhere")], tmp_path)
    assert twin.read_bytes() == b"there"


def test_another_version_is_not_there(tmp_path: Path) -> None:
    store(VIEWER, select_files(VIEWER, archive(**FILES)), tmp_path)
    assert not is_there(replace(VIEWER, version="1.0.1"), tmp_path)


def test_an_npm_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    import subprocess

    with pytest.raises(subprocess.CalledProcessError):
        install(VIEWER, "/bin/false")


def test_nothing_is_fetched_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    if not all(map(is_there, read_table())):
        pytest.skip("the viewers are not installed")
    monkeypatch.setattr(sys, "argv", ["fetch", "--npm", "no-such-npm"])
    assert main() == 0


def test_the_table_brings_every_viewer_that_a_page_opens() -> None:
    kept = {f"{asset.into}/{name}" for asset in read_table() for name in asset.keep.values()}
    for viewer in VIEWERS:
        for file in filter(None, (viewer.script, viewer.style)):
            assert any(f"server/site/static/{file}".startswith(place) for place in kept)
