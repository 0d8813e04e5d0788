"""What a library's own record says of a work, as values: whatever format it was written in.

Texts are plain: what looks like mark-up in them is text, until whoever shows them decides (`presentation.markup`).
Languages are tags of BCP 47 (`vi`, `vi-Hani` for Nôm, `lzh-Hani` for Hán), `none` where the record does not say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, tuple[str, ...]]
"""Language to the strings in it, in the order of the record: a `model.LanguageMap` that can be compared."""

DIRECTIONS = ("left-to-right", "right-to-left", "top-to-bottom", "bottom-to-top")
"""Presentation 3.0 section 3.2, `viewingDirection`."""
BEHAVIORS = ("paged", "continuous", "individuals", "unordered")
"""Of a whole work, one of them: they exclude each other (Presentation 3.0 section 3.2, `behavior`)."""
PAGE_BEHAVIORS = ("facing-pages", "non-paged")
"""Of one page: an opening on one picture; a page that is not part of the sequence, such as a foldout spread out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record. `field` is a name of `fields.FIELDS`, or the heading as the record has it: nothing that a
    record says is dropped because nobody here knows its name."""

    field: str
    values: Texts


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the Web. `label` may be empty; `language` is a tag, empty where nobody says it."""

    address: str
    label: Texts = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the earth in degrees (WGS 84), east and north positive; a point where its sides are equal.

    One that crosses the line where the date changes has its west greater than its east.
    """

    west: float
    south: float
    east: float
    north: float
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """Who gives the work: a library, an archive. `homepage` and `logo` are addresses, or empty."""

    label: Texts
    homepage: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class PageNote:
    """What a record says of one page. `page` is the stem of its file's name, or of the file that it would have:
    `is_missing` says that there is none, `after` behind which page it belongs, where its name does not tell."""

    page: str
    label: Texts = field(default_factory=dict)
    behavior: str = ""
    note: Texts = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    is_missing: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a work with its title: from `first` to `last`, both stems of file names, and the parts in it. Without
    `last` it goes up to the next one beside it, or as far as the one around it."""

    label: Texts
    first: str
    last: str = ""
    chapters: tuple["Chapter", ...] = ()

    def names(self) -> Iterator[str]:
        """The pages that it names, and those in it."""
        yield from filter(None, (self.first, self.last))
        for chapter in self.chapters:
            yield from chapter.names()


@dataclass(frozen=True, slots=True)
class PageOrder:
    """Another order in which the pages can be read, such as that before a book was bound anew: stems of file names."""

    label: Texts
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartOf:
    """The set of volumes that the work is one of, or the newspaper or journal (`is_serial`) that it is an issue of.

    `id` is what that is to be called in addresses, or empty; `number` the volume's own, as it is written.
    """

    label: Texts
    id: str = ""
    number: str = ""
    is_serial: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """All that one record says, or several together (`merging`). What it does not say is empty.

    `id` is what the work is to be called in addresses; `rights` a URI of `rights`; `statement` what has to be shown
    with the work (`requiredStatement`); `start` the page to open at; `places` what it shows of the earth; `files` the
    names of the formats (`shared_formats`) in which its own files can be had. `sequence` are the pages that the work
    has in their order, scanned or not, where the record counts them; each by its name as in `pages`. `targets` are the
    colour charts and the like that were scanned beside them, by the stems of their files. `date` is one of
    EDTF (`dates`), `nav_date` a moment in UTC (`navDate`); where a record does not state them they follow from its line
    `date`.
    """

    id: str = ""
    label: Texts = field(default_factory=dict)
    summary: Texts = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    rights: str = ""
    statement: Texts = field(default_factory=dict)
    provider: Provider | None = None
    homepage: tuple[Link, ...] = ()
    direction: str = ""
    behavior: str = ""
    pages: tuple[PageNote, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    start: str = ""
    places: tuple[Place, ...] = ()
    orders: tuple[PageOrder, ...] = ()
    files: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    date: str = ""
    nav_date: str = ""
    part_of: PartOf | None = None
    targets: tuple[str, ...] = ()


NOTHING = Record()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record and where it was read. `name` is the name of its reader, `place` the file, with its row where it has
    rows (`metadata.csv:3`).

    `shared_as` is the format (`shared_formats`) in which others may have the file, empty where they may not, and
    `digest` its SHA-256. `body` is its content: there on the way into the catalogue, and not when asked what it says.
    """

    name: str
    place: str
    record: Record
    shared_as: str = ""
    digest: str = ""
    body: bytes = field(default=b"", compare=False, repr=False)
