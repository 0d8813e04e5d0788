"""Checksum lists beside masters (`*.md5`, `*.sha256`, the manifests of bags): compared, never believed or written."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests import findings
from manifests.catalog import PageRecord
from manifests.model import Finding

_LINE = re.compile(r"\\?([0-9a-fA-F]{32}|[0-9a-fA-F]{64})\s+[ *]?(.+)")
_LONGEST_LIST = 16 * 1024 * 1024
_MD5_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Checksums:
    """File name to (list, hex digits), as the lists of one folder say."""

    told: Mapping[str, tuple[str, str]]

    @classmethod
    def read(cls, lists: Iterable[Path]) -> "Checksums":
        told: dict[str, tuple[str, str]] = {}
        for file in lists:
            try:
                with file.open(encoding="utf-8-sig", errors="replace") as stream:
                    lines = stream.read(_LONGEST_LIST).splitlines()
            except OSError:
                continue  # a list that cannot be read says nothing against a master
            for line in lines:
                if match := _LINE.fullmatch(line.strip()):
                    name = PurePosixPath(match[2].replace("\\", "/")).name
                    told[normalize("NFC", name)] = (file.name, match[1].lower())
        return cls(told)

    def compare(self, file: Path, page: PageRecord | None, doubted: bool) -> Finding | None:
        """A finding where a list gives this master another checksum.

        SHA-256 is at hand; for MD5 the master is read once more, so only one that is new or was found wrong before.
        """
        told = self.told.get(normalize("NFC", file.name))
        if told is None or page is None:
            return None
        name, digits = told
        is_md5 = len(digits) == _MD5_DIGITS
        if is_md5 and not doubted:
            return None
        found = _md5(file) if is_md5 else page.page.sha256
        return None if found == digits else findings.make_finding("checksum-differs", list=name)


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
