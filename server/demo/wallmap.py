"""The wall map: relief, sea and contours computed from heights, the lines of the chart and the names over them.

One sheet of 9000 by 7000 pixels, ten metres each. Relief and vectors are drawn strip by strip as the file is written.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from manifests.model import Box
from server.demo import chart
from server.demo.gazetteer import Gazetteer
from server.demo.paper import INKS, Array, as_srgb, as_vips, noise, save_tiff, stretched
from server.demo.terrain import Terrain, raise_land
from server.demo.transcript import Leaf, write_alto
from server.demo.typeset import CENTRE, ITALIC, REGULAR, SEMIBOLD, Ink, Sheet, Style
from server.libvips import pyvips

TITLE = "Bản đồ xứ Vân Mộc"
FILE = f"{TITLE}.tif"
WIDTH, HEIGHT = 9000, 7000
PPI = 254
"""A tenth of a millimetre a pixel: with ten metres a pixel, 1 : 100 000."""
POINT = 15
"""Pixels of the full map for a point of the terrain's grid."""
SEED = 31

TINTS = ((0, 214, 222, 186), (150, 226, 225, 184), (400, 233, 217, 170), (800, 222, 193, 144), (1300, 204, 168, 124),
         (1800, 190, 157, 126), (2600, 236, 230, 222))  # fmt: skip
SEA, DEEP = [196, 217, 219], [163, 194, 206]
SEA_LINE, COAST, CONTOUR, HALO = [92, 138, 160], [54, 88, 110], [133, 92, 56], [244, 238, 220]
CONTOUR_EVERY = 100


def draw(folder: Path, width: int = WIDTH, height: int = HEIGHT) -> list[Leaf]:
    unit = width / WIDTH
    terrain = raise_land(WIDTH // POINT, round(height / unit) // POINT, SEED)
    sheet = Sheet(width, height)
    bottom = height / unit - 330
    cartouche, rose = Box(6480, round(bottom - 1330), 2190, 1330), Box(7150, 2150, 900, 900)
    kept_free = [Box(*(round(side * unit) for side in box)) for box in (cartouche, rose)]
    _letter(sheet, unit, cartouche, rose)
    gazetteer = Gazetteer(terrain, sheet, [*kept_free, *(w.box for w in sheet.words if w.box)], random.Random(SEED))
    gazetteer.fill()
    lines = chart.drawing(width, height, terrain.rivers, POINT * unit, gazetteer.places, cartouche, rose)
    image = _inked(_engraved(_country(terrain, width, height), lines), sheet)
    save_tiff(as_srgb(image + noise(width, height, SEED, 1.1, 0)), folder / FILE, PPI, tile=True)
    leaf = Leaf(FILE, width, height, sheet.words)
    write_alto([leaf], folder)
    return [leaf]


def _letter(sheet: Sheet, unit: float, cartouche: Box, rose: Box) -> None:
    """The title, the scale's figures, the points of the compass and the name of the sea."""
    middle, foot = cartouche.x + cartouche.w / 2, cartouche.y + cartouche.h
    for text, face, size, tracking, ink, x, y in (
        ("BẢN ĐỒ", REGULAR, 120, 30, Ink.BLACK, middle, cartouche.y + 270),
        ("XỨ VÂN MỘC", SEMIBOLD, 210, 24, Ink.RED, middle, cartouche.y + 510),
        ("bản đồ tưởng tượng", ITALIC, 104, 4, Ink.BLACK, middle, cartouche.y + 670),
        ("núi, sông và địa danh đều do chương trình vẽ nên", ITALIC, 66, 0, Ink.BLACK, middle, cartouche.y + 785),
        ("Tỷ lệ 1 : 100 000", REGULAR, 76, 3, Ink.BLACK, middle, cartouche.y + 960),
        ("0", REGULAR, 54, 0, Ink.BLACK, middle - 750, foot - 220),
        ("5", REGULAR, 54, 0, Ink.BLACK, middle - 250, foot - 220),
        ("10", REGULAR, 54, 0, Ink.BLACK, middle + 250, foot - 220),
        ("15 km", REGULAR, 54, 0, Ink.BLACK, middle + 750, foot - 220),
        ("B", SEMIBOLD, 96, 0, Ink.BLACK, rose.x + rose.w / 2, rose.y - 24),
        ("N", SEMIBOLD, 96, 0, Ink.BLACK, rose.x + rose.w / 2, rose.y + rose.h + 86),
        ("T", SEMIBOLD, 96, 0, Ink.BLACK, rose.x - 56, rose.y + rose.h / 2 + 32),
        ("Đ", SEMIBOLD, 96, 0, Ink.BLACK, rose.x + rose.w + 60, rose.y + rose.h / 2 + 32),
        ("BIỂN MỘC", ITALIC, 210, 110, Ink.BLUE, 7760, 3640),
    ):
        style = Style(face, max(round(size * unit), 6), round(tracking * unit), ink)
        sheet.line(text, style, x * unit, y * unit, CENTRE)


def _country(terrain: Terrain, width: int, height: int) -> pyvips.Image:
    """Land and sea in colour, shaded from the north-west, with contours and coast."""
    heights = _heights(terrain, width, height)
    east = heights.conv(pyvips.Image.new_from_list([[-1, 0, 1]], scale=2))
    south = heights.conv(pyvips.Image.new_from_list([[-1], [0], [1]], scale=2))
    steep = (east**2 + south**2) ** 0.5 + 1e-6
    scale = width / WIDTH
    light = ((east + south) * (0.034 * scale)).clamp(min=-0.36, max=0.2) + 1
    land = _over(_bytes(_tinted(heights) * light), _contours(heights, steep, scale), CONTOUR)
    ashore = heights / steep
    country = _cover(ashore + 0.5).ifthenelse(land, _sea(terrain, width, height), blend=True)
    return _over(country, _cover(3 * scale + 0.5 - ashore.abs()), COAST)


def _contours(heights: pyvips.Image, steep: pyvips.Image, scale: float) -> pyvips.Image:
    """How much ink lies where: thin lines, every fifth a thick one. None in the plain, where they would be blots."""
    cover = pyvips.Image.black(heights.width, heights.height)
    for every, strength, weight in ((CONTOUR_EVERY, 0.4, 1.7), (CONTOUR_EVERY * 5, 0.62, 3.2)):
        off = (heights / every - (heights / every).rint()).abs() * every / steep
        line = ((weight * scale + 1) / 2 - off).clamp() * (heights > every / 2) * strength  # a yes of libvips is 255
        cover = (cover > line).ifthenelse(cover, line)
    return cover.cast("uchar")


def _bytes(image: pyvips.Image) -> pyvips.Image:
    return image.rint().cast("uchar")


def _cover(share: pyvips.Image) -> pyvips.Image:
    """0 to 1 as the 0 to 255 that libvips blends by."""
    return (share.clamp() * 255).cast("uchar")


def _over(image: pyvips.Image, cover: pyvips.Image, colour: Sequence[int]) -> pyvips.Image:
    plain = pyvips.Image.black(image.width, image.height, bands=3) + list(colour)
    return cover.ifthenelse(plain.cast("uchar"), image, blend=True)


def _heights(terrain: Terrain, width: int, height: int) -> pyvips.Image:
    """The grid's heights with the small valleys and spurs that the grid is too coarse for."""
    rugged = stretched(as_vips(terrain.ruggedness.astype(np.float32)), width, height)
    detail = pyvips.Image.black(width, height)
    for share, metres in ((60, 90), (140, 44), (330, 19)):
        detail += pyvips.Image.perlin(width, height, cell_size=max(width // share, 2), seed=share) * metres
    heights = stretched(as_vips(terrain.heights.astype(np.float32)), width, height, "vsqbs") + detail * rugged
    # Asked for five times below, computed once.
    return heights.cast("float").tilecache(tile_width=512, tile_height=512, max_tiles=4 * (width // 512 + 2))


def _tinted(heights: pyvips.Image) -> pyvips.Image:
    at = [row[0] for row in TINTS]
    metres = np.arange(at[-1] + 1)
    table: Array = np.stack([np.interp(metres, at, [row[band] for row in TINTS]) for band in (1, 2, 3)], axis=-1)
    lut = pyvips.Image.new_from_array(table[None].astype(np.float32))
    return heights.clamp(min=0, max=at[-1]).cast("ushort").maplut(lut)


def _sea(terrain: Terrain, width: int, height: int) -> pyvips.Image:
    """Water that darkens outwards, with the engraver's lines along the shore, wider apart the farther out."""
    away = stretched(as_vips(terrain.offshore.astype(np.float32)), width, height) * POINT + 0.01
    deep = (away / 1300).clamp()
    water = _bytes(deep * DEEP + (1 - deep) * SEA)
    ripple = away**0.5 * 0.36
    off = (ripple - ripple.rint()).abs() / (0.18 / away**0.5)
    line = (2.2 - off).clamp() * (1 - ripple / 6.5).clamp() * (ripple > 0.5) * 0.75
    return _over(water, line.cast("uchar"), SEA_LINE)


def _engraved(country: pyvips.Image, lines: bytes) -> pyvips.Image:
    vectors = pyvips.Image.svgload_buffer(lines)
    return vectors[3].ifthenelse(vectors[0:3], country, blend=True)


def _inked(image: pyvips.Image, sheet: Sheet) -> pyvips.Image:
    """The names, each with a pale halo so that it reads over hills and rivers. Empties the sheet of its layers."""
    layers = {ink: as_vips(sheet.layers.pop(ink)) for ink in list(sheet.layers)}
    halo = sum(layer.gaussblur(sheet.width / 1800, precision="approximate") for layer in layers.values())
    image = _over(image, _cover((halo * (5 / 255)).clamp() * 0.8), HALO)
    for ink, layer in layers.items():
        image = _over(image, layer, INKS[ink])
    return image
