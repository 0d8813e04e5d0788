"""A portfolio of pictures and letters, each a file of another kind, as they come together in a family's box.

Each page says in print what kind of file it is, so that whoever looks at it can tell whether it was shown aright.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np
from PIL import Image

from manifests.model import Box
from server.demo import plates
from server.demo.paper import Array, as_vips, noise, save_tiff, turn
from server.demo.transcript import Leaf, write_alto
from server.demo.typeset import CENTRE, ITALIC, REGULAR, RIGHT, SEMIBOLD, Ink, Sheet, Style, turned
from server.libvips import pyvips

TITLE = "Tập ảnh và thư từ"
PPI = 300
ORIENTATION, QUARTER_TURN_RIGHT = 0x0112, 6
"""The EXIF tag, and the value that asks for a quarter turn clockwise (TIFF 6.0, tag 274)."""


def draw(folder: Path, scale: float = 1) -> list[Leaf]:
    """`scale` makes all pictures smaller. Half of them have ALTO, half plain text."""
    typed = [piece(folder, scale) for piece in (_letter, _bay, _lotus, _proof)]
    plain = [piece(folder, scale) for piece in (_drum, _seal)]
    write_alto(typed, folder)
    for leaf in plain:
        (folder / f"{leaf.stem}.txt").write_text(_lines(leaf), encoding="utf-8")
    return sorted([*typed, *plain], key=lambda leaf: leaf.file)


def _lines(leaf: Leaf) -> str:
    numbers = sorted({word.line for word in leaf.words})
    return "".join(" ".join(w.text for w in leaf.words if w.line == number) + "\n" for number in numbers)


def _caption(sheet: Sheet, top: str, below: str, ink: Ink = Ink.BLACK) -> None:
    """Two lines in the middle of the foot."""
    size = round(sheet.width * 0.03)
    sheet.line(top, Style(ITALIC, round(size * 1.25), ink=ink), sheet.width / 2, sheet.height - size * 3, CENTRE)
    sheet.line(below, Style(REGULAR, size, ink=ink), sheet.width / 2, sheet.height - size * 1.5, CENTRE)


def _letter(folder: Path, scale: float) -> Leaf:
    """One bit a pixel, black on white: a scan for the fax."""
    name, lean = "1 Thư tiếng Pháp (TIFF 1 bit).tif", -0.3
    sheet = Sheet(round(1700 * scale), round(2400 * scale))
    _set_letter(sheet)
    grey = turn(as_vips(sheet.layer(Ink.BLACK)), lean).gaussblur(1.1) + noise(sheet.width, sheet.height, 1, 60, 0.8)
    white = (grey < 120).copy(interpretation="b-w")
    save_tiff(white, folder / name, PPI, compression="ccittfax4", bitdepth=1, profile="none", predictor="none")
    return Leaf(name, sheet.width, sheet.height, turned(sheet.words, lean, sheet.width, sheet.height))


def _set_letter(sheet: Sheet) -> None:
    date, greeting, *body, signed = (
        (files("server.demo") / "texts" / "lettre.txt").read_text(encoding="utf-8").strip().split("\n\n")
    )
    size = round(sheet.width * 0.031)
    style, left, right = Style(REGULAR, size), sheet.width * 0.14, sheet.width * 0.86
    middle, baseline = sheet.width / 2, size * 4.5
    for text, shown in (
        ("BIBLIOTHÈQUE DES PLANCHES", Style(SEMIBOLD, round(size * 1.3), size // 8)),
        ("Atelier de gravure", Style(ITALIC, size)),
    ):
        sheet.line(text, shown, middle, baseline, CENTRE)
        baseline += size * 1.6
    sheet.rule(Box(round(middle - size * 4), round(baseline - size * 0.7), size * 8, max(size // 20, 1)))
    sheet.line(date, style, right, baseline + size * 2, RIGHT)
    sheet.line(greeting, style, left + size * 1.5, baseline + size * 5, 0)
    baseline += size * 7.4
    for text in body:
        baseline = sheet.paragraph(text, style, left, baseline, right - left, size * 1.4) + size * 0.5
    sheet.line(signed, Style(ITALIC, size), right, baseline + size * 2, RIGHT)
    _caption(sheet, "Lettre imaginaire", "TIFF, 1 bit, CCITT 4")


def _bay(folder: Path, scale: float) -> Leaf:
    """A photograph taken with the camera on its side: the pixels lie, the EXIF tag sets them upright."""
    name = "2 Vịnh buổi sớm (JPEG nằm ngang).jpg"
    width, height = round(2600 * scale), round(1950 * scale)
    sheet, rim = Sheet(width, height), round(90 * scale)
    _caption(sheet, "Vịnh buổi sớm", "JPEG, EXIF 6: nằm trong tệp, đứng trên màn hình")
    picture = plates.bay(width - 2 * rim, height - rim - round(0.15 * width), 7)
    print_ = np.full((height, width), 0.96)
    print_[rim : rim + picture.shape[0], rim : rim + picture.shape[1]] = picture
    print_ = print_ * (1 - np.asarray(sheet.layer(Ink.BLACK)) / 255 * 0.85)
    sepia = np.stack([print_**power * 255 for power in (0.82, 1.0, 1.28)], axis=-1).astype(np.uint8)
    image = Image.fromarray(sepia).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[ORIENTATION] = QUARTER_TURN_RIGHT
    profile = pyvips.Image.profile_load("srgb")
    image.save(folder / name, "JPEG", quality=92, dpi=(PPI, PPI), exif=exif, icc_profile=profile)
    return Leaf(name, width, height, sheet.words)


def _drum(folder: Path, scale: float) -> Leaf:
    """Sixteen bits of grey, most of them dark: what is lost in eight is seen in the shadows."""
    name = "3 Mặt trống đồng (TIFF xám 16 bit).tif"
    side = round(2000 * scale)
    sheet = Sheet(side, round(side * 1.12))
    _caption(sheet, "Mặt trống đồng", "TIFF, xám, 16 bit")
    grey = np.full((sheet.height, side), 0.09)
    grey[:side] = plates.drum(side, 3)
    grey = grey + (0.82 - grey) * np.asarray(sheet.layer(Ink.BLACK)) / 255
    image = as_vips((grey * 65535).astype(np.uint16)).copy(interpretation="grey16")
    save_tiff(image, folder / name, PPI, profile="none")
    return Leaf(name, side, sheet.height, sheet.words)


def _seal(folder: Path, scale: float) -> Leaf:
    """A seal alone, nothing around it: the paper is transparent."""
    name = "4 Ấn son (PNG nền trong suốt).png"
    side = round(1400 * scale)
    sheet = Sheet(side, round(side * 1.14))
    edge, weight = round(side * 0.1), round(side * 0.03)
    for inset, thick in ((edge, weight), (edge + 2 * weight, weight // 3)):
        across = side - 2 * inset
        for box in (
            Box(inset, inset, across, thick), Box(inset, side - inset - thick, across, thick),
            Box(inset, inset, thick, across), Box(side - inset - thick, inset, thick, across),
        ):  # fmt: skip
            sheet.rule(box, Ink.RED)
    for text, share in (("MỘC", 0.445), ("BẢN", 0.765)):
        sheet.line(
            text, Style(SEMIBOLD, round(side * 0.225), round(side * 0.02), Ink.RED), side * 0.51, side * share, CENTRE
        )
    _caption(sheet, "Ấn son của thư viện", "PNG, nền trong suốt", Ink.RED)
    worn = pyvips.Image.perlin(side, sheet.height, cell_size=max(side // 40, 2), seed=4) * 60 + 240
    pressed = as_vips(sheet.layer(Ink.RED)).gaussblur(0.8) / 255 * worn.clamp(min=0, max=255)
    red = pyvips.Image.black(side, sheet.height, bands=3).linear(1, [178, 34, 28])
    seal = red.bandjoin(pressed).cast("uchar").copy(interpretation="srgb", xres=PPI / 25.4, yres=PPI / 25.4)
    seal.pngsave(str(folder / name), profile="srgb")
    return Leaf(name, side, sheet.height, sheet.words)


def _lotus(folder: Path, scale: float) -> Leaf:
    """Twenty-four flat colours in a table, as a print from as many blocks would have."""
    name = "5 Hoa sen (PNG bảng màu).png"
    width, height = round(1600 * scale), round(2000 * scale)
    sheet = Sheet(width, height)
    _caption(sheet, "Hoa sen", "PNG, 24 màu trong bảng")
    picture = plates.lotus(width, height, 5)
    picture.paste("#33291f", (0, 0), sheet.layer(Ink.BLACK))
    picture.quantize(24, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE).save(
        folder / name, dpi=(PPI, PPI)
    )
    return Leaf(name, width, height, sheet.words)


def _proof(folder: Path, scale: float) -> Leaf:
    """A printer's proof: the lotus in four inks, and each ink by itself from full to faint."""
    name = "6 Bản thử màu (JPEG CMYK).jpg"
    width, height = round(1700 * scale), round(2400 * scale)
    sheet = Sheet(width, height)
    step = width // 14
    inks = np.full((height, width, 4), 0, dtype=np.uint8)
    for row, (ink, title) in enumerate((("C", "lam"), ("M", "cánh sen"), ("Y", "vàng"), ("K", "đen"))):
        top = height - round(step * (6.2 - row * 1.05))
        sheet.line(f"{ink} {title}", Style(REGULAR, round(step * 0.4)), step, top + step * 0.65)
        for patch in range(8):
            left = round(step * (4 + patch * 1.1))
            inks[top : top + step, left : left + step, row] = 255 - patch * 32
    _caption(sheet, "Bản thử màu", "JPEG, CMYK: bốn bản lam, cánh sen, vàng, đen")
    lotus = _in_four_inks(plates.lotus(step * 9, step * 11, 6))
    left = (width - step * 9) // 2
    inks[step : step * 12, left : left + step * 9] = lotus
    inks[..., 3] = np.maximum(inks[..., 3], np.asarray(sheet.layer(Ink.BLACK)))
    image = as_vips(inks).copy(interpretation="cmyk", xres=PPI / 25.4, yres=PPI / 25.4)
    image.jpegsave(str(folder / name), Q=92, profile="cmyk", subsample_mode="off")
    return Leaf(name, width, height, sheet.words)


def _in_four_inks(picture: Image.Image) -> Array:
    image = as_vips(picture).copy(interpretation="srgb")
    return np.asarray(image.icc_transform("cmyk", input_profile="srgb", intent="relative").numpy())
