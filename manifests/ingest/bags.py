"""Bags (BagIt, RFC 8493): whether one is whole, before anything in it is read.

Whole is a bag that holds every file that its manifests list, with as many bytes as `Payload-Oxum` says. No payload file
is opened for that: what is in it is compared with the manifest where it is hashed anyway (`checksums`). A bag that is
not whole is refused as a whole, for it is one delivery, often still on its way. What was added to one is said.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from manifests import findings
from manifests.errors import N_
from manifests.ingest.listing import PathFinding
from manifests.ingest.passed_over import is_passed_over
from manifests.model import Finding
from manifests.natural_order import natural_key
from manifests.os_reasons import reason_of

DECLARATION = "bagit.txt"
"""RFC 8493, section 2.1.1: what makes a folder a bag."""
PAYLOAD = "data"
_VERSION = re.compile(r"\ufeff?BagIt-Version:\s*\d+\.\d+\s*")
_MANIFEST = re.compile(r"manifest-[a-z0-9]+\.txt")
_TAG_MANIFEST = re.compile(r"tagmanifest-(?P<algorithm>md5|sha1|sha224|sha256|sha384|sha512)\.txt")
_LINE = re.compile(r"(?P<digits>[0-9a-fA-F]+)\s+\*?(?P<path>.*\S)\s*")
_OXUM = re.compile(r"Payload-Oxum:\s*(?P<bytes>\d{1,18})\.(?P<files>\d{1,12})\s*", re.IGNORECASE)
_ENCODED = re.compile(r"%(0A|0D|25)", re.IGNORECASE)
_LONGEST_TAG_FILE = 64 << 20


class _Unusable(Exception):
    """`reason` says why the bag cannot be checked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class BagCheck:
    """`fault` says why the bag is refused; `notes` what else there is to say."""

    fault: Finding | None = None
    notes: tuple[PathFinding, ...] = ()


def check_bag(bag: Path) -> BagCheck:
    """Never raises: what cannot be read is a fault."""
    try:
        return _Bag(bag).check()
    except _Unusable as error:
        return BagCheck(notes=((bag, findings.make_finding("bag-unchecked", reason=error.reason)),))
    except OSError as error:
        return BagCheck(findings.make_finding("bag-unreadable", reason=reason_of(error)))


@dataclass(slots=True)
class _Bag:
    path: Path
    _names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._names = frozenset(os.listdir(self.path))

    def check(self) -> BagCheck:
        self._check_declaration()
        manifests = [name for name in sorted(self._names) if _MANIFEST.fullmatch(name)]
        if not manifests:
            raise _Unusable(N_("it has no manifest of its payload"))
        listed = [{path for path, _ in self._lines(name)} for name in manifests]
        there = self._payload()
        missing = sorted(set().union(*listed) - there.keys(), key=natural_key)
        if missing:
            return BagCheck(findings.make_finding("bag-incomplete", number=len(missing), first=missing[0]))
        fault = self._oxum([there[path] for path in set().union(*listed)])
        unlisted = {path for path in there.keys() - set.intersection(*listed) if not _is_passed_over(path)}
        return BagCheck(fault, (*self._unlisted(sorted(unlisted, key=natural_key)), *self._changed_tag_files()))

    def _unlisted(self, paths: list[str]) -> Iterator[PathFinding]:
        if paths:
            yield self.path, findings.make_finding("bag-unlisted", number=len(paths), first=paths[0])

    def _check_declaration(self) -> None:
        with (self.path / DECLARATION).open(encoding="utf-8", errors="replace") as lines:
            if not _VERSION.fullmatch(lines.readline(200)):
                raise _Unusable(N_("bagit.txt does not say a version of BagIt"))

    def _lines(self, name: str) -> Iterator[tuple[str, str]]:
        """Path in NFC, and digits. A path that leads out of the payload is no path of a bag."""
        with (self.path / name).open(encoding="utf-8-sig", errors="replace") as lines:
            for line in lines:
                found = _LINE.fullmatch(line)
                if found is None:
                    if line.strip():
                        raise _Unusable(N_("a line of a manifest cannot be understood"))
                    continue
                path = normalize("NFC", _ENCODED.sub(lambda code: chr(int(code[1], 16)), found["path"]))
                parts = path.removeprefix("./").split("/")
                if ".." in parts or not parts[0] or (parts[0] != PAYLOAD) == (_MANIFEST.fullmatch(name) is not None):
                    raise _Unusable(N_("a manifest names a path outside of the bag"))
                yield "/".join(parts), found["digits"].lower()

    def _payload(self) -> dict[str, int]:
        """Length by path; links to folders are not followed."""
        found: dict[str, int] = {}
        waiting = [(self.path / PAYLOAD, PAYLOAD)]
        while waiting:
            folder, name = waiting.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    below = f"{name}/{normalize('NFC', entry.name)}"
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((Path(entry.path), below))
                    else:
                        found[below] = entry.stat().st_size
        return found

    def _oxum(self, lengths: list[int]) -> Finding | None:
        """A file that a manifest lists twice is one; a bag to which files were added may count them."""
        if "bag-info.txt" not in self._names:
            return None
        with (self.path / "bag-info.txt").open(encoding="utf-8-sig", errors="replace") as lines:
            said = next((found for line in lines if (found := _OXUM.fullmatch(line))), None)
        if said is None or (int(said["files"]) == len(lengths) and int(said["bytes"]) == sum(lengths)):
            return None
        if int(said["files"]) > len(lengths):
            return findings.make_finding("bag-oxum", said=said["files"], found=str(len(lengths)))
        return findings.make_finding("bag-oxum", said=said["bytes"], found=str(sum(lengths)))

    def _changed_tag_files(self) -> Iterator[PathFinding]:
        """A tag file may be mended by hand, so this is said and stops nothing."""
        for name in sorted(self._names):
            kind = _TAG_MANIFEST.fullmatch(name)
            for path, digits in self._lines(name) if kind is not None else ():
                if kind is not None and self._digest(self.path / path, kind["algorithm"]) != digits:
                    yield self.path / path, findings.make_finding("bag-tag-file", list=name)

    def _digest(self, file: Path, algorithm: str) -> str | None:
        try:
            with file.open("rb") as stream:
                content = stream.read(_LONGEST_TAG_FILE)
        except OSError:
            return None
        return hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()


def _is_passed_over(path: str) -> bool:
    return any(is_passed_over(part) for part in path.split("/"))
