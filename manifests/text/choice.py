"""Which file holds the text of a page: the stem says whose, the root element which format, the format which is first.

Programs name the text of `0001.tif` in many ways: `0001.xml`, `0001_alto.xml`, `0001.tif.txt`; and a disk that ignores
the case of letters gives `img1.txt` to `IMG1.TIF`. Nothing here walks a folder: the walk hands in the files.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from unicodedata import normalize

from manifests import findings
from manifests.master_formats import by_extension
from manifests.model import Finding
from manifests.text.reader import TextReader, Unreadable, head

ENDINGS = (".xml", ".hocr", ".html", ".htm", ".xhtml", ".txt")
_KIND_AT_ITS_END = re.compile(r"(?<=.)[._-](alto|page|hocr|ocr)$", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,18}")
_NUMBER_OF_PAGE = re.compile(r"(.+)-[0-9]{1,9}", re.DOTALL)
_NUMBER_AT_ITS_END = re.compile(r"(?<![0-9])[0-9]{1,18}$")


@dataclass(frozen=True, slots=True)
class TextChoice:
    """`left` could have been read as well; `empty` are of no bytes; nothing here reads `unused`."""

    taken: Path | None
    reader: TextReader | None
    left: Sequence[Path]
    unused: Sequence[Path]
    empty: Sequence[Path] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        for file in self.empty:
            yield findings.make_finding("text-empty", file=_short_path(file))
        if self.taken is not None and self.left:
            left = ", ".join(_short_path(file) for file in self.left)
            yield findings.make_finding("text-choice", taken=_short_path(self.taken), left=left)


def stems_of(name: str) -> Sequence[str]:
    """The stems of masters whose text this may be, in NFC, the likeliest first."""
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), None)
    stems = [normalize("NFC", name[: -len(ending)] if ending is not None else Path(name).stem)]
    stems.append(_KIND_AT_ITS_END.sub("", stems[0]))
    stems += [stem[: -len(Path(stem).suffix)] for stem in stems if by_extension(Path(stem)) is not None]
    return list(dict.fromkeys(stems))


class StemsOfPages:
    """Finds the page that a text belongs to, by the stems of a work's masters."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = {normalize("NFC", stem) for stem in stems}
        alike = Counter(stem.casefold() for stem in self._stems)
        self._by_case: Mapping[str, str] = {s.casefold(): s for s in self._stems if alike[s.casefold()] == 1}
        numbers = [(int(at.group()), s) for s in self._stems if (at := _NUMBER_AT_ITS_END.search(s)) is not None]
        used = Counter(number for number, _ in numbers)
        self._by_number: Mapping[int, str] = {number: s for number, s in numbers if used[number] == 1}

    def stem_for(self, text: str) -> str:
        """The stem, in NFC, of the master whose text a file of this name is; else of none that is here."""
        stems = stems_of(text)
        exact = next((stem for stem in stems if stem in self._stems), None)
        if exact is not None:
            return exact
        return next((self._by_case[s.casefold()] for s in stems if s.casefold() in self._by_case), stems[0])

    def master_for(self, text: str) -> str:
        """As `stem_for`, where these are masters that may hold several pages: `report-2.xml` may be of `report.pdf`."""
        stem = self.stem_for(text)
        of_page = _NUMBER_OF_PAGE.fullmatch(stem)
        return self.stem_for(of_page[1]) if of_page is not None and not self.has(stem) else stem

    def has(self, stem: str) -> bool:
        return stem in self._stems

    def stem_called(self, names: Iterable[str]) -> str | None:
        """The stem, in NFC, of the master that a text file calls by one of these names: those of images, with or
        without a path of any system, ids, numbers. A number is that of the master `scan_0012` too, however many zeros
        stand before it.
        """
        for name in names:
            bare = normalize("NFC", PureWindowsPath(name.strip()).name)  # knows / and \\ as well
            image = bare[: -len(Path(bare).suffix)] if by_extension(Path(bare)) is not None else bare
            number = self._by_number.get(int(bare)) if _NUMBER.fullmatch(bare) else None
            found = self._as_spelled(image) or self._as_spelled(bare) or number
            if found is not None:
                return found
        return None

    def _as_spelled(self, stem: str) -> str | None:
        return stem if stem in self._stems else self._by_case.get(stem.casefold())


def place_of(stem: str, pages: Sequence[Sequence[str]]) -> int | None:
    """The place of the page that a text file calls by the stem of a master; None where it calls none so, or several.

    `pages` are the names that the file has for each of its pages.
    """
    stems = StemsOfPages([stem])
    places = [place for place, names in enumerate(pages) if stems.stem_called(names) is not None]
    return places[0] if len(places) == 1 else None


def choose(
    files: Sequence[Path], readers: Sequence[TextReader], known: Sequence[tuple[TextReader, Path]] = ()
) -> TextChoice:
    """Of the texts of one page the one whose reader stands first; of two of a format the one that was found first.

    `known` are files whose reader is known already; they stand behind the others of their format.
    """
    empty = [file for file in files if _is_empty(file)]
    claimed = [*((reader_of(file, readers), file) for file in files if file not in empty), *known]
    ours = [(reader, file) for reader, file in claimed if reader is not None]
    ours.sort(key=lambda pair: readers.index(pair[0]))
    unused = [file for reader, file in claimed if reader is None]
    if not ours:
        return TextChoice(None, None, (), unused, empty)
    (reader, taken), *left = ours
    return TextChoice(taken, reader, [file for _, file in left], unused, empty)


def reader_of(file: Path, readers: Sequence[TextReader]) -> TextReader | None:
    try:
        start = head(file)
    except Unreadable:
        return None
    return next((reader for reader in readers if reader.sniff(start, file.name)), None)


def _is_empty(file: Path) -> bool:
    try:
        return file.stat().st_size == 0
    except OSError:
        return False


def _short_path(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
