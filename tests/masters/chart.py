"""Two charts of 6 x 4 patches of 16 pixels, and by how much what is shown differs from them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyvips

from manifests.model import Finding
from server.masters import decoding
from server.masters.decoding import DecodedMaster

Samples: TypeAlias = np.ndarray[Any, Any]

ROWS, COLUMNS, SIDE, EDGE = 4, 6, 16, 4
LIMIT = 10_000_000

COLOURS = np.array(
    [
        [(230, 40, 40), (40, 180, 60), (40, 60, 200), (240, 220, 60), (60, 200, 220), (200, 70, 190)],
        [(255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 200, 200), (64, 64, 64), (250, 250, 240)],
        [(150, 90, 40), (90, 140, 40), (30, 90, 120), (180, 150, 120), (120, 60, 80), (220, 180, 200)],
        [(10, 30, 80), (90, 10, 20), (20, 70, 30), (240, 120, 20), (110, 110, 160), (170, 200, 150)],
    ]
)
STEPS = np.linspace(0, 255, ROWS * COLUMNS).round().astype(np.uint8).reshape(ROWS, COLUMNS, 1)
OPACITIES = np.array([255, 128, 64, 0, 192, 32])
"""One for each column."""


def drawn(patches: Samples) -> Samples:
    """The picture whose patches have these samples."""
    return np.asarray(patches, np.uint8).repeat(SIDE, axis=0).repeat(SIDE, axis=1)


CHART = drawn(COLOURS)
GREYS = drawn(STEPS)[:, :, 0]
ALPHA = drawn(np.broadcast_to(OPACITIES, (ROWS, COLUMNS)))
ENTRIES = drawn(np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS))
"""The number of each patch, as a palette's picture has it."""
PALETTE = np.zeros((3, 256), np.uint16)
PALETTE[:, : ROWS * COLUMNS] = COLOURS.reshape(-1, 3).T * 257


def wide(samples: Samples) -> Samples:
    return samples.astype(np.uint16) * 257


def on_white(patches: Samples) -> Samples:
    """What is seen of the patches through the opacity of their column."""
    alpha = OPACITIES[None, :, None] / 255
    return patches * alpha + 255 * (1 - alpha)


def cielab(bits: int) -> Samples:
    """The chart in CIELab of 8 or 16 bits (TIFF 6.0 section 23)."""
    image = pyvips.Image.new_from_array(CHART).copy(interpretation="srgb")
    lab = image.icc_import(input_profile="srgb", pcs="lab").numpy().astype(float)
    scales = (2.55, 1, 1) if bits == 8 else (655.35, 256, 256)
    return (lab * scales).round().astype(np.int32).astype(np.uint8 if bits == 8 else np.uint16)


def seen(file: Path, number: int = 1) -> tuple[Samples, DecodedMaster]:
    """The pixels, decoded with all the care that ingest takes."""

    def taken(decoded: DecodedMaster) -> tuple[Samples, DecodedMaster]:
        pixels: Samples = decoded.image.numpy()
        return pixels[:, :, None] if pixels.ndim == 2 else pixels, decoded

    return decoding.with_pixels(file, taken, max_pixels=LIMIT, number=number)


def means(pixels: Samples) -> Samples:
    """Of the middles of the patches."""
    assert pixels.shape[:2] == (ROWS * SIDE, COLUMNS * SIDE)
    middles = pixels.reshape(ROWS, SIDE, COLUMNS, SIDE, -1)[:, EDGE:-EDGE, :, EDGE:-EDGE]
    return middles.astype(float).mean(axis=(1, 3))


def off(file: Path, patches: Samples = COLOURS) -> float:
    """By how many steps of 255 the worst patch differs from what it should be."""
    found = means(seen(file)[0])
    assert found.shape == patches.shape
    return float(np.abs(found - patches).max())


def codes(findings: Sequence[Finding]) -> list[str]:
    """What is said of the file, beside that it has no profile."""
    return [finding.code for finding in findings if finding.code != "no-profile"]


def said(file: Path, number: int = 1) -> list[str]:
    return codes(decoding.examine(file, max_pixels=LIMIT, thorough=True, number=number).findings)
