"""Collections described in a sheet, `collections.csv` or `.xlsx`: a row for each, under headings in Vietnamese, with
their marks or without, or English; `label@vi` gives the language of a column. The cells come from `csv_table`,
`xlsx_table`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import ModuleType

from manifests.addresses import TOP
from manifests.collection import CollectionRecord
from manifests.errors import N_
from manifests.metadata import csv_table, xlsx_table
from manifests.metadata.collection_file import bad, bad_value, is_address
from manifests.metadata.record import Texts
from manifests.metadata.stating import plain_key
from manifests.metadata.table import Cells
from manifests.metadata.texts import UNKNOWN, as_label, is_tag, joined, language_of, texts

FORMATS: Mapping[str, ModuleType] = {"collections.csv": csv_table, "collections.xlsx": xlsx_table}
FILES = tuple(FORMATS)

_HEADINGS: Mapping[str, str] = {
    plain_key(heading): name
    for name, headings in {
        "id": "id; mã; mã bộ sưu tập; collection",
        "label": "label; title; name; tên; nhan đề; tên bộ sưu tập",
        "summary": "summary; description; tóm tắt; mô tả; giới thiệu",
        "parent": "parent; thuộc; nằm trong; mã cha; thuộc bộ sưu tập",
        "logo": "logo; biểu trưng; hình",
        "homepage": "homepage; trang mạng; url; link; đường dẫn",
    }.items()
    for heading in headings.split("; ")
}


def read(name: str, content: bytes) -> list[CollectionRecord]:
    """`name` is that of the file. In the order of its rows. Raises BadRecord."""
    rows = [(number, cells) for number, cells in FORMATS[name].read(content).rows if any(c.strip() for c in cells)]
    if not rows:
        return []
    (_, headings), *filled = rows
    columns = [_column(heading) for heading in headings]
    if "id" not in [means for means, _ in columns]:
        raise bad(N_("it has no column `id` or `mã`"))
    return [_record(number, cells, columns) for number, cells in filled]


def _column(heading: str) -> tuple[str, str]:
    name, at, language = heading.strip().partition("@")
    means = _HEADINGS.get(plain_key(name), "")
    if name.strip() and not means:
        raise bad_value(
            N_("a heading"), heading, ["id", "label@vi", "label@en", "summary", "parent", "logo", "homepage"]
        )
    if at and not is_tag(language.strip()):
        raise bad_value(heading, language, ["vi", "vi-Hani", "lzh-Hani", "en", "fr", UNKNOWN])
    return means, language_of(language) if at else UNKNOWN


def _record(number: int, cells: Cells, columns: Sequence[tuple[str, str]]) -> CollectionRecord:
    said: dict[str, list[Texts]] = defaultdict(list)
    for (means, language), cell in zip(columns, cells, strict=False):
        if cell.strip() and means:
            said[means].append(texts([(language, cell)]))
    together = {means: joined(parts) for means, parts in said.items()}

    def one(means: str) -> str:
        return next((text for strings in together.get(means, {}).values() for text in strings), "")

    name = one("id")
    if not name:
        raise bad_value(f"{number}", "", ["id"])
    for means in ("logo", "homepage"):
        if one(means) and not is_address(one(means), may_be_ours=means == "logo"):
            raise bad_value(f"{number}", one(means), ["https://..."])
    return CollectionRecord(
        id=name,
        label=as_label(together.get("label", {})) or {UNKNOWN: [name]},
        summary=as_label(together.get("summary", {})),
        parent=one("parent") or TOP,
        logo=one("logo"),
        homepage=one("homepage"),
    )
