"""By what name the text of a page is called: its master's stem, with `-` and its number where that holds several.

decisions.md, 19: `0001.xml` is the text of `0001.tif`, `report-2.xml` that of page 2 of `report.pdf`; a text of the
file's own stem holds all its pages, one behind another.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize

from manifests.catalog import PageRecord
from manifests.model import PageState


@dataclass(frozen=True, slots=True)
class PagesOfFile:
    """Of a master that holds `count` pages those that are pages of the work: id and number of each."""

    count: int
    pages: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class TextNames:
    """`of_page` by the page's id; `files` by the stem of each master that holds several pages. All in NFC."""

    of_page: Mapping[str, str]
    files: Mapping[str, PagesOfFile]

    @classmethod
    def of(cls, pages: Iterable[PageRecord]) -> "TextNames":
        known = list(pages)
        stems = {_stem(page) for page in known}
        files: dict[str, list[PageRecord]] = {}
        for page in known:
            if page.page.number_if_several is not None:
                files.setdefault(_stem(page), []).append(page)
        return cls(
            {page.page.id: _name(page, stems) for page in known},
            {
                stem: PagesOfFile(_count(of), [(page.page.id, page.page.number) for page in of])
                for stem, of in files.items()
            },
        )


def _count(pages: Sequence[PageRecord]) -> int:
    """A page that has gone only tells how many there were."""
    there = [page for page in pages if page.state == PageState.PRESENT]
    return max(page.page.master.pages for page in there or pages)


def _name(page: PageRecord, stems: Collection[str]) -> str:
    """A file that bears the name of a page goes before it: that page then bears the name of its own file in full."""
    number = page.page.number_if_several
    if number is None:
        return _stem(page)
    name = f"{_stem(page)}-{number}"
    return name if name not in stems else f"{normalize('NFC', PurePosixPath(page.page.file).name)}-{number}"


def _stem(page: PageRecord) -> str:
    return normalize("NFC", PurePosixPath(page.page.file).stem)
