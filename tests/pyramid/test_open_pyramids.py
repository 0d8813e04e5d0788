"""Tiles from files that stay open: the same bytes as from a file opened for each, and never too many files."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from manifests.errors import Damaged, Missing
from manifests.model import Pyramid
from server.pyramid import tile_index
from server.pyramid.open_pyramids import OpenPyramids
from tests.routes.fakes import carved

Tiles = list[tuple[int, int, int]]
SIZE = (1501, 1001)
TILES: Tiles = [(0, 0, 0), (0, 2, 1), (1, 1, 0), (2, 0, 0)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def pyramids(folder: Path) -> list[Pyramid]:
    return [carved(folder, "book", f"page{number}", *SIZE, seed=number).pyramid for number in range(3)]


@pytest.fixture
def opened(folder: Path) -> Iterator[OpenPyramids]:
    opened = OpenPyramids(folder)
    yield opened
    opened.close_all()


def files_open(folder: Path) -> int:
    """Of this process, below the folder."""
    gc.collect()
    found = 0
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            found += os.readlink(f"/proc/self/fd/{descriptor}").startswith(str(folder))
        except FileNotFoundError:
            continue
    return found


def read(opened: OpenPyramids, pyramid: Pyramid, place: tuple[int, int, int]) -> bytes:
    tile = opened.tile(pyramid, *place)
    whole = b"".join(tile.read())
    assert len(whole) == tile.length
    return whole


@pytest.mark.parametrize("place", TILES)
def test_a_tile_is_the_same_as_from_its_file(
    opened: OpenPyramids, folder: Path, pyramids: list[Pyramid], place: tuple[int, int, int]
) -> None:
    for pyramid in pyramids:
        index = tile_index.unpack(pyramid.index)
        assert read(opened, pyramid, place) == tile_index.tile(folder / pyramid.file, index, *place)


def test_a_complete_tile_of_recipe_1_is_sent_as_it_is(opened: OpenPyramids, folder: Path) -> None:
    table = tile_index.SOI + tile_index.EOI
    packed = b"\x01" + tile_index.pack(table, [tile_index.LevelTiles(1, 1, [(2, 5)])])[1:]
    (folder / "old.tif").write_bytes(b"II" + b"whole")
    assert read(opened, Pyramid("old.tif", 9, 9, "old", 7, 1, False, packed), (0, 0, 0)) == b"whole"


def test_a_file_is_opened_once(opened: OpenPyramids, folder: Path, pyramids: list[Pyramid]) -> None:
    for place in TILES * 3:
        read(opened, pyramids[0], place)
    assert files_open(folder) == 1


def test_no_more_files_are_open_than_there_is_room_for(folder: Path, pyramids: list[Pyramid]) -> None:
    opened = OpenPyramids(folder, most_files=2)
    tiles = [opened.tile(pyramid, 0, 0, 0) for pyramid in pyramids for _ in range(2)]
    assert len(opened) == files_open(folder) == 2
    assert len({b"".join(tile.read()) for tile in tiles}) == 3  # one whose file is no longer open opens it again
    assert len(opened) == 2
    opened.close_all()
    assert files_open(folder) == 0


def test_no_more_bytes_of_indices_are_kept_than_there_is_room_for(folder: Path, pyramids: list[Pyramid]) -> None:
    opened = OpenPyramids(folder, most_bytes=len(pyramids[0].index) * 2)
    for pyramid in pyramids * 2:
        read(opened, pyramid, (0, 0, 0))
    assert len(opened) == 2
    huge = OpenPyramids(folder, most_bytes=1)
    assert read(huge, pyramids[0], (0, 0, 0))
    assert len(huge) == 1


def test_a_pyramid_made_anew_under_the_same_name_is_another(opened: OpenPyramids, folder: Path) -> None:
    first = carved(folder, "map", "map", 600, 600, seed=1).pyramid
    before = read(opened, first, (0, 0, 0))
    second = carved(folder, "map", "map", 600, 600, seed=2).pyramid
    (folder / second.file).replace(folder / first.file)
    assert read(opened, first, (0, 0, 0)) == before
    assert read(opened, replace(second, file=first.file), (0, 0, 0)) != before


def test_what_is_gone_or_cut_short_is_damaged(opened: OpenPyramids, folder: Path) -> None:
    pyramid = carved(folder, "lost", "page", 600, 600).pyramid
    os.truncate(folder / pyramid.file, 100)
    with pytest.raises(Damaged, match="breaks off"):
        read(opened, pyramid, (0, 0, 0))
    opened.close_all()
    (folder / pyramid.file).unlink()
    with pytest.raises(Damaged, match="gone"):
        opened.tile(pyramid, 0, 0, 0)
    with pytest.raises(Damaged):
        opened.tile(replace(pyramid, digest="other", index=b""), 0, 0, 0)
    assert files_open(folder) == 0


def test_there_is_no_tile_beyond_the_last(opened: OpenPyramids, pyramids: list[Pyramid]) -> None:
    with pytest.raises(Missing):
        opened.tile(pyramids[0], 9, 0, 0)
