"""A library of many works with records and no images, for `bench.bench_catalogue`: the same in each run.

Two works in three are books, the rest in turn everything else; records name language, date and kind as libraries write
them. The first work is stored as an ingest stores it, documents and all; the others have its rows under ids of their
own, so that ten thousand are there in minutes. Every tenth has its manifests, which is what is asked for.
"""

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from manifests.catalog import Catalog, PageRecord, WorkUpdate
from manifests.collection import member_key
from manifests.documents import DocumentBuilder
from manifests.ids import image_id
from manifests.library import Library
from manifests.metadata.merging import merged
from manifests.metadata.record import Entry, Record, SourceRecord
from manifests.metadata.serial import to_json
from manifests.model import Master, Page, PageState, Pyramid, State, Work
from manifests.settings import Settings

WORKS, PAGES = 10_000, 300
WITH_MANIFESTS = 10
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)

_LANGUAGES = (("Tiếng Việt",), ("vi-Hani",), ("lzh-Hani",), ("fr",), ("vi", "fr"), ("en",), ("Tiếng Chăm",))
_KINDS = ("Sách", "Bản đồ", "Thư từ", "Báo", "Tạp chí", "Ảnh chụp", "Châu bản", "Gia phả", "Sổ ghi chép")
_BYTES_OF_TILES = 900
"""As many as the index of a page of 2000x3000 pixels takes."""


def name_of(number: int) -> str:
    return f"work-{number:05}"


def record_of(number: int) -> Record:
    dice = random.Random(number)
    year = 1600 + int(dice.betavariate(5, 2) * 420)
    date = dice.choice((str(year), f"[{year}?]", f"{year}-{year + 12}", f"Tự Đức ({year})"))
    kind = "Sách" if number % 3 else dice.choice(_KINDS)
    entries = (
        Entry("creator", {"vi": (f"Nguyễn Văn {dice.randrange(3000)}",)}),
        Entry("date", {"none": (date,)}),
        Entry("language", {"none": dice.choice(_LANGUAGES)}),
        Entry("type", {"vi": (kind,)}),
        Entry("subject", {"vi": (f"Chủ đề {dice.randrange(500)}", "Lịch sử")}),
        Entry("shelfmark", {"none": (f"R.{number}",)}),
    )
    label = {"vi": (f"Nhan đề thứ {number}",), "fr": (f"Titre {number}",)}
    return Record(label=label, summary={"vi": ("Tóm tắt. " * 20,)}, entries=entries)


def update_of(number: int, pages: int, builder: DocumentBuilder, said_of: int | None = None) -> WorkUpdate:
    """`said_of`: the work whose record it gets."""
    name, record = name_of(number), record_of(number if said_of is None else said_of)
    records = [_page(name, at) for at in range(1, pages + 1)]
    sources = [SourceRecord("table", f"metadata.csv:{number}", record)]
    label = {tag: list(texts) for tag, texts in record.label.items()}
    work = Work(name, "scans", name, label, State.PUBLIC, NOON, pages, 0)
    documents = builder.make(work, [known.page for known in records], merged(sources).record)
    return WorkUpdate(name, "scans", name, label, False, False, records, records=sources, documents=documents)


def _page(work: str, number: int) -> PageRecord:
    page = f"{number:04}"
    master = Master("tiff", 2000, 3000, 8, 3, "rgb", "sRGB", 400.0)
    index = b"\x07" * _BYTES_OF_TILES
    pyramid = Pyramid(f"pyramids/{work}/{page}.tif", 2000, 3000, "d" * 64, 1_300_000, 2, False, index)
    made = Page(page, image_id(work, page), {"none": [page]}, f"{work}/{page}.tif", "a" * 64, master, pyramid)
    return PageRecord(made, PageState.PRESENT, 18_000_000, 1_700_000_000_000_000_000)


def fill(folder: Path, works: int, pages: int) -> None:
    """Makes the library anew."""
    settings = Settings(languages=("vi", "en"))
    library = Library.create(folder, settings)
    library.close()
    file = folder / "catalog.sqlite"
    catalog = Catalog.open(file)
    builder = DocumentBuilder(settings)
    first = update_of(0, pages, builder)
    catalog.save(first, NOON)
    for start in range(1, works, 1000):
        copied = range(start, min(start + 1000, works))
        _copy(file, first, copied)
    catalog.close()
    Catalog.open(file).close()  # takes the facets of what was copied


def _copy(file: Path, first: WorkUpdate, copied: Sequence[int]) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000")
        work = _columns(connection, "works")
        page = _columns(connection, "pages", leaving=("number",))
        record, member = _columns(connection, "records"), _columns(connection, "members")
        for number in copied:
            named = {"number": number + 1, "id": name_of(number), "folder": name_of(number), "facets_recipe": 0}
            said = {**named, "first_image": image_id(name_of(number), "0001"), "label": _json(record_of(number).label)}
            _insert(connection, "works", work, said)
            _insert(connection, "pages", page, {"work": number + 1})
            _insert(connection, "changes", _columns(connection, "changes", leaving=("seq",)), {"work": number + 1})
            _insert(connection, "records", record, {"work": number + 1, "record": _record_of(number)})
            _insert(connection, "members", member, {"work": number + 1, "key": member_key(name_of(number))})
            if number % WITH_MANIFESTS == 0:
                connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", _manifests(first, number))
        connection.execute("UPDATE collections SET works = (SELECT count(*) FROM members WHERE is_shown)")


def _columns(connection: sqlite3.Connection, table: str, leaving: Sequence[str] = ()) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in leaving]


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], changed: dict[str, Any]) -> None:
    """The rows of the first work, some columns changed."""
    chosen = ", ".join("?" if column in changed else f'"{column}"' for column in columns)
    key = "number" if table == "works" else "work"
    into = ", ".join(f'"{column}"' for column in columns)
    values = [changed[column] for column in columns if column in changed]
    connection.execute(f"INSERT INTO {table} ({into}) SELECT {chosen} FROM {table} WHERE {key} = 1", values)  # noqa: S608 -- our names


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _record_of(number: int) -> str:
    return _json(to_json(record_of(number)))


def _manifests(first: WorkUpdate, number: int) -> Iterator[tuple[int, int, str, str, bytes]]:
    for version, (maker, digest, body) in first.documents.items():
        named = body.replace(name_of(0).encode(), name_of(number).encode())
        yield number + 1, version, maker, f"{digest}-{number}", named
