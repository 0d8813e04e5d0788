"""The bench of resampling sees what it is there for: a kernel that lets lines through as moiré, an edge that rings."""

import numpy as np

from bench.resampling import SIDE, by_kernel, decibels, edge, lines, moire, reference


def test_the_reference_is_nearest_to_itself() -> None:
    wanted = reference(lines(3.3, 11), 652)
    assert decibels(wanted, wanted) > 90
    assert moire(wanted, wanted) == 0


def test_moire_of_a_smaller_level_is_seen() -> None:
    pattern = lines(3.3, 11)
    assert moire(by_kernel(pattern, 652, "lanczos3"), reference(pattern, 652)) > 10


def test_a_kernel_without_lobes_does_not_overshoot_and_one_with_them_does() -> None:
    found = {kernel: by_kernel(edge(), round(SIDE / 3.3), kernel).max() - 200 for kernel in ("linear", "lanczos3")}
    assert found["linear"] < 1 < found["lanczos3"]
    assert np.unique(edge()).tolist() == [50, 200]
