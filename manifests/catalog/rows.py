"""Rows to values and back. Which column holds which field is said once, for both ways.

A field is held by the column of its own name; only what differs is written down here. So a new field needs a column in
`tables` and an upgrade in `schema`; where it has none, the first write fails with its name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from manifests.addresses import TOP
from manifests.catalog.tables import pages, records, works
from manifests.collection import Collection
from manifests.ids import image_id, split_image
from manifests.metadata.record import SourceRecord
from manifests.model import (
    Finding,
    LanguageMap,
    Master,
    OcrEngine,
    Page,
    PageState,
    Pyramid,
    Recognition,
    Severity,
    State,
    Work,
)


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page and what ingest compares to see whether its files have changed since.

    `length` and `mtime` (nanoseconds) are the master's; `text_stamp` stands for the text file's content.
    """

    page: Page
    state: PageState
    length: int
    mtime: int
    text_file: str | None = None
    text_stamp: str | None = None

    @property
    def is_shown(self) -> bool:
        """One of the pages that people see: neither taken away nor a target."""
        return self.state != PageState.PRUNED and not self.page.is_target


class FoundPage(NamedTuple):
    """A page with its tile index, and what must be known of its work to show it."""

    work_state: State
    record: PageRecord
    work_label: LanguageMap
    work_updated: datetime


class DocumentStamp(NamedTuple):
    """All about a stored document but its bytes, the work it tells of, and the collections in which people see that.
    None where none is stored."""

    work: Work
    maker: str | None
    digest: str | None
    stands_in: Sequence[Collection] = ()

    @property
    def updated(self) -> datetime:
        """When the public last saw anything of it change."""
        return max([self.work.updated, *(one.updated for one in self.stands_in if one.id != TOP)])


@dataclass(frozen=True, slots=True)
class Staged:
    """A finished pyramid that its work's transaction has not taken over yet."""

    file: str
    length: int
    mtime: int
    sha256: str
    master: Master
    pyramid: Pyramid
    findings: tuple[Finding, ...]
    number: int = 1


@dataclass(frozen=True, slots=True)
class KnownHash:
    """The content of a master that is not in its work's transaction yet, by what it was seen by. `file` is a name.

    `pages` are those that it holds; None where they were not counted.
    """

    file: str
    length: int
    mtime: int
    sha256: str
    pages: int | None = None


class FileFinding(NamedTuple):
    """What is said of a file or of a page of it. `number` is the page's in the file, where that holds several."""

    file: str
    page: str | None
    finding: Finding
    number: int | None = None


def _columns(kind: type, *, apart: Sequence[str] = (), **named: str) -> dict[str, str]:
    """Field to column; `apart` are the fields that no single column holds, `named` the columns of another name."""
    return {field.name: named.get(field.name, field.name) for field in fields(kind) if field.name not in apart}


_WORK = _columns(Work, apart=["first_size"])
_COLLECTION = _columns(Collection, apart=["shown_by"], parent="parent_id")
_RECORD = _columns(PageRecord, apart=["page"])
_PAGE = _columns(Page, apart=["image", "pyramid"], text="text_format", number="number_in_file")
_PYRAMID = _columns(Pyramid, apart=["index"], file="pyramid", digest="pyramid_digest", length="pyramid_length")

_HASH = _columns(KnownHash)
_SOURCE = _columns(SourceRecord, apart=["body"])
_RECOGNITION = _columns(Recognition, apart=["engine"])
_ENGINE = _columns(OcrEngine, name="engine")

WORK_COLUMNS = tuple(column for column in works.c if column.name not in {"number", "facets_recipe"})
PAGE_COLUMNS = tuple(column for column in pages.c if column.name not in {"number", "work", "position", "tiles"})
RECORD_COLUMNS = tuple(column for column in records.c if column.name not in {"work", "body"})


def _said(row: Row[Any]) -> dict[str, Any]:
    """All columns at once: asked for by their names one by one, the pages of a work take half as long again."""
    return dict(zip(row._fields, row, strict=True))


def _read(row: Row[Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return _of(_said(row), columns)


def _of(said: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return {field: said[column] for field, column in columns.items()}


def _written(value: Any, columns: Mapping[str, str]) -> dict[str, Any]:
    return {column: getattr(value, field) for field, column in columns.items()}


def work_of(row: Row[Any]) -> Work:
    return Work(first_size=(row.first_width, row.first_height) if row.first_image else None, **_read(row, _WORK))


def collection_of(row: Row[Any]) -> Collection:
    shown_by = (row.first_image, row.first_width, row.first_height) if row.first_image else None
    return Collection(shown_by=shown_by, **_read(row, _COLLECTION))


def page_of(row: Row[Any], image: str) -> PageRecord:
    """`tiles` may be left out of the row: lists of pages do without."""
    said = _said(row)
    pyramid = Pyramid(index=said.get("tiles", b""), **_of(said, _PYRAMID))
    return PageRecord(page=Page(image=image, pyramid=pyramid, **_of(said, _PAGE)), **_of(said, _RECORD))


def image_of(image: str | None, work: str) -> str | None:
    """The id of an image once its work is called so."""
    found = split_image(image) if image is not None else None
    return image_id(work, found[1]) if found is not None else None


def under(work: str, record: PageRecord) -> PageRecord:
    """The page as it is when its work is called so."""
    return replace(record, page=replace(record.page, image=image_id(work, record.page.id)))


def page_values(record: PageRecord) -> dict[str, Any]:
    """Without `tiles` where the page was read without: then what is stored of them stays."""
    page, pyramid = record.page, record.page.pyramid
    tiles = {"tiles": pyramid.index} if pyramid.index else {}
    return _written(record, _RECORD) | _written(page, _PAGE) | _written(pyramid, _PYRAMID) | tiles


def known_hash_of(row: Row[Any]) -> KnownHash:
    return KnownHash(**_read(row, _HASH))


def recognition_of(row: Row[Any]) -> Recognition:
    return Recognition(engine=OcrEngine(**_read(row, _ENGINE)), **_read(row, _RECOGNITION))


def recognition_values(recognition: Recognition) -> dict[str, Any]:
    return _written(recognition, _RECOGNITION) | _written(recognition.engine, _ENGINE)


def file_finding_of(row: Row[Any]) -> FileFinding:
    return FileFinding(row.file, row.page, finding_of(row._mapping), row.number_in_file)


def file_finding_values(said: FileFinding) -> dict[str, Any]:
    place = {"file": said.file, "page": said.page, "number_in_file": said.number}
    return place | finding_values(said.finding)


def source_record_of(row: Row[Any]) -> SourceRecord:
    return SourceRecord(**_read(row, _SOURCE))


def source_record_values(source: SourceRecord) -> dict[str, Any]:
    """Without `body` where the record was read without: then what is stored of it stays."""
    return _written(source, _SOURCE) | ({"body": source.body} if source.body else {})


def finding_values(finding: Finding) -> dict[str, Any]:
    values = json.loads(json.dumps(dict(finding.values), default=str))
    return {"code": finding.code, "severity": finding.severity, "values": values}


def finding_of(row: Mapping[Any, Any]) -> Finding:
    """From a row of the catalogue, or from what a staged pyramid holds."""
    return Finding(row["code"], Severity(row["severity"]), row["values"])


def staged_values(staged: Staged) -> dict[str, Any]:
    columns = {"file", "recipe", "index"}
    pyramid = {name: value for name, value in asdict(staged.pyramid).items() if name not in columns}
    return {
        "file": staged.file,
        "number_in_file": staged.number,
        "length": staged.length,
        "mtime": staged.mtime,
        "recipe": staged.pyramid.recipe,
        "pyramid": staged.pyramid.file,
        "tiles": staged.pyramid.index,
        "result": {
            "sha256": staged.sha256,
            "master": asdict(staged.master),
            "pyramid": pyramid,
            "findings": [finding_values(finding) for finding in staged.findings],
        },
    }


def staged_of(row: Row[Any]) -> Staged:
    result = row.result
    return Staged(
        file=row.file,
        length=row.length,
        mtime=row.mtime,
        sha256=result["sha256"],
        master=Master(**result["master"]),
        pyramid=Pyramid(**{**result["pyramid"], "file": row.pyramid, "recipe": row.recipe, "index": row.tiles}),
        findings=tuple(finding_of(finding) for finding in result["findings"]),
        number=row.number_in_file,
    )
