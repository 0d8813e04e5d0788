"""Black and white: what a reader of print wants of it, on paper that is not even."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from manifests.model import Box
from server.image.bitonal import thresholds
from tests.image.answers import Carved, answer, carved, opened

HEIGHT, WIDTH = 1400, 1800
Light = NDArray[np.float64]


def printed() -> NDArray[np.bool_]:
    """Strokes of three pixels, in lines with paper between them."""
    ink = np.zeros((HEIGHT, WIDTH), bool)
    dice = np.random.default_rng(2)
    for top in range(60, HEIGHT - 60, 40):
        for left in range(60, WIDTH - 60, 11):
            if dice.random() < 0.7:
                ink[top : top + 20, left : left + 3] = True
    return ink


def scanned(ink: NDArray[np.bool_], light: Light) -> NDArray[np.uint8]:
    grain = np.random.default_rng(3).normal(0, 3, ink.shape)
    return np.clip(np.where(ink, 45, 232) * light + grain, 0, 255).astype(np.uint8)


Y, X = np.mgrid[0:HEIGHT, 0:WIDTH]
LIGHTS: dict[str, Light] = {
    "even": np.ones((HEIGHT, WIDTH)),
    "gutter": 1 - 0.7 * np.exp(-X / 250),
    "stain": 1 - 0.5 * np.exp(-((((X - 900) / 220) ** 2 + ((Y - 700) / 180) ** 2) ** 2)),
    "lamp": 1 - 0.6 * Y / HEIGHT,
}


def black(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    found = thresholds(grey, 1).over(Box(0, 0, WIDTH, HEIGHT), WIDTH, HEIGHT).numpy().squeeze()
    return grey < found


@pytest.mark.parametrize("light", LIGHTS)
def test_print_is_black_and_paper_white_in_whatever_light(light: str) -> None:
    ink = printed()
    found = black(scanned(ink, LIGHTS[light]))
    assert found[ink].mean() > 0.98
    assert found[~ink].mean() < 0.01


@pytest.mark.parametrize("light", ["even", "gutter", "lamp"])
def test_a_bare_sheet_stays_white(light: str) -> None:
    nothing = np.zeros((HEIGHT, WIDTH), bool)
    assert black(scanned(nothing, LIGHTS[light])).mean() < 0.005


def test_the_black_beside_a_page_stays_black() -> None:
    page = scanned(printed(), LIGHTS["even"])
    page[:, :200] = 12
    assert black(page)[:, :190].mean() > 0.99


def test_pale_print_is_read_beside_black_print() -> None:
    ink, page = printed(), scanned(printed(), LIGHTS["even"]).astype(float)
    page[600:1000] = 232 - (232 - page[600:1000]) * 0.35
    found = black(page.astype(np.uint8))
    assert found[640:960][ink[640:960]].mean() > 0.95
    assert found[640:960][~ink[640:960]].mean() < 0.01


def test_the_other_side_of_the_sheet_does_not_show_through() -> None:
    behind = np.roll(printed()[::-1], 5, axis=1)
    page = np.where(printed(), 45, np.where(behind, 205, 232)) + np.random.default_rng(4).normal(0, 3, (HEIGHT, WIDTH))
    found = black(np.clip(page, 0, 255).astype(np.uint8))
    assert found[behind & ~printed()].mean() < 0.01


@given(st.integers(1, 90), st.integers(1, 90), st.sampled_from([1, 2, 8]))
def test_a_picture_of_any_size_has_a_threshold_everywhere(height: int, width: int, scale: int) -> None:
    found = thresholds(np.full((height, width), 200, np.uint8), scale)
    over = found.over(Box(0, 0, width * scale, height * scale), width, height).numpy()
    assert over.size == width * height
    assert over.min() > 0
    assert over.max() < 200


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Carved:
    light = LIGHTS["gutter"] * LIGHTS["stain"]
    return carved(Image.fromarray(scanned(printed(), light)), tmp_path_factory.mktemp("bitonal"), "page")


def test_tiles_of_black_and_white_join_without_a_seam(page: Carved) -> None:
    whole = np.asarray(opened(answer(page, "100,200,1600,800/800,400/0/bitonal.png")))
    halves = [np.asarray(opened(answer(page, f"{x},200,800,800/400,400/0/bitonal.png"))) for x in (100, 900)]
    assert (np.hstack(halves) != whole).mean() < 0.001


def test_a_region_without_print_stays_white(page: Carved) -> None:
    assert np.asarray(opened(answer(page, "60,0,1000,50/max/0/bitonal.png"))).all()


def test_it_is_one_bit_deep_where_the_format_can(page: Carved) -> None:
    assert opened(answer(page, "101,57,1000,700/640,448/0/bitonal.png")).mode == "1"
