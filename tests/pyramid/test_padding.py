"""An image is continued so far that no black reaches a level, and no further than that needs."""

import pytest

from server.pyramid.padding import levels_to_make_anew, padded, tile_size


@pytest.mark.parametrize(
    ("size", "continued", "anew"),
    [
        ((300, 200), (304, 208), []),
        ((1536, 1536), (2048, 2048), []),
        ((2048, 1536), (2048, 2048), []),
        ((7201, 10201), (7680, 10240), []),
        ((16_385, 520), (17_408, 1024), []),
        ((70_001, 40), (70_144, 512), [6, 7, 8]),
        ((1, 5000), (512, 5120), [1, 2, 3, 4]),
        ((300_000, 2), (300_032, 1024), [2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ((148_723, 1472), (155_648, 4096), [9]),
    ],
)
def test_an_image_is_continued_to_whole_tiles_and_as_far_as_black_would_reach(
    size: tuple[int, int], continued: tuple[int, int], anew: list[int]
) -> None:
    assert padded(*size) == continued
    assert levels_to_make_anew(*size) == anew
    assert tile_size(*size) == (continued if max(size) <= 512 else (512, 512))
