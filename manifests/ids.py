"""Identifiers of works, pages and images: the only place where they are made.

A work's id comes from what the library calls it, a page's from its file's stem, never from a position, so that a page
inserted tomorrow moves no address of today. An identifier never becomes a path: the catalogue resolves it.
"""

import re
import unicodedata

MAX_LENGTH = 100
RESERVED = frozenset({"collection", "manifest", "canvas", "annotations", "top"})
IMAGE_JOINT = "~"
_LETTERS_THAT_DO_NOT_DECOMPOSE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def slug(name: str) -> str:
    """`Sách cổ Hà Nội` is `Sach-co-Ha-Noi`: marks off, case kept, other runs to `-`; empty if nothing is left."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS_THAT_DO_NOT_DECOMPOSE)
    joined = re.sub(r"[^A-Za-z0-9._-]+", "-", letters)
    return joined.lstrip("._-")[:MAX_LENGTH].rstrip("-")


def with_suffix(identifier: str, suffix: str) -> str:
    """`identifier-suffix`, cut to the longest id allowed; the suffix is never cut."""
    room = MAX_LENGTH - len(suffix) - 1
    return f"{identifier[:room]}-{suffix}".lstrip("-")


def is_id(text: str) -> bool:
    return len(text) <= MAX_LENGTH and _ID.fullmatch(text) is not None


def is_work_id(text: str) -> bool:
    """Whether a work may be called so: addresses use the reserved words themselves."""
    return is_id(text) and text.casefold() not in RESERVED


def image_id(work: str, page: str) -> str:
    return f"{work}{IMAGE_JOINT}{page}"


def split_image(image: str) -> tuple[str, str] | None:
    """The work and the page of an image id; None for anything that cannot be one."""
    work, joint, page = image.partition(IMAGE_JOINT)
    return (work, page) if joint and is_id(work) and is_id(page) else None
