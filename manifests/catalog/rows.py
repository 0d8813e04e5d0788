"""Rows to values and back: the one place that knows which column is which field."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from manifests.catalog.tables import pages, works
from manifests.model import Finding, Master, Page, PageState, Pyramid, Severity, State, Work


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


def timestamp(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def time_of(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def work_of(row: Row[Any]) -> Work:
    size = (row.first_width, row.first_height) if row.first_image else None
    return Work(
        id=row.id,
        root=row.root,
        folder=row.folder,
        label=row.label,
        state=State(row.state),
        updated=time_of(row.updated),
        pages=row.pages,
        generation=row.generation,
        text=row.text,
        first_image=row.first_image,
        first_size=size,
    )


WORK_COLUMNS = tuple(column for column in works.c if column.name != "number")
PAGE_COLUMNS = tuple(column for column in pages.c if column.name not in {"number", "work", "tiles"})


def page_of(row: Row[Any], image: str) -> PageRecord:
    """`tiles` may be left out of the row: lists of pages do without."""
    pyramid = Pyramid(
        file=row.pyramid,
        width=row.width,
        height=row.height,
        digest=row.pyramid_digest,
        length=row.pyramid_length,
        recipe=row.recipe,
        grey=bool(row.grey),
        index=getattr(row, "tiles", b""),
    )
    page = Page(
        id=row.id,
        image=image,
        label=row.label,
        file=row.file,
        sha256=row.sha256,
        master=Master(**row.master),
        pyramid=pyramid,
        text=row.text_format,
    )
    return PageRecord(page, PageState(row.state), row.length, row.mtime, row.text_file, row.text_stamp)


def page_values(known: PageRecord) -> dict[str, Any]:
    page, pyramid = known.page, known.page.pyramid
    return {
        "id": page.id,
        "state": known.state,
        "label": _plain(page.label),
        "file": page.file,
        "length": known.length,
        "mtime": known.mtime,
        "sha256": page.sha256,
        "master": asdict(page.master),
        "width": pyramid.width,
        "height": pyramid.height,
        "pyramid": pyramid.file,
        "pyramid_digest": pyramid.digest,
        "pyramid_length": pyramid.length,
        "recipe": pyramid.recipe,
        "grey": int(pyramid.grey),
        "text_file": known.text_file,
        "text_format": page.text,
        "text_stamp": known.text_stamp,
    } | ({"tiles": pyramid.index} if pyramid.index else {})


def _plain(label: Mapping[str, Any]) -> dict[str, list[str]]:
    return {language: list(strings) for language, strings in label.items()}


def finding_values(finding: Finding) -> dict[str, Any]:
    values = json.loads(json.dumps(dict(finding.values), default=str))
    return {"code": finding.code, "severity": finding.severity, "values": values}


def finding_of(row: Mapping[Any, Any]) -> Finding:
    return Finding(row["code"], Severity(row["severity"]), row["values"])


def staged_values(staged: Staged) -> dict[str, Any]:
    pyramid = {name: value for name, value in asdict(staged.pyramid).items() if name != "index"}
    return {
        "file": staged.file,
        "length": staged.length,
        "mtime": staged.mtime,
        "recipe": staged.pyramid.recipe,
        "pyramid": staged.pyramid.file,
        "tiles": staged.pyramid.index,
        "carved": {
            "sha256": staged.sha256,
            "master": asdict(staged.master),
            "pyramid": pyramid,
            "findings": [finding_values(finding) for finding in staged.findings],
        },
    }


def staged_of(row: Row[Any]) -> Staged:
    carved = row.carved
    return Staged(
        file=row.file,
        length=row.length,
        mtime=row.mtime,
        sha256=carved["sha256"],
        master=Master(**carved["master"]),
        pyramid=Pyramid(**carved["pyramid"], index=row.tiles),
        findings=tuple(finding_of(finding) for finding in carved["findings"]),
    )
