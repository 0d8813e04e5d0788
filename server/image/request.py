"""An image request as a value, and what it means on one image.

`ImageRequest` is what was asked, before any image is known; `str` prints it back. `Resolved` is what will be sent, in
whole pixels. Its `canonical` form is the address under which it should be asked, and its identity: two requests that
are answered alike have the same. Image API 3.0 section 4.8, 2.1 section 4.7.
"""

from dataclasses import dataclass, replace

from manifests.errors import LibraryError, Malformed
from manifests.model import Box
from manifests.scaling import Extent, Limits
from server.image.faults import Fault, request_error
from server.image.output_formats import DEFAULT, JPG, OutputFormat, Quality
from server.image.region import Region
from server.image.rotation import Rotation
from server.image.size import Size, SizeContext

SEPARATORS = "////."
REGION, SIZE, ROTATION, QUALITY, FORMAT = range(5)
"""The places of the parts, as in the address."""


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """`upscales`: this version of the API asks for upscaling without a mark."""

    version: int
    upscales: bool
    region: Region
    size: Size
    rotation: Rotation
    quality: Quality
    format: OutputFormat

    def __str__(self) -> str:
        return f"{self.region}/{self.size}/{self.rotation}/{self.quality.name}.{self.format.extension}"

    def resolve(self, width: int, height: int, limits: Limits, *, grey: bool = False, address: str = "") -> "Resolved":
        """On an image of this size. A `grey` image is grey in every quality but bitonal.

        `address`: what stands before the request in the image's address, for a refusal that names another one.
        """
        try:
            region = self.region.resolve(width, height)
        except LibraryError as error:
            raise self._refused(REGION, error) from error
        image = Extent(width, height)
        context = SizeContext(region, image, limits.of(image), self.upscales)
        try:
            size = self.size.resolve(context)
            self._check_sides(size, address)
        except LibraryError as error:
            raise self._refused(SIZE, error) from error
        the_default = not self.quality.bitonal and self.quality.grey <= grey
        quality = DEFAULT if the_default else self.quality
        return Resolved(self.version, context, region, *size, self.rotation, quality, self.format)

    def _check_sides(self, size: Extent, address: str) -> None:
        """A size that the format cannot hold, once turned, is wrong for it (section 4.5); as JPEG it may be served."""
        longest, reached = self.format.longest, max(self.rotation.turned(size))
        if reached <= longest:
            return
        if reached > JPG.longest:
            raise Malformed(
                "The format {format} holds at most {longest} pixels a side.",
                format=self.format.extension,
                longest=longest,
            )
        raise Malformed(
            "The format {format} holds at most {longest} pixels a side. As JPEG it is served: {request}",
            format=self.format.extension,
            longest=longest,
            request=f"{address}/{replace(self, format=JPG)}",
        )

    def _refused(self, part: int, error: LibraryError) -> LibraryError:
        parts = (self.region, self.size, self.rotation, self.quality.name, self.format.extension)
        return request_error([str(each) for each in parts], SEPARATORS, [Fault(part, error)])


@dataclass(frozen=True, slots=True)
class Resolved:
    """`region` lies inside the image, `width` and `height` are those before rotation. `context`: what it came from."""

    version: int
    context: SizeContext
    region: Box
    width: int
    height: int
    rotation: Rotation
    quality: Quality
    format: OutputFormat

    @property
    def turned(self) -> Extent:
        """The pixels that are sent, which a turn makes more."""
        return self.rotation.turned(Extent(self.width, self.height))

    @property
    def has_corners(self) -> bool:
        """Whether something is sent beside the picture itself."""
        return self.rotation.quarters is None

    @property
    def is_see_through(self) -> bool:
        return self.has_corners and self.format.transparent and not self.quality.bitonal

    @property
    def is_whole(self) -> bool:
        return self.region == (0, 0, *self.context.image)

    @property
    def canonical(self) -> str:
        region = "full" if self.is_whole else "{},{},{},{}".format(*self.region)
        size = self._canonical_size_2() if self.version == 2 else self._canonical_size_3()
        return f"{region}/{size}/{self.rotation}/{self.quality.name}.{self.format.extension}"

    def _canonical_size_3(self) -> str:
        """`max`, else `^max` where that is more than the region, else `w,h` or `^w,h`."""
        size = Extent(self.width, self.height)
        if size == self.context.largest(*self.context.region_size):
            return "max"
        enlarged = self.width > self.region.w or self.height > self.region.h
        if enlarged and size == self.context.largest_upscaled():
            return "^max"
        return f"{'^' if enlarged else ''}{self.width},{self.height}"

    def _canonical_size_2(self) -> str:
        """`full`, else `w,` where it keeps the proportions, else `w,h`."""
        size = Extent(self.width, self.height)
        if size == self.context.region_size:
            return "full"
        return f"{self.width}," if size == self.context.by_width(self.width) else f"{self.width},{self.height}"
