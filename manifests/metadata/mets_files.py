"""The files that METS names: which of them are images and which texts, the nearest to the masters first.

`fileSec` of METS 1.12 (https://www.loc.gov/standards/mets/), by what its groups are used for: MASTER, ORIGINAL,
PRESENTATION, MAX, DEFAULT, FULLTEXT, as Kitodo, the DFG Viewer and OCR-D call them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from manifests.metadata.xml_record import named
from manifests.text.choice import ENDINGS
from manifests.text.xml import Element, local_name

XLINK = "{http://www.w3.org/1999/xlink}"
_GROUPS = ("MASTER", "ORIGINAL", "ARCHIVE", "PRESENTATION", "LOCAL", "MAX", "DEFAULT", "OBJECTS", "IMAGES")
"""Groups of images, the nearest to the masters first; of others any that holds images."""
_TEXT_GROUPS = ("FULLTEXT", "ALTO", "HOCR", "TRANSCRIPTION")
_THUMBNAILS = 99
_TEXT_TYPES = ("text/", "application/xml", "application/alto", "application/vnd.prima.page", "application/xhtml")


@dataclass(frozen=True, slots=True)
class MetsFile:
    """`address` is a path below the folder of METS, or anywhere on the Web; `rank` says how far it is from a master."""

    address: str
    rank: int
    is_text: bool

    @property
    def stem(self) -> str:
        name = last_part(self.address)
        return name.rpartition(".")[0] or name


@dataclass(frozen=True, slots=True)
class MetsPage:
    """A page of the physical structure: what the record calls it, and the addresses of its images and texts."""

    name: str
    images: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def last_part(address: str) -> str:
    return unquote(urlsplit(address.replace("\\", "/")).path).rpartition("/")[2]


def path_below(address: str) -> tuple[str, ...]:
    """The parts of a path that leads downwards from the folder of METS; none of any other address."""
    try:
        split = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return ()
    parts = tuple(part for part in unquote(split.path).split("/") if part != ".")
    leads_away = split.scheme or split.netloc or "" in parts or ".." in parts or any("\0" in part for part in parts)
    return () if leads_away else parts


def files_of(root: Element) -> Mapping[str, MetsFile]:
    """By their ids: images and texts; what is neither (a PDF to be downloaded, sound) is none."""
    found: dict[str, MetsFile] = {}
    waiting = [(group, "") for section in named(root, "fileSec") for group in reversed(named(section, "fileGrp"))]
    while waiting:
        group, above = waiting.pop()
        use = group.get("USE", above).upper()
        for file in named(group, "file"):
            known = _file(file, use)
            if known is not None:
                found.setdefault(file.get("ID", ""), known)
        waiting += [(inner, use) for inner in reversed(named(group, "fileGrp"))]
    return found


def _file(file: Element, use: str) -> MetsFile | None:
    address = next((one.get(f"{XLINK}href", "").strip() for one in named(file, "FLocat")), "")
    try:
        name = last_part(address)
    except ValueError:  # brackets that are no address of IPv6
        return None
    kind = file.get("MIMETYPE", "").lower()
    if not name:
        return None
    if kind.startswith("image/"):
        return MetsFile(address, _rank(use), is_text=False)
    is_text = any(word in use for word in _TEXT_GROUPS) or kind.startswith(_TEXT_TYPES)
    if is_text or (not kind and name.lower().endswith(ENDINGS)):
        return MetsFile(address, 0, is_text=True)
    return MetsFile(address, _rank(use), is_text=False) if not kind else None


def _rank(use: str) -> int:
    if "THUMB" in use:
        return _THUMBNAILS
    return next((n for n, name in enumerate(_GROUPS) if name in use), len(_GROUPS))


def page_of(div: Element, files: Mapping[str, MetsFile]) -> MetsPage | None:
    """What a division shows; None where it is no page. One that is called a page and shows nothing was not scanned, and
    is called by its id."""
    here = [files[one] for one in _pointed_at(div) if one in files]
    images = sorted((file for file in here if not file.is_text), key=lambda file: file.rank)
    texts = tuple(file.address for file in here if file.is_text)
    if images:
        return MetsPage(images[0].stem, tuple(file.address for file in images), texts)
    is_page = div.get("TYPE", "").lower() == "page" and not named(div, "div", "fptr")
    return MetsPage(div.get("ID", "")) if is_page and div.get("ID") else None


def _pointed_at(div: Element) -> list[str]:
    return [
        one.get("FILEID", "")
        for pointer in named(div, "fptr")
        for one in pointer.iter()
        if isinstance(one.tag, str) and local_name(one) in ("fptr", "area")
    ]
