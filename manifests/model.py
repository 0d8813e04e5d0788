"""The words of this project as values: work, page, master, pyramid, text, change, finding, hit.

All are frozen. Sizes and boxes are whole pixels of the upright image, which is also the canvas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

LanguageMap: TypeAlias = Mapping[str, Sequence[str]]
"""As in Presentation 3.0 section 4.1: a BCP 47 tag, or `none`, to the strings in that language."""


class State(StrEnum):
    """Who may know of a work: nobody yet, everybody, nobody any more (twice, for two reasons)."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class ChangeKind(StrEnum):
    """What a row of the change log says happened to a work."""

    CREATED = "created"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """`work` is the id that the work has today; `old_id` and `new_id` are those of a row that says it was renamed."""

    seq: int
    work: str
    kind: ChangeKind
    time: datetime
    old_id: str | None = None
    new_id: str | None = None


class Severity(StrEnum):
    """`error`: the file was refused. `warning`: taken in, someone should look. `note`: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one file; `manifests.findings` has its sentence."""

    code: str
    severity: Severity
    values: Mapping[str, Any] = field(default_factory=dict)


_OF_SEVERAL_PAGES = ("tiff", "pdf")
"""Formats in which each image stands for a page; in others several are an animation, a burst, a preview."""


@dataclass(frozen=True, slots=True)
class Master:
    """What the scanned file is, as found in it for one of its pages.

    `width` and `height` are those of the upright image. `bits` are per sample, `samples` per pixel with alpha.
    `colour` is one of grey, rgb, palette, cmyk, lab, ycbcr. `orientation` is the EXIF or TIFF value 1 to 8.
    `images` counts the images in the file, copies and masks left out. `ppi` is None where the file does not say.
    `page_label` is what the file calls the page, where it numbers its pages otherwise than by counting them.
    """

    format: str
    width: int
    height: int
    bits: int
    samples: int
    colour: str
    profile: str | None = None
    ppi: float | None = None
    orientation: int = 1
    compression: str | None = None
    images: int = 1
    page_label: str | None = None

    @property
    def pages(self) -> int:
        """How many pages the file holds."""
        return self.images if self.format in _OF_SEVERAL_PAGES else 1


@dataclass(frozen=True, slots=True)
class Pyramid:
    """The tiled pyramidal TIFF made from a master, and where in it each tile lies.

    `file` is a path below the library's folder, `digest` the SHA-256 of the file, `length` its bytes.
    `index` is opaque to the holdings: the image side packs the place of every tile, and what a stored tile needs in
    front of it, into these bytes and reads them back (`server.pyramid.tile_index`).
    """

    file: str
    width: int
    height: int
    digest: str
    length: int
    recipe: int
    grey: bool
    index: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class MasterHash:
    """The content of a master, and the length and time (nanoseconds) that it had when it was read.

    Without `sha256` it could not be read, and `finding` says why. `pages` is None where they could not be counted.
    """

    sha256: str | None
    length: int = 0
    mtime: int = 0
    finding: Finding | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many pages a master holds, None where that cannot be told: then each page says what is wrong with it. With
    `finding` nothing more is to be asked of the file.
    """

    pages: int | None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class MasterReport:
    """What looking into a master found: no `master` where it had to be refused."""

    sha256: str
    master: Master | None
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class PyramidResult:
    """What came of making a pyramid: none where the master was refused; `examined` says why."""

    examined: MasterReport
    pyramid: Pyramid | None


class Box(NamedTuple):
    """Left, top, width, height in canvas pixels."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the OCR read it. `line` counts the lines of the page; no box where the text has no places."""

    text: str
    line: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a page that belong together, a column or a paragraph: from `line` to that of the next block.

    `language` is a tag of BCP 47, `direction` one of `ltr rtl ttb btt`; None where the text does not say.
    """

    line: int
    language: str | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page in reading order, and the format they were read from (`alto`, `plain` ...). `blocks` are
    in order too, the first begins with the first line; none where nothing tells of any.
    """

    format: str
    words: Sequence[Word]
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One canvas. `file` is the master below its root, `number` the page's in it, from 1; `image` is the id under which
    the Image API serves it.
    """

    id: str
    image: str
    label: LanguageMap
    file: str
    sha256: str
    master: Master
    pyramid: Pyramid
    text: str | None = None
    number: int = 1
    is_target: bool = False
    """A colour chart or the like: kept, and its image answers, but no canvas and in no count."""
    behavior: str = ""
    """`facing-pages` or `non-paged` where the work's record says so (Presentation 3.0 section 3.2)."""

    @property
    def number_if_several(self) -> int | None:
        """None where it is all that its master holds."""
        return self.number if self.number > 1 or self.master.pages > 1 else None

    @property
    def width(self) -> int:
        return self.pyramid.width

    @property
    def height(self) -> int:
        return self.pyramid.height


@dataclass(frozen=True, slots=True)
class OcrEngine:
    """A program that reads words off a picture, as it is set to work: `languages` as it is asked for them (`vie+fra`),
    `model` what it has learnt, for each language the first digits of the SHA-256 of its data."""

    name: str
    version: str
    languages: str
    model: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """What OCR has read on one page.

    `file` is its ALTO below the library's folder, `sha256` the master whose picture was read: on another picture it
    does not stand. `confidence` is the mean of its words in percent, None where it found none. `instead_of` stands for
    the library's own text of the page where that was to be replaced, as long as it is the same.
    """

    engine: OcrEngine
    sha256: str
    file: str
    confidence: float | None = None
    instead_of: str | None = None


class PageState(StrEnum):
    """`missing`: kept although its master has gone. `pruned`: taken away; the row stays as a tombstone."""

    PRESENT = "present"
    MISSING = "missing"
    PRUNED = "pruned"


@dataclass(frozen=True, slots=True)
class Work:
    """One manifest: a book, map, letter or issue, without its pages (they are many and seldom all needed)."""

    id: str
    root: str
    folder: str
    label: LanguageMap
    state: State
    updated: datetime
    pages: int
    generation: int
    """Counts the texts that the work has had, so that the index can tell whether it has the newest."""
    text: str | None = None
    """The file below `text/` that holds the words of all pages; None where the work has no text."""
    first_image: str | None = None
    """The image that stands for the work in lists, where it has one."""
    first_size: tuple[int, int] | None = None
    nav_date: str = ""
    """When it came out, as an xsd:dateTime (Presentation 3.0 section 3.1, `navDate`); empty where nobody knows it so
    exactly."""


class FileKind(StrEnum):
    """What a file is to the library. `ocr`: the ALTO that OCR has written; `text`: the stored words of a work."""

    MASTER = "master"
    PYRAMID = "pyramid"
    TEXT = "text"
    OCR = "ocr"


class Fixity(StrEnum):
    """What reading a file anew has shown.

    `damaged`: its content is another one, although nobody seems to have written it, or the disk does not give it.
    `changed`: somebody has put another file in its place. `unread`: the system forbids to read it.
    """

    SOUND = "sound"
    DAMAGED = "damaged"
    CHANGED = "changed"
    MISSING = "missing"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class FixityCheck:
    """The last time that a file was read for its digest, and what came of it.

    `file` is a master's path below its `root`, any other's below the library, where `root` is empty. `digest` is what
    it was held against; held against another one, it counts for nothing. `mtime` (nanoseconds) is that of the file as
    it was found, 0 where there was none.
    """

    kind: FileKind
    root: str
    file: str
    digest: str
    verdict: Fixity
    checked: datetime
    mtime: int = 0


class Tier(StrEnum):
    """How well a hit matches, best first."""

    EXACT = "exact"
    MARKS = "marks"
    ERROR = "error"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a query stands: `boxes` one a printed line, `match` the words as printed."""

    work: str
    page: str
    tier: Tier
    boxes: Sequence[Box]
    before: str
    match: str
    after: str
