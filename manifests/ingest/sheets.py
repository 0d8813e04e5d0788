"""The sheets of records that lie beside the folders of works: read once in an ingest, asked for the row of each work.

decisions.md, 19: "`metadata.csv` or `.xlsx` in the folder above, by its column `folder` / `thư mục`". The row of a work
that is one file names the file, with its extension or without.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from manifests import findings
from manifests.ingest.folder import as_unused, is_sheet
from manifests.ingest.listing import PathFinding
from manifests.metadata import SHEET_READERS
from manifests.metadata.reader import BadRecord, Reading, content
from manifests.metadata.table import Table, folder_key, table_of
from manifests.model import Finding

NO_ROW = "record-no-row"

_KEPT = 8
"""Sheets in memory: works are taken in order of path, so one is used until the next begins."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What a sheet says of a work: `reading` in the row `place`, or what is wrong with it, or with the whole sheet."""

    sheet: Path
    place: str
    reading: Reading | None
    finding: Finding | None = None
    is_sheets: bool = False

    @property
    def is_missing(self) -> bool:
        """Nothing is wrong with the sheet: it has no row for the work."""
        return self.finding is not None and self.finding.code == NO_ROW


@dataclass(slots=True)
class Sheets:
    """Those of one ingest. A sheet that cannot be used is said once, not for each of its works."""

    _kept: dict[Path, Table | BadRecord] = field(default_factory=dict)
    _beside: dict[Path, Sequence[Path]] = field(default_factory=dict)
    _told: set[Path] = field(default_factory=set)

    def row_of(self, work: Path, *, is_file: bool) -> SheetRow | None:
        """None where no sheet lies beside the work."""
        sheet = next(iter(self._sheets_in(work.parent)), None)
        if sheet is None:
            return None
        table = self._table(sheet)
        if isinstance(table, BadRecord):
            return SheetRow(sheet, sheet.name, None, table.finding, is_sheets=True)
        try:
            names = [work.name, work.stem] if is_file else [work.name]
            found = next((row for name in names if (row := table.reading(name)) is not None), None)
        except BadRecord as error:
            return SheetRow(sheet, sheet.name, None, error.finding)
        if found is None:
            return SheetRow(sheet, sheet.name, None, findings.make_finding(NO_ROW, sheet=sheet.name))
        number, reading = found
        return SheetRow(sheet, f"{sheet.name}:{number}", reading)

    def say(self, sheets: Iterable[Path]) -> Iterator[PathFinding]:
        """What is to be said of sheets as such, where their folder is walked."""
        first, *others = sheets
        yield from as_unused(others)
        if not self.is_news(first):
            return
        table = self._table(first)
        if isinstance(table, BadRecord):
            yield first, table.finding
        else:
            yield from ((first, finding) for finding in _findings_of(table, first))

    def is_news(self, sheet: Path) -> bool:
        """The first time that something is to be said of it."""
        is_news = sheet not in self._told
        self._told.add(sheet)
        return is_news

    def _sheets_in(self, folder: Path) -> Sequence[Path]:
        if folder not in self._beside:
            self._beside = {folder: _sheets_in(folder)}
        return self._beside[folder]

    def _table(self, sheet: Path) -> Table | BadRecord:
        if sheet not in self._kept:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[sheet] = _read(sheet)
        return self._kept[sheet]


def in_order(sheets: Iterable[Path]) -> list[Path]:
    """The one that counts first."""
    return sorted(sheets, key=lambda sheet: list(_BY_NAME).index(sheet.name.lower()))


_BY_NAME: Mapping[str, ModuleType] = {name: reader for reader in SHEET_READERS for name in reader.FILES}


def _sheets_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return in_order(Path(entry.path) for entry in entries if is_sheet(Path(entry.path)) and entry.is_file())
    except OSError:
        return []  # the walk says what cannot be looked into


def _read(sheet: Path) -> Table | BadRecord:
    try:
        return table_of(_BY_NAME[sheet.name.lower()].read(content(sheet)))
    except BadRecord as error:
        return error


def _findings_of(table: Table, sheet: Path) -> Iterator[Finding]:
    if table.encoding is not None:
        yield findings.make_finding("record-recoded", encoding=table.encoding)
    if table.hidden:
        yield findings.make_finding("record-hidden", columns=", ".join(table.hidden)[:200])
    try:
        with os.scandir(sheet.parent) as entries:
            names = [name for entry in entries for name in (entry.name, Path(entry.name).stem)]
    except OSError:
        return
    here = {folder_key(name) for name in names}
    absent = {rows[0][0]: table.names[key] for key, rows in table.rows.items() if key not in here}
    lost = sorted([*absent, *table.nameless])
    if lost:
        yield findings.make_finding("record-row-absent", number=len(lost), row=lost[0], folder=absent.get(lost[0], "-"))
