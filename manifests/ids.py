"""Identifiers and addresses: the only place where either is made.

A work's id comes from what the library calls it, a page's from its file's stem, never from a position, so that a page
inserted tomorrow moves no address of today. An identifier never becomes a path: the catalogue resolves it.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

LONGEST = 100
RESERVED = frozenset({"collection", "manifest", "canvas", "annotations", "top"})
IMAGE_JOINT = "~"
_LETTERS_THAT_DO_NOT_DECOMPOSE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plain(name: str) -> str:
    """`Sách cổ Hà Nội` is `Sach-co-Ha-Noi`: marks off, case kept, other runs to `-`; empty if nothing is left."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS_THAT_DO_NOT_DECOMPOSE)
    joined = re.sub(r"[^A-Za-z0-9._-]+", "-", letters)
    return joined.lstrip("._-")[:LONGEST].rstrip("-")


def hexed(text: str) -> str:
    """Six hex digits that tell two things of the same plain name apart, the same on every machine."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:6]


def with_suffix(identifier: str, suffix: str) -> str:
    """`identifier-suffix`, cut to the longest id allowed; the suffix is never cut."""
    room = LONGEST - len(suffix) - 1
    return f"{identifier[:room]}-{suffix}".lstrip("-")


def is_id(text: str) -> bool:
    return len(text) <= LONGEST and _ID.fullmatch(text) is not None


def image_id(work: str, page: str) -> str:
    return f"{work}{IMAGE_JOINT}{page}"


def split_image(image: str) -> tuple[str, str] | None:
    """The work and the page of an image id; None for anything that cannot be one."""
    work, joint, page = image.partition(IMAGE_JOINT)
    return (work, page) if joint and is_id(work) and is_id(page) else None


PLACEHOLDER = "http://mocban.invalid"
"""Stands for the public base in stored documents until a request says what it is (decision 9)."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every URI that the house gives out, under one public base (scheme and host, no slash at the end)."""

    base: str = PLACEHOLDER

    def home(self) -> str:
        return f"{self.base}/"

    def work_page(self, work: str) -> str:
        return f"{self.base}/works/{quote(work)}"

    def image(self, version: int, image: str) -> str:
        return f"{self.base}/iiif/image/{version}/{quote(image, safe='~')}"

    def manifest(self, version: int, work: str) -> str:
        return f"{self.base}/iiif/presentation/{version}/{quote(work)}/manifest"

    def canvas(self, work: str, page: str) -> str:
        """The same in 2.1, so that an annotation made in one version lies on the canvas of the other."""
        return f"{self.base}/iiif/presentation/3/{quote(work)}/canvas/{quote(page)}"

    def annotations(self, work: str, page: str, granularity: str) -> str:
        return f"{self.base}/iiif/presentation/3/{quote(work)}/annotations/{quote(page)}/{granularity}"

    def collection(self, version: int, collection: str, after: str | None = None) -> str:
        page = f"?after={quote(after, safe='')}" if after is not None else ""
        return f"{self.base}/iiif/presentation/{version}/collection/{quote(collection)}{page}"

    def search(self, version: int, work: str) -> str:
        return f"{self.base}/iiif/search/{version}/{quote(work)}"
