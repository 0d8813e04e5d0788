"""What manifests and collections of Presentation 2.1 write alike: texts, lists of one, pictures, links."""

from collections.abc import Sequence
from typing import Any

from manifests.addresses import Addresses
from manifests.model import LanguageMap
from manifests.presentation import thumbnails
from manifests.presentation.thumbnails import Thumbnail

CONTEXT = "http://iiif.io/api/presentation/2/context.json"
VERSION = 2
_IMAGE_CONTEXT = "http://iiif.io/api/image/2/context.json"
_IMAGE_PROFILE = "http://iiif.io/api/image/2/level2.json"

Json = dict[str, Any]


def thumbnail(picture: Thumbnail, addresses: Addresses) -> Json:
    base = addresses.image(VERSION, picture.image)
    return {
        "@id": f"{base}/{picture.request}",
        "@type": "dctypes:Image",
        "format": thumbnails.FORMAT,
        "width": picture.width,
        "height": picture.height,
        "service": {
            **image_service(base),
            "sizes": [{"width": width, "height": height} for width, height in picture.sizes],
        },
    }


def image_service(base: str) -> Json:
    return {"@context": _IMAGE_CONTEXT, "@id": base, "profile": _IMAGE_PROFILE}


def web_page(address: str, label: LanguageMap) -> Json:
    return {"@id": address, "label": text(label), "format": "text/html"}


def text(label: LanguageMap) -> Any:
    """A language map as section 4.3 has it: a string where the language is not known, else with its tag."""
    return one_or_list(
        [
            said if language == "none" else {"@value": said, "@language": language}
            for language, texts in label.items()
            for said in texts
        ]
    )


def one_or_list(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def where_said(name: str, value: Any) -> Json:
    """A property that is left out when there is nothing to say (an empty one is an error in 2.1)."""
    return {name: value} if value else {}
