"""Records in a table: one row a work, in the sheet that lies beside the works' folders.

Headings are Vietnamese, with their marks or without, or English; `title@vi` gives the language of a column, `|` stands
between several values of a cell. A title and empty rows may stand above them. `config/metadata.csv` is the template.
The cells come from `csv_table`, `xlsx_table`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from unicodedata import normalize

from manifests import findings
from manifests.errors import N_
from manifests.metadata.coordinates import COORDINATES, places_in
from manifests.metadata.reader import BadRecord, Reading, bad, bad_row, bad_value
from manifests.metadata.record import (
    BEHAVIORS,
    DIRECTIONS,
    Entry,
    Link,
    PageNote,
    PartOf,
    Place,
    Provider,
    Record,
    Texts,
)
from manifests.metadata.stating import date_stated, field_named, nav_date_stated, plain_key, rights_said
from manifests.metadata.texts import UNKNOWN, is_tag, joined, language_of, texts
from manifests.model import Finding
from manifests.text.old_encodings import ENCODINGS, guess, recognise

NAME = "table"
Cells: TypeAlias = Sequence[str]

_NOTHING = ""
"""A column that says nothing of the work: the number of the row, one that people do not see."""
_SPECIAL: Mapping[str, str] = {
    plain_key(heading): name
    for name, headings in {
        "folder": "folder; thư mục; tên thư mục; directory",
        "id": "id; mã; mã tài liệu",
        "summary": "summary; tóm tắt; abstract",
        "rights": "rights; bản quyền; giấy phép; licence; license; quyền",
        "statement": "statement; lời ghi bản quyền; attribution",
        "provider": "provider; nơi lưu giữ; nơi cung cấp; held by; library; thư viện",
        "homepage": "homepage; trang mạng; url; link; đường dẫn",
        "direction": "viewing direction; hướng đọc",
        "behavior": "behavior; behaviour; cách trình bày",
        "start": "start; start page; trang mở đầu; mở ở trang",
        "coordinates": "coordinates; tọa độ; toạ độ",
        "missing": "missing; missing pages; trang thiếu; tờ thiếu",
        "edtf": "edtf",
        "nav-date": "nav-date; navdate",
        "set": "set; volume of; multi-volume work; thuộc bộ; tên bộ; nhan đề bộ; nhan đề chung",
        "serial": "serial; issue of; newspaper; journal; báo; tên báo; tạp chí; tên tạp chí; ấn phẩm định kỳ",
        _NOTHING: "stt; số tt; số thứ tự; tt; no.; no; #",
    }.items()
    for heading in headings.split("; ")
}
_FOLDER = "folder"
_EXAMPLE = "# "
"""Before the folder of a row that is left out, as in the template."""
_VALUE = re.compile(r'\s*("(?:[^"]|"")*"(?=\s*(?:\||$))|[^|]*)(?:\||$)')
"""Of a cell, up to the next bar; one in quotation marks may hold bars."""
_SPOILED = re.compile(r"#(?:REF|VALUE|NAME|NULL|NUM|SPILL|CALC|N/A|DIV/0)[!?]?|#+")
"""What a spreadsheet shows in place of a value that it does not have, or for which its column is too narrow."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""A long number as Excel writes it into CSV: its last digits are lost."""
_HEADINGS_WITHIN = 20
"""Filled rows: a title, the name of the library, a date."""
_WORD = re.compile(r"[^\s|;,\"]+")


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows that a file holds, each with its number as the program shows it; empty ones among them.

    Of a file that is in no Unicode the letters are those of Windows-1252, and may stand for Vietnamese ones. `hidden`
    are the places of columns that people do not see.
    """

    rows: Sequence[tuple[int, Cells]]
    is_unicode: bool = True
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading means: one of `_SPECIAL`, `title`, a field, or what stands there."""

    means: str
    language: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Table:
    """The rows by what their folder is known by (`folder_key`), and those that name none. `hidden` are headings of
    columns that were left out because people do not see them."""

    columns: Sequence[Column]
    rows: Mapping[str, Sequence[tuple[int, Cells]]]
    nameless: Sequence[int] = ()
    encoding: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    folder_at: int = 0
    hidden: Sequence[str] = ()

    def reading(self, folder: str) -> tuple[int, Reading] | None:
        """The row of a folder with its number; None where there is none. Raises BadRecord."""
        rows = self.rows.get(folder_key(folder), ())
        if not rows:
            return None
        as_written = [row for row in rows if _name(row[1], self.folder_at) == _last(folder).casefold()]
        rows = as_written if len(rows) > 1 and as_written else rows  # `1` and `0001`, where both folders are there
        if len(rows) > 1:
            raise BadRecord(findings.make_finding("record-rows", rows=", ".join(str(number) for number, _ in rows)))
        number, cells = rows[0]
        return number, _reading(number, cells, self.columns)


def folder_key(name: str) -> str:
    """Of a path its last part. Programs take the zeros off `0001`, and two folders do not differ in letter case."""
    key = _last(name).casefold()
    return key.lstrip("0") or "0" if key.isdecimal() else key


def _last(path: str) -> str:
    return re.split(r"[/\\]", normalize("NFC", path).strip().strip("/\\"))[-1]


def _name(cells: Cells, place: int) -> str:
    return _last(cells[place]).casefold() if place < len(cells) else ""


def has_folder_column(headings: Cells) -> bool:
    return any(_SPECIAL.get(plain_key(heading.partition("@")[0])) == _FOLDER for heading in headings)


def headings_among(rows: Iterable[Cells]) -> int | None:
    """The place of the headings among filled rows; None where none has the column of folders. A title above them that
    says `Thư mục` (which means a bibliography, too) stands alone in its row."""
    found = [(n, cells) for n, cells in zip(range(_HEADINGS_WITHIN), rows, strict=False) if has_folder_column(cells)]
    with_others = (place for place, cells in found if sum(1 for cell in cells if cell.strip()) > 1)
    return next(with_others, found[0][0] if found else None)


def table_of(raw: RawTable) -> Table:
    """Raises BadRecord where the headings cannot be understood."""
    filled = [(number, cells) for number, cells in raw.rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise bad(N_("it is empty"))
    words = [word for _, cells in filled for cell in cells for word in _WORD.findall(cell)]
    encoding = recognise(words) or (None if raw.is_unicode else guess(words))
    if encoding is not None:
        filled = [(number, [_decoded(cell, encoding) for cell in cells]) for number, cells in filled]
    begin = headings_among(cells for _, cells in filled)
    if begin is None:
        raise bad(N_("it has no column `folder` or `thư mục`"))
    (_, headings), *rows = filled[begin:]
    columns = [_column(heading) for heading in headings]
    place = next(index for index, column in enumerate(columns) if column.means == _FOLDER)
    unseen = [at for at in sorted(raw.hidden) if at < len(columns) and at != place and headings[at].strip()]
    columns = [Column(_NOTHING) if at in unseen else column for at, column in enumerate(columns)]
    by_folder: dict[str, list[tuple[int, Cells]]] = defaultdict(list)
    names: dict[str, str] = {}
    nameless = []
    for number, cells in rows:
        name = cells[place].strip() if place < len(cells) else ""
        if name.startswith(_EXAMPLE):
            continue
        if name:
            names.setdefault(folder_key(name), name)
            by_folder[folder_key(name)].append((number, cells))
        else:
            nameless.append(number)
    return Table(columns, by_folder, nameless, encoding, names, place, [headings[at].strip() for at in unseen])


def _decoded(cell: str, encoding: str) -> str:
    return _WORD.sub(lambda word: ENCODINGS[encoding](word.group()), cell)


def _column(heading: str) -> Column:
    name, at, language = heading.strip().partition("@")
    if at and not is_tag(language.strip()):
        raise bad_value(heading, language, ["vi", "vi-Hani", "lzh-Hani", "en", "fr", UNKNOWN])
    means = _SPECIAL.get(plain_key(name), field_named(name) or " ".join(name.split()))
    return Column(means, language_of(language) if at else UNKNOWN)


def _values(cell: str) -> list[str]:
    """Those between bars; `"a | b"` in quotation marks is one."""
    found = [value.strip() for value in _VALUE.findall(cell)]
    return [v[1:-1].replace('""', '"') if v[:1] == v[-1:] == '"' and "|" in v else v for v in found]


def _reading(number: int, cells: Cells, columns: Sequence[Column]) -> Reading:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise bad_row(number, N_("it has more cells than there are headings"))
    said: dict[str, list[Texts]] = defaultdict(list)
    rounded: list[Finding] = []
    for column, cell in zip(columns, cells, strict=False):
        if not cell.strip() or not column.means:
            continue
        if _SPOILED.fullmatch(cell.strip()):
            raise bad_value(f"{number}", cell.strip(), [N_("a text")])
        if _ROUNDED.fullmatch(cell.strip()):
            rounded.append(findings.make_finding("record-rounded", row=str(number), value=cell.strip()))
        else:
            said[column.means].append(texts((column.language, value) for value in _values(cell)))
    together = {means: joined(parts) for means, parts in said.items()}
    rights = rights_said(together.get("rights", {}))
    provider = together.get("provider")
    record = Record(
        id=_one(together, "id"),
        label=together.get("title", {}),
        summary=together.get("summary", {}),
        entries=tuple(Entry(means, values) for means, values in together.items() if means not in _PROPERTIES),
        rights=rights.uri,
        statement=together.get("statement") or rights.statement,
        provider=Provider(provider) if provider else None,
        homepage=tuple(Link(_address(number, text)) for text in _all(together, "homepage")),
        direction=_one_of(number, _one(together, "direction"), DIRECTIONS),
        behavior=_one_of(number, _one(together, "behavior"), BEHAVIORS),
        start=_one(together, "start"),
        places=tuple(place for text in _all(together, "coordinates") for place in _place(number, text)),
        pages=tuple(PageNote(stem, is_missing=True) for stem in _all(together, "missing")),
        date=date_stated(f"{number}", _one(together, "edtf")),
        nav_date=nav_date_stated(f"{number}", _one(together, "nav-date")),
        part_of=_part_of(together),
    )
    return Reading(record, [*rights.findings, *rounded])


def _part_of(together: Mapping[str, Texts]) -> PartOf | None:
    """The column `volume`, which is a line of the record too, says which of the set it is."""
    for key in ("set", "serial"):
        if key in together:
            return PartOf(together[key], number=_one(together, "volume"), is_serial=key == "serial")
    return None


_PROPERTIES = {*_SPECIAL.values(), "title"}


def _all(together: Mapping[str, Texts], means: str) -> list[str]:
    return [text for strings in together.get(means, {}).values() for text in strings]


def _one(together: Mapping[str, Texts], means: str) -> str:
    return next(iter(_all(together, means)), "")


def _one_of(number: int, value: str, allowed: tuple[str, ...]) -> str:
    if value and value not in allowed:
        raise bad_value(f"{number}", value, allowed)
    return value


def _place(number: int, text: str) -> tuple[Place, ...]:
    found = places_in(text)
    if not found:
        raise bad_value(f"{number}", text, COORDINATES)
    return found


def _address(number: int, text: str) -> str:
    if not re.fullmatch(r"https?://\S+", text):
        raise bad_value(f"{number}", text, ["https://..."])
    return text
