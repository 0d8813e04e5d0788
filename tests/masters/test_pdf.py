"""PDF as a master: the scan itself where the page is one, the page drawn where it is not, refused by name else."""

import zlib
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from imagecodecs import jpeg8_decode

from server.masters import colour, decoding, pdf
from tests import make, profiles
from tests.masters.chart import ALPHA, CHART, COLOURS, GREYS, LIMIT, PALETTE, STEPS, Samples, means, off, said, seen
from tests.masters.pdf_writer import PdfPage, as_jpeg, as_jpeg_2000, bilevel, deflated, write_pdf
from tests.masters.test_colour import VISIBLE, by_littlecms, mean_difference

FONT = {"Font": "<< /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"}
BIG = CHART.repeat(5, axis=0).repeat(5, axis=1)


def entries() -> Samples:
    return np.asarray(np.arange(24).reshape(4, 6).repeat(16, axis=0).repeat(16, axis=1), np.uint8)


def test_a_jpeg_on_a_page_is_taken_as_it_is(tmp_path: Path) -> None:
    image = as_jpeg(CHART)
    pixels, decoded = seen(write_pdf(tmp_path / "a.pdf", PdfPage(image)))
    assert np.abs(pixels.astype(int) - jpeg8_decode(image.data)).max() <= 2  # by two decoders, without another loss
    assert (decoded.master.format, decoded.master.compression, decoded.master.ppi) == ("pdf", "jpeg", 72)
    assert said(tmp_path / "a.pdf") == []


@pytest.mark.parametrize("ppi", [100, 300])
def test_the_page_has_the_resolution_of_its_scan(tmp_path: Path, ppi: int) -> None:
    file = write_pdf(tmp_path / "a.pdf", PdfPage(as_jpeg(CHART), 96 * 72 / ppi, 64 * 72 / ppi))
    assert off(file) <= 6
    assert seen(file)[1].master.ppi == pytest.approx(ppi, abs=1)


def test_images_of_every_filter_are_taken_as_they_are(tmp_path: Path) -> None:
    table = (PALETTE[:, :24] // 257).T.astype(np.uint8).tobytes().hex()
    for image, patches in (
        (deflated(CHART), COLOURS),
        (deflated(GREYS), STEPS),
        (as_jpeg(GREYS), STEPS),
        (as_jpeg_2000(CHART), COLOURS),
        (deflated(entries(), f"[/Indexed /DeviceRGB 23 <{table}>]"), COLOURS),
        (bilevel(GREYS >= 128), (STEPS >= 128) * 255),
    ):
        file = write_pdf(tmp_path / "a.pdf", PdfPage(image))
        assert off(file, patches) <= 6, (image.filter, image.colours)
        assert said(file) == []


def test_grey_stays_grey(tmp_path: Path) -> None:
    for image in (as_jpeg(GREYS), deflated(GREYS), bilevel(GREYS >= 128)):
        assert seen(write_pdf(tmp_path / "a.pdf", PdfPage(image)))[0].shape[2] == 1


MATRICES = {
    1: "96 0 0 64 0 0", 2: "-96 0 0 64 96 0", 3: "-96 0 0 -64 96 64", 4: "96 0 0 -64 0 64",
    5: "0 -64 -96 0 96 64", 6: "0 -64 96 0 0 64", 7: "0 64 96 0 0 0", 8: "0 64 -96 0 96 0",
}  # fmt: skip


@pytest.mark.parametrize("orientation", MATRICES)
def test_the_scan_lies_on_the_page_as_it_was_laid(tmp_path: Path, orientation: int) -> None:
    stored = make.as_stored(CHART, orientation)
    for image in (as_jpeg(stored), deflated(stored)):
        file = write_pdf(tmp_path / "a.pdf", PdfPage(image, content=f"q {MATRICES[orientation]} cm /Im Do Q"))
        assert off(file) <= 6
        assert said(file) == []


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_is_upright(tmp_path: Path, turned: int) -> None:
    stored = np.ascontiguousarray(np.rot90(CHART, turned // 90))
    file = write_pdf(tmp_path / "a.pdf", PdfPage(as_jpeg(stored), *stored.shape[1::-1], rotate=turned))
    assert off(file) <= 6
    assert said(file) == []


@pytest.mark.parametrize("profile", [profiles.adobe_rgb_profile(), profiles.wide_gamut_profile()])
def test_a_profile_of_the_image_is_used(tmp_path: Path, profile: bytes) -> None:
    chart = make.patches(3, side=8)
    image = as_jpeg(chart, "[/ICCBased {0}]", quality=100)
    image = type(image)(**{**vars(image), "others": [("/N 3", profile)]})
    found, decoded = seen(write_pdf(tmp_path / "a.pdf", PdfPage(image, *chart.shape[1::-1])))
    assert decoded.master.profile == colour.description(profile)
    assert mean_difference(found, by_littlecms(chart, "RGB", profile)) <= VISIBLE


def test_text_without_ink_over_a_scan_changes_nothing(tmp_path: Path) -> None:
    words = "q 96 0 0 64 0 0 cm /Im Do Q BT 3 Tr /F 12 Tf 5 30 Td (Unseen) Tj ET"
    file = write_pdf(tmp_path / "a.pdf", PdfPage(as_jpeg(CHART), content=words, resources=FONT))
    assert off(file) <= 6
    assert said(file) == []


def test_a_page_that_is_no_scan_is_drawn_and_it_is_said(tmp_path: Path) -> None:
    text = "BT /F 24 Tf 10 30 Td (Seen) Tj ET"
    pixels, decoded = seen(write_pdf(tmp_path / "a.pdf", PdfPage(content=text, width=144, resources=FONT)))
    assert pixels.shape[:2] == (267, 600)
    assert pixels.min() < 60
    assert pixels[0, 0, 0] == 255
    assert decoded.master.ppi == pdf.RESOLUTION
    assert said(tmp_path / "a.pdf") == ["rendered"]
    finer = decoding.examine(tmp_path / "a.pdf", max_pixels=LIMIT, pdf_ppi=600).master
    assert finer is not None
    assert (finer.width, finer.height, finer.ppi) == (1200, 534, 600)


def test_a_scan_that_is_not_all_of_the_page_is_drawn_at_its_own_resolution(tmp_path: Path) -> None:
    masked = deflated(BIG, extra="/SMask {0}")
    opacity = "/Type /XObject /Subtype /Image /Width 96 /Height 64 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    alpha = (f"{opacity} /Filter /FlateDecode", zlib.compress(ALPHA.astype(np.uint8).tobytes()))
    masked = type(masked)(**{**vars(masked), "others": [alpha]})
    file = write_pdf(tmp_path / "a.pdf", PdfPage(masked, 96, 64))
    pixels, _ = seen(file)
    assert pixels.shape == BIG.shape
    invisible = 3 * 80  # the column of patches whose opacity is 0
    assert (pixels[20:-20, invisible + 20 : invisible + 60] > 250).all()
    inverted = deflated(BIG, extra="/Decode [1 0 1 0 1 0]")
    assert off_of_five(seen(write_pdf(tmp_path / "b.pdf", PdfPage(inverted)))[0], 255 - COLOURS) <= 2


def off_of_five(pixels: Samples, patches: Samples) -> float:
    """The chart five times as large."""
    middles = pixels.reshape(4, 80, 6, 80, -1)[:, 20:-20, :, 20:-20].astype(float).mean(axis=(1, 3))
    return float(np.abs(middles - patches).max())


def test_each_page_is_its_own_scan_or_drawing(tmp_path: Path) -> None:
    text = PdfPage(content="BT /F 24 Tf 10 30 Td (Seen) Tj ET", width=144, resources=FONT)
    turned = np.ascontiguousarray(np.rot90(CHART))
    file = write_pdf(
        tmp_path / "a.pdf",
        PdfPage(as_jpeg(CHART)),
        text,
        PdfPage(as_jpeg(turned), *turned.shape[1::-1], rotate=90),
        PdfPage(deflated(BIG), 96, 64),
    )
    assert decoding.count_pages(file) == 4
    masters = [seen(file, number)[1].master for number in (1, 2, 3, 4)]
    sizes = [(master.width, master.height, master.ppi) for master in masters]
    assert sizes == [(96, 64, 72), (600, 267, 300), (96, 64, 72), (480, 320, 360)]
    assert {master.pages for master in masters} == {4}
    assert [said(file, number) for number in (1, 2, 3, 4)] == [[], ["rendered"], [], []]
    assert (off(file), means(seen(file, 3)[0]).shape) == (pytest.approx(0, abs=6), COLOURS.shape)


def test_a_scan_with_a_margin_or_cut_is_drawn_at_the_scans_own_resolution(tmp_path: Path) -> None:
    """480 pixels on 96 points are 5 a point."""
    with_margin = PdfPage(as_jpeg(BIG), 196, 164, content="q 96 0 0 64 50 50 cm /Im Do Q")
    file = write_pdf(
        tmp_path / "a.pdf", PdfPage(as_jpeg(BIG), 110, 80, content="q 96 0 0 64 7 8 cm /Im Do Q"), with_margin
    )
    assert [seen(file, n)[0].shape[1::-1] for n in (1, 2)] == [(550, 400), (817, 684)]
    assert [said(file, n) for n in (1, 2)] == [[], ["rendered"]]  # a picture on a page is no scan of it
    cut = write_pdf(tmp_path / "b.pdf", PdfPage(as_jpeg(BIG), 96, 64))
    cut.write_bytes(cut.read_bytes().replace(b"/MediaBox", b"/CropBox [10 10 60 50] /MediaBox"))
    assert seen(cut)[0].shape[1::-1] == (250, 200)


def test_pages_of_a_long_pdf_are_found_in_any_order(tmp_path: Path) -> None:
    shades = [PdfPage(as_jpeg(np.full((64, 96), 7 * number, np.uint8))) for number in range(36)]
    file = write_pdf(tmp_path / "a.pdf", *shades)
    for number in (36, 1, 17, 16, 18, 2, 36):
        assert seen(file, number)[0].mean() == pytest.approx(7 * (number - 1), abs=1)


def test_a_pdf_read_again_after_it_was_replaced_shows_the_new_one(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", PdfPage(as_jpeg(GREYS)), PdfPage(as_jpeg(GREYS)))
    assert decoding.count_pages(file) == 2
    write_pdf(file, PdfPage(as_jpeg(CHART)))
    assert decoding.count_pages(file) == 1
    assert off(file) <= 6


def test_a_page_is_called_as_the_file_calls_it(tmp_path: Path) -> None:
    pages = [PdfPage(as_jpeg(CHART))] * 4
    content = write_pdf(tmp_path / "a.pdf", *pages).read_bytes()
    assert [seen(tmp_path / "a.pdf", number)[1].master.page_label for number in (1, 4)] == [None, None]
    broken = "/P <FEFFD800>"
    labels = f"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 >> 3 << {broken} >>] >>"
    (tmp_path / "b.pdf").write_bytes(content.replace(b"/Pages 2 0 R", b"/Pages 2 0 R " + labels.encode()))
    assert [seen(tmp_path / "b.pdf", n)[1].master.page_label for n in (1, 2, 3, 4)] == ["i", "ii", "7", None]


def test_a_damaged_page_is_refused_alone(tmp_path: Path) -> None:
    pages = [PdfPage(as_jpeg(CHART), content=f"q 96 0 0 64 0 0 cm /Im Do Q % {number}") for number in range(3)]
    file = write_pdf(tmp_path / "a.pdf", *pages)
    file.write_bytes(file.read_bytes().replace(b"/Im Do Q % 1", b"            "))
    assert [said(file, number) for number in (1, 2, 3)] == [[], ["unreadable"], []]


def test_a_pdf_without_pages_is_refused_by_name(tmp_path: Path) -> None:
    encrypted(tmp_path / "b.pdf")
    assert said(tmp_path / "b.pdf") == ["pdf-encrypted"]
    assert said(write_pdf(tmp_path / "a.pdf")) == ["unreadable"]


def encrypted(path: Path) -> Path:
    """With the standard handler of revision 2, whose password nobody is told."""
    content = write_pdf(path, PdfPage(as_jpeg(CHART))).read_bytes()
    words = b"<" + b"5a" * 32 + b">"
    handler = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + words + b" /U " + words + b" >>"
    path.write_bytes(content.replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<00> <00>] " + handler))
    return path


def test_an_encrypted_pdf_is_refused_by_name(tmp_path: Path) -> None:
    file = encrypted(tmp_path / "a.pdf")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(file)
    assert said(file) == ["pdf-encrypted"]


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "a.pdf", PdfPage(as_jpeg(CHART))).read_bytes()
    file = tmp_path / "b.pdf"
    file.write_bytes(b"%PDF-1.7\n" + b"nothing " * 40 + b"%%EOF")
    assert said(file) == ["unreadable"]
    file.write_bytes(whole[: len(whole) // 2])
    assert said(file) == ["truncated"]
    scan = whole.index(b"\xff\xda")
    file.write_bytes(whole[: scan + 40] + bytes(200) + whole[scan + 240 :])
    assert set(said(file)) & {"unreadable", "truncated", "odd-data"}
    file.write_bytes(whole[: scan + 40] + bytes(400) + whole[scan + 440 :])  # the end of the image too
    assert said(file) == ["unreadable"]


def test_deflated_data_that_breaks_off_is_refused(tmp_path: Path) -> None:
    half = deflated(CHART)
    half = type(half)(**{**vars(half), "data": zlib.compress(CHART.tobytes()[:9000])})
    assert said(write_pdf(tmp_path / "a.pdf", PdfPage(half))) == ["unreadable"]


def test_a_page_larger_than_allowed_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    text = "BT /F 24 Tf 10 30 Td (Seen) Tj ET"
    file = write_pdf(tmp_path / "a.pdf", PdfPage(content=text, width=14_400, height=14_400, resources=FONT))
    assert said(file) == ["too-large"]
