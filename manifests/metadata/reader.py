"""What a reader of records is, and how it says that a record cannot be used.

A reader is a module with a name, the names of the files that it reads, and one function from their bytes to a record;
`manifests.metadata` lists them. No format is known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from manifests import findings
from manifests.errors import N_
from manifests.metadata.record import Record
from manifests.model import Finding
from manifests.os_reasons import reason_of

LARGEST = 64 << 20
"""Bytes of a record. METS of a newspaper's year has twenty million; a sheet of 100,000 works about as many."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A record, and what there is to say of it."""

    record: Record
    findings: Sequence[Finding] = ()


class RecordReader(Protocol):
    """`NAME` is what `show` calls the format; `FILES` the names, in small letters, under which a folder has it."""

    NAME: str
    FILES: tuple[str, ...]

    def read(self, content: bytes) -> Reading:
        """Raises BadRecord and nothing else."""
        ...


class BadRecord(Exception):
    """A record that cannot be used; becomes a finding, and the work is taken in without it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def bad(reason: object) -> BadRecord:
    """`reason` says what is wrong and where; a sentence of ours is translated."""
    return BadRecord(findings.make_finding("record-refused", reason=str(reason)))


def bad_row(number: int, reason: str) -> BadRecord:
    """Of a sheet, by the number that a program shows beside it."""
    return BadRecord(findings.make_finding("record-row", row=str(number), reason=reason))


def bad_value(place: object, value: object, allowed: Sequence[str]) -> BadRecord:
    """A value that can only be one of a few."""
    return BadRecord(
        findings.make_finding("record-value", place=str(place), value=str(value)[:200], allowed=", ".join(allowed))
    )


def content(file: Path) -> bytes:
    """The whole file, unless it is larger than a record can be. Raises BadRecord."""
    try:
        with file.open("rb") as stream:
            found = stream.read(LARGEST + 1)
    except OSError as error:
        raise bad(reason_of(error)) from error
    if len(found) > LARGEST:
        raise BadRecord(findings.make_finding("record-too-large", limit=LARGEST >> 20))
    return found


def must_be_one(records: int) -> int:
    """The place of the only record there is. Raises BadRecord where there are none or several."""
    if not records:
        raise bad(N_("it holds no record of this kind"))
    if records > 1:
        raise bad(N_("it holds several records, and only one can be that of the work beside it"))
    return 0
