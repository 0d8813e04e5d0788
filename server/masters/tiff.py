"""TIFF masters: what the header says of the page (TIFF 6.0), and how it is opened.

Which images of the file are pages is `tiff_images`' business, what kind its pixels are `tiff_pixels`', where they lie
`tiff_layout`'s, and their colours `tiff_colour`'s.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.libvips import pyvips
from server.masters import tiff_colour
from server.masters import tiff_directories as tags
from server.masters.checked_deflate import MOST_BYTES
from server.masters.header import MasterHeader, OpenedMaster, OpenMaster, VipsImage, nothing, sensible_ppi
from server.masters.jpeg_pieces import check_for_rests, faults_of_pieces
from server.masters.old_jpeg import open_old_jpeg
from server.masters.refusal import unsupported_samples
from server.masters.tiff_directories import Directory
from server.masters.tiff_images import images_of
from server.masters.tiff_layout import layout_of
from server.masters.tiff_light import shown_light
from server.masters.tiff_oddities import oddities, sensible
from server.masters.tiff_pixels import COMPRESSIONS, JPEG, OLD_JPEG, REPACKED, UNCOMPRESSED, Pixels, kind_of, pixels_of
from server.masters.tiff_recoded import check_pieces, recoded
from server.masters.tiff_samples import SampleReader


def count_pages(file: Path) -> int:
    return images_of(file).count


def describe(file: Path, number: int = 1) -> MasterHeader:
    images = images_of(file)
    directory = images.page(number)
    width, height = directory.size
    pixels = pixels_of(directory)
    master = Master(
        "tiff",
        width,
        height,
        pixels.bits,
        pixels.samples,
        pixels.colour,
        ppi=sensible_ppi(directory.ppi),
        orientation=sensible(directory, tags.ORIENTATION, 1),
        compression=COMPRESSIONS[pixels.compression],
        images=images.count,
    )
    faults = partial(_faults, directory, pixels) if pixels.compression == JPEG or pixels.is_recoded else None
    leads_back = images.is_circle and number == images.count
    said = tuple(_said(directory, pixels, images.count if leads_back else None))
    return MasterHeader(master, _opener(directory, pixels), said, faults, _is_held_whole(directory, pixels))


def _faults(directory: Directory, pixels: Pixels) -> Sequence[Finding]:
    layout = layout_of(directory, pixels)
    return check_pieces(directory, layout, pixels) if pixels.is_recoded else faults_of_pieces(directory, layout)


def _is_held_whole(directory: Directory, pixels: Pixels) -> bool:
    """Pieces that are made anew here stand in memory one by one: one that is nearly the image is the image."""
    if not pixels.is_recoded and pixels.compression not in REPACKED:
        return False
    layout = layout_of(directory, pixels)
    is_cut = pixels.compression == UNCOMPRESSED and not layout.tiled and not pixels.separate
    return not is_cut and layout.piece_bytes > MOST_BYTES


def _said(directory: Directory, pixels: Pixels, pages_before_circle: int | None) -> Iterator[Finding]:
    if pages_before_circle is not None:
        yield make_finding("chain-circle", pages=pages_before_circle)
    spare = pixels.extra - (pixels.alpha is not None)
    if spare:
        yield make_finding("extra-channels", channels=spare)
    yield from oddities(directory)


def _opener(directory: Directory, pixels: Pixels) -> OpenMaster:
    def open_tiff(*, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
        try:
            image, check, found = _image(directory, pixels, access, fail_on)
        except pyvips.Error as error:  # nothing is decoded yet, so it is the kind and not the data
            raise unsupported_samples(kind_of(pixels), pixels.samples, pixels.bits) from error
        profile = directory.raw(tags.PROFILE) or None
        return OpenedMaster(image, sensible(directory, tags.ORIENTATION, 1), profile, findings=found, check=check)

    return open_tiff


def _image(
    directory: Directory, pixels: Pixels, access: str, fail_on: str
) -> tuple[VipsImage, Callable[[], None], Sequence[Finding]]:
    """The image, and what asks, once its pixels were taken, for what its decoder does not say."""
    if pixels.compression == OLD_JPEG:
        return open_old_jpeg(directory, access=access, fail_on=fail_on), nothing, ()
    layout = layout_of(directory, pixels)
    open_pixels = partial(tiff_colour.open_pixels, directory, access=access, fail_on=fail_on)
    if pixels.is_recoded:
        made = recoded(directory, layout, pixels)
        return open_pixels(made.layout, made.pixels, pieces=made.pieces), nothing, made.findings
    if pixels.is_light:
        reader = SampleReader(directory, pixels, access, fail_on)
        image, found = shown_light(partial(reader.all, layout), pixels.photometric)
        return image, nothing, found
    image = open_pixels(layout, pixels)
    if pixels.compression == JPEG and layout.tiled:
        return image, partial(check_for_rests, directory, layout), ()
    return image, nothing, ()
