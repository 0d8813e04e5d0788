"""What a library's own record says of a work, as values: whatever format it was written in.

Texts are plain: what looks like mark-up in them is text, until whoever shows them decides (`presentation.markup`).
Languages are tags of BCP 47 (`vi`, `vi-Hani` for Nôm, `lzh-Hani` for Hán), `none` where the record does not say.
"""

from collections.abc import Mapping
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
    """An address of the Web. `label` may be empty."""

    address: str
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """Who gives the work: a library, an archive. `homepage` and `logo` are addresses, or empty."""

    label: Texts
    homepage: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class PageNote:
    """What a record says of one page. `page` is the stem of its file's name."""

    page: str
    label: Texts = field(default_factory=dict)
    behavior: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a work with its title: from `first` to `last`, both stems of file names, and the parts in it."""

    label: Texts
    first: str
    last: str
    chapters: tuple["Chapter", ...] = ()


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
    with the work (`requiredStatement`).
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
    part_of: PartOf | None = None


NOTHING = Record()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record and where it was read. `name` is the name of its reader, `place` the file, with its row where it has
    rows (`metadata.csv:3`)."""

    name: str
    place: str
    record: Record
