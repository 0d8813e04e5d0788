"""The files that hold the text of a whole work, or of all pages of a master: whose each of their pages is.

decisions.md, 19: a text that bears the name of no page is the work's where each of its pages says which page it is, or
where it has as many pages as the work; one that bears the name of a master of several pages is that master's. A file
of one page must bear the work's own name, or any note that lies there would be the text of a work of one page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from manifests import findings, text
from manifests.ingest.folder import as_unused
from manifests.ingest.listing import PathFinding
from manifests.ingest.text_names import PagesOfFile
from manifests.model import Finding
from manifests.text.choice import StemsOfPages
from manifests.text.reader import Unreadable


@dataclass(frozen=True, slots=True)
class WholeText:
    """`places` are the places in the file of the work's pages, by their ids."""

    opened: text.OpenText
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class WholeTexts:
    """What could be opened, and what is to be said of each file."""

    texts: Sequence[WholeText]
    notes: Sequence[PathFinding]

    @classmethod
    def open(
        cls,
        files: Iterable[Path],
        work: Path,
        pages: Sequence[tuple[str, str]],
        masters: Mapping[str, PagesOfFile],
        readers: Sequence[text.TextReader] = text.TEXT_READERS,
    ) -> "WholeTexts":
        """`pages` are id and stem of each page of the work, in order; `work` is its folder. `masters` are those that
        hold several pages, by their stems.
        """
        texts: list[WholeText] = []
        notes: list[PathFinding] = []
        stems = StemsOfPages(masters)
        for file in files:
            master = masters.get(stems.stem_for(file.name))
            try:
                opened = text.open_text(file, readers)
                whole, said = _judge(opened, work, pages) if master is None else _judge_of(opened, pages, master)
            except Unreadable as error:
                whole, said = None, [error.finding]
            texts += [whole] if whole is not None else []
            if any(finding.code == "unused" for finding in said):
                notes += as_unused([file])
            notes += [(file, finding) for finding in said if finding.code != "unused"]
        return cls(texts, notes)

    def of(self, page: str) -> Iterator[WholeText]:
        return (whole for whole in self.texts if page in whole.places)


def _judge(
    opened: text.OpenText, work: Path, pages: Sequence[tuple[str, str]]
) -> tuple[WholeText | None, Sequence[Finding]]:
    held = len(opened.pages)
    unused = findings.make_finding("unused")
    if held == 0 or (held == 1 and _bare(opened.file.stem) != _bare(work.name)):
        return None, [unused]
    named = _by_name(opened, pages)
    if named is not None:
        return WholeText(opened, named), [findings.make_finding("text-by-name", pages=held)]
    if held == len(pages):
        places = {page: place for place, (page, _) in enumerate(pages)}
        return WholeText(opened, places), [findings.make_finding("text-by-position", pages=held)]
    return None, [unused, findings.make_finding("text-other-pages", pages=held, work=len(pages))]


def _judge_of(
    opened: text.OpenText, pages: Sequence[tuple[str, str]], master: PagesOfFile
) -> tuple[WholeText | None, Sequence[Finding]]:
    """By the numbers of the pages: one that was refused has its place all the same."""
    held, ids = len(opened.pages), dict(master.pages)
    named = _by_name(opened, [(page, stem) for page, stem in pages if page in ids])
    if named is not None and held:
        return WholeText(opened, named), [findings.make_finding("text-by-name", pages=held)]
    if held == master.count:
        return WholeText(opened, {page: number - 1 for page, number in master.pages}), []
    about = findings.make_finding("text-other-pages", pages=held, work=master.count)
    return None, [findings.make_finding("unused"), about]


def _by_name(opened: text.OpenText, pages: Sequence[tuple[str, str]]) -> Mapping[str, int] | None:
    """Where each page of the file says which page of the work it is, and no two the same."""
    by_stem = {normalize("NFC", stem): page for page, stem in pages}
    stems = StemsOfPages(by_stem)
    called = [stems.stem_called(page.names) for page in opened.pages]
    places = {by_stem[stem]: place for place, stem in enumerate(called) if stem is not None}
    return places if len(places) == len(opened.pages) else None


def _bare(name: str) -> str:
    return normalize("NFC", name).casefold()
