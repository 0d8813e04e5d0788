"""What manifests and collections of Presentation 2.1 are both made of: texts, pictures, links."""

from collections.abc import Sequence
from typing import Any

from manifests.addresses import Addresses
from manifests.model import LanguageMap
from manifests.presentation import thumbnails
from manifests.presentation.downloads import Download
from manifests.presentation.thumbnails import Thumbnail

CONTEXT = "http://iiif.io/api/presentation/2/context.json"
VERSION = 2
_IMAGE_CONTEXT = "http://iiif.io/api/image/2/context.json"
_IMAGE_PROFILE = "http://iiif.io/api/image/2/level2.json"

Json = dict[str, Any]


def linked(file: Download) -> Json:
    """As `rendering` or `seeAlso` (section 3.4)."""
    return {
        "@id": file.address,
        "label": text_of(file.label),
        "format": file.format,
        **where_said("profile", file.profile),
    }


def thumbnail_of(thumbnail: Thumbnail, addresses: Addresses) -> Json:
    base = addresses.image(VERSION, thumbnail.image)
    return {
        "@id": f"{base}/{thumbnail.request}",
        "@type": "dctypes:Image",
        "format": thumbnails.FORMAT,
        "width": thumbnail.width,
        "height": thumbnail.height,
        "service": {
            **image_service(base),
            "sizes": [{"width": width, "height": height} for width, height in thumbnail.sizes],
        },
    }


def image_service(base: str) -> Json:
    return {"@context": _IMAGE_CONTEXT, "@id": base, "profile": _IMAGE_PROFILE}


def web_page(address: str, label: LanguageMap) -> Json:
    return {"@id": address, "label": text_of(label), "format": "text/html"}


def text_of(label: LanguageMap) -> Any:
    """A language map as section 4.3 has it: a string where the language is not known, else with its tag."""
    return one_or_list(
        [
            text if language == "none" else {"@value": text, "@language": language}
            for language, texts in label.items()
            for text in texts
        ]
    )


def one_or_list(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def where_said(name: str, value: Any) -> Json:
    """A property that is left out when there is nothing to say (an empty one is an error in 2.1)."""
    return {name: value} if value else {}
