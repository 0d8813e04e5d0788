"""The rotation of an image request: what may be asked, and how large the picture is once it is turned.

Image API 3.0 and 2.1, section 4.3; how the number is written: 3.0 sections 4.7 and 4.8, 2.1 section 4.7.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, cos, radians, sin

from manifests.scaling import Extent
from server.image.region import decimal_text

_UNSEEN = 1 / 64
"""The part of a pixel by which a corner may reach beyond the turned picture: rather that than an empty row."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """Mirrored left to right first, then turned clockwise by `degrees`, 0 or more and less than 360."""

    degrees: Decimal = Decimal(0)
    mirrored: bool = False

    def __str__(self) -> str:
        return f"{'!' if self.mirrored else ''}{decimal_text(self.degrees)}"

    def __bool__(self) -> bool:
        return self.mirrored or self.degrees != 0

    @property
    def quarters(self) -> int | None:
        """Quarter turns, 0 to 3; None for an angle between them, which leaves corners empty."""
        return None if self.degrees % 90 else int(self.degrees) // 90

    def turned(self, size: Extent) -> Extent:
        """The least whole pixels that hold all of a picture of this size: nothing of it is lost, or made smaller."""
        if self.quarters is not None:
            return Extent(size.height, size.width) if self.quarters % 2 else size
        angle = radians(float(self.degrees))
        across, down = abs(cos(angle)), abs(sin(angle))
        return Extent(
            max(1, ceil(size.width * across + size.height * down - _UNSEEN)),
            max(1, ceil(size.width * down + size.height * across - _UNSEEN)),
        )
