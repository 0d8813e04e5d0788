"""What all documents of a library have in common: who it is, and how large its images are given out."""

from dataclasses import dataclass

from manifests.metadata.rights import rights_uri
from manifests.scaling import LONGEST_JPEG_SIDE, UNLIMITED, Limits
from manifests.settings import Settings

_SECONDS = 160e-9
"""Of what one image may take, for each of its pixels: the level that is read may have four times as many."""
_FOR_THE_ANSWER = 0.25
"""The share of the memory in which the answer grows, with `_BYTES` for each of its pixels."""
_BYTES = 0.5
_LEAST, _BYTES_A_COLUMN = 8 * 2**20, 8_400
"""What the rest has to hold: rows of tiles and of pixels of a level that is up to twice as wide as the answer.

All of this is what `server.image.cost` says of JPEG, which a test holds against it.
"""


@dataclass(frozen=True, slots=True)
class Institution:
    """`languages` are those of its web pages, as BCP 47 tags; `rights` is the URI of a licence that `metadata.rights`
    knows, `terms` an address of any other. `share_records`: others may have the files of its records."""

    name: str = ""
    rights: str = ""
    languages: tuple[str, ...] = ()
    limits: Limits = UNLIMITED
    share_records: bool = True
    terms: str = ""


UNNAMED = Institution()


def institution_of(settings: Settings) -> Institution:
    known = rights_uri(settings.rights)
    return Institution(
        settings.title,
        known or "",
        settings.languages,
        limits_of(settings),
        settings.share_records,
        terms="" if known else settings.rights,
    )


def limits_of(settings: Settings) -> Limits:
    """What the settings allow, and no more than what may be made: whatever is told of an image is served as JPEG."""
    memory = settings.max_image_memory * 2**20
    most = int(min(settings.max_image_seconds / _SECONDS, memory * _FOR_THE_ANSWER / _BYTES))
    return Limits(
        settings.max_width,
        settings.max_height,
        min(settings.max_area or most, most),
        nobody_set=not (settings.max_width or settings.max_height or settings.max_area),
        widest=min(LONGEST_JPEG_SIDE, int((memory * (1 - _FOR_THE_ANSWER) - _LEAST) / _BYTES_A_COLUMN)),
    )
