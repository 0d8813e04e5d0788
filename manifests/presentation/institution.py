"""What all documents of a library have in common: who it is, and how large its images are given out."""

from dataclasses import dataclass

from manifests.scaling import UNLIMITED, Limits
from manifests.settings import Settings


@dataclass(frozen=True, slots=True)
class Institution:
    """`languages` are those of its web pages, as BCP 47 tags; `rights` is the address of a licence."""

    name: str = ""
    rights: str = ""
    languages: tuple[str, ...] = ()
    limits: Limits = UNLIMITED


UNNAMED = Institution()


def institution_of(settings: Settings) -> Institution:
    return Institution(settings.title, settings.rights, settings.languages, limits_of(settings))


def limits_of(settings: Settings) -> Limits:
    return Limits(settings.max_width, settings.max_height, settings.max_area)
