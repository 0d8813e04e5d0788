"""What manifests and collections of Presentation 3.0 are both made of: language maps, pictures, links.

Models of iiif-prezi3, which know nothing of a work.
"""

from collections.abc import Sequence
from typing import Any

import iiif_prezi3 as prezi  # type: ignore[import-untyped]

from manifests.addresses import Addresses
from manifests.model import LanguageMap
from manifests.presentation import thumbnails
from manifests.presentation.downloads import Download
from manifests.presentation.thumbnails import Thumbnail

VERSION = 3


def linked(files: Sequence[Download], kind: str) -> list[dict[str, Any]] | None:
    """As `rendering` or `seeAlso` (section 3.3.1)."""
    return [
        {
            "id": file.address,
            "type": kind,
            "label": {tag: list(texts) for tag, texts in file.label.items()},
            "format": file.format,
            **({"profile": file.profile} if file.profile else {}),
        }
        for file in files
    ] or None


def thumbnail_of(thumbnail: Thumbnail | None, addresses: Addresses) -> list[Any] | None:
    if thumbnail is None:
        return None
    base = addresses.image(VERSION, thumbnail.image)
    return [
        prezi.AnnotationBody(
            id=f"{base}/{thumbnail.request}",
            type="Image",
            format=thumbnails.FORMAT,
            width=thumbnail.width,
            height=thumbnail.height,
            service=[image_service(base, sizes=[{"width": w, "height": h} for w, h in thumbnail.sizes])],
        )
    ]


def image_service(base: str, **more: Any) -> Any:
    return prezi.ServiceV3(id=base, type="ImageService3", profile="level2", **more)


def language_map(label: LanguageMap) -> Any:
    """Not checked by the model: its pattern knows no digits in a language tag, and `es-419` is one (BCP 47)."""
    return prezi.skeleton.LngString.model_construct(root={tag: list(texts) for tag, texts in label.items()})
