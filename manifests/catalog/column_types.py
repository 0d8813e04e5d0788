"""What a column may hold besides text, numbers and bytes: values of the model, and how SQLite keeps them.

A statement takes and gives values of the model; only here is it known how they are written. Times are ISO 8601 in UTC
to the second, so that they sort as text.
"""

import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from manifests.metadata.record import Record
from manifests.metadata.serial import from_json, to_json
from manifests.model import LanguageMap, Master

_TIME = "%Y-%m-%dT%H:%M:%SZ"


class Moment(TypeDecorator[datetime]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return value.astimezone(UTC).strftime(_TIME) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return datetime.strptime(value, _TIME).replace(tzinfo=UTC) if value is not None else None


class OneOf(TypeDecorator[StrEnum]):
    """A member of an enumeration, by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return self.choices(value) if value is not None else None


class Flag(TypeDecorator[bool]):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return int(value) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return bool(value) if value is not None else None


class Label(TypeDecorator[LanguageMap]):
    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LanguageMap | None, dialect: Dialect) -> Mapping[str, list[str]] | None:
        return {language: list(strings) for language, strings in value.items()} if value is not None else None


class MasterFacts(TypeDecorator[Master]):
    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Master | None, dialect: Dialect) -> dict[str, Any] | None:
        return asdict(value) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Master | None:
        return Master(**value) if value is not None else None


class Packed(TypeDecorator[bytes]):
    """Bytes of XML, of which a tenth is left."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return zlib.compress(value) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return zlib.decompress(value) if value is not None else None


class RecordSaid(TypeDecorator[Record]):
    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Record | None, dialect: Dialect) -> dict[str, Any] | None:
        return to_json(value) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Record | None:
        return from_json(value) if value is not None else None
