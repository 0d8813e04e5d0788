"""A part of a level is the same picture in whichever of the two ways it is read."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifests.model import Box
from manifests.tiling import TILE, levels
from server.image.level_reader import LevelReader
from server.image.stop import Stop
from server.image.stored_window import Colours
from server.image.work_memory import WorkMemory
from tests.image.pyramids import Carved, carved

PAGES = [((1501, 1001), "RGB"), ((1025, 700), "L"), ((40, 30), "RGB")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Carved]:
    folder: Path = tmp_path_factory.mktemp("library")
    return [carved(folder, *page) for page in PAGES]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PAGES) - 1), st.data())
def test_at_once_and_streamed_are_the_same_picture(pages: list[Carved], number: int, data: st.DataObject) -> None:
    page = pages[number]
    sizes = levels(*page.size)
    level = data.draw(st.integers(0, len(sizes) - 1))
    width, height = sizes[level]
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = Box(x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y)))
    with WorkMemory() as memory:
        reader = LevelReader(page.file, page.index, page.size, Stop(), memory, Colours())
        one, other = (read(level, box).numpy().reshape(box.h, box.w, -1) for read in (reader.at_once, reader.streamed))
    assert one.shape == other.shape
    difference = np.abs(one.astype(int) - other)
    # All but the last tiles of a row or column, which are encoded twice (`test_stored_window`)
    right, bottom = ((side - 1) // TILE * TILE for side in (width, height))
    assert not difference[: max(0, bottom - y), : max(0, right - x)].any()
