"""Bags (BagIt, RFC 8493): whether one is whole, before anything in it is read.

Whole is a bag that holds every file that its manifests list, with as many bytes as `Payload-Oxum` says. No payload file
is opened for that: what is in it is compared with the manifest where it is hashed anyway (`checksums`). A bag that is
not whole is refused as a whole, for it is one delivery, often still on its way; so is one whose manifests cannot be
understood, since they may be cut off too. What was added to one is said. How its files are written: `bag_manifest`.
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
from manifests.ingest.bag_manifest import (
    COMPARED,
    LONGEST,
    PAYLOAD,
    Declaration,
    Invalid,
    Unusable,
    content_of,
    declaration_of,
    lines_of,
)
from manifests.ingest.listing import PathFinding
from manifests.ingest.passed_over import is_passed_over
from manifests.model import Finding
from manifests.natural_order import natural_key
from manifests.os_reasons import reason_of

_MANIFEST = re.compile(r"manifest-(?P<algorithm>[a-z0-9]+)\.txt")
_TAG_MANIFEST = re.compile(r"tagmanifest-(?P<algorithm>md5|sha1|sha224|sha256|sha384|sha512)\.txt")
_OXUM = re.compile(r"Payload-Oxum\s*:\s*(?P<bytes>\d{1,18})\.(?P<files>\d{1,12})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BagCheck:
    """`fault` says why the bag is refused; `notes` what else there is to say."""

    fault: Finding | None = None
    notes: tuple[PathFinding, ...] = ()


def check_bag(bag: Path) -> BagCheck:
    """Never raises: what cannot be read is a fault."""
    try:
        return _Bag(bag).check()
    except Invalid as error:
        return BagCheck(findings.make_finding("bag-invalid", reason=error.reason))
    except Unusable as error:
        return BagCheck(notes=((bag, findings.make_finding("bag-unchecked", reason=error.reason)),))
    except OSError as error:
        return BagCheck(findings.make_finding("bag-unreadable", reason=reason_of(error)))


@dataclass(slots=True)
class _Bag:
    path: Path
    _names: frozenset[str] = field(init=False)
    _declared: Declaration = field(init=False)

    def __post_init__(self) -> None:
        """Files alone: what is none would never end, or cannot be read."""
        with os.scandir(self.path) as entries:
            self._names = frozenset(entry.name for entry in entries if entry.is_file())
        self._declared = declaration_of(self.path)

    def check(self) -> BagCheck:
        manifests = {name: found for name in sorted(self._names) if (found := _MANIFEST.fullmatch(name)) is not None}
        if not manifests:
            raise Unusable(N_("it has no manifest of its payload"))
        listed = [self._listed(name) for name in manifests]
        there = self._payload()
        missing = sorted(set().union(*listed) - there.keys(), key=natural_key)
        if missing:
            return BagCheck(findings.make_finding("bag-incomplete", number=len(missing), first=missing[0]))
        fault = self._oxum([there[path] for path in set().union(*listed)])
        unlisted = {path for path in there.keys() - set.intersection(*listed) if not _is_passed_over(path)}
        notes = [*self._unlisted(sorted(unlisted, key=natural_key)), *self._changed_tag_files()]
        odd = [(self.path, findings.make_finding("bag-odd", reason=reason)) for reason in self._declared.faults]
        if not COMPARED.intersection(found["algorithm"] for found in manifests.values()):
            reason = N_("its checksums are of a kind that is not compared here")
            odd.append((self.path, findings.make_finding("bag-unchecked", reason=reason)))
        return BagCheck(fault, (*odd, *notes))

    def _listed(self, manifest: str) -> set[str]:
        """Its paths. Raises Invalid where two lines give a file two checksums."""
        digests: dict[str, str] = {}
        for path, digits in lines_of(content_of(self.path / manifest), self._declared, is_payload=True):
            if digests.setdefault(path, digits) != digits:
                raise Invalid(N_("a manifest gives a file two checksums"))
        return set(digests)

    def _unlisted(self, paths: list[str]) -> Iterator[PathFinding]:
        if paths:
            yield self.path, findings.make_finding("bag-unlisted", number=len(paths), first=paths[0])

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
        lines = self._declared.text_of(content_of(self.path / "bag-info.txt")).splitlines()
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
            if kind is None:
                continue
            try:
                for path, digits in lines_of(content_of(self.path / name), self._declared, is_payload=False):
                    if self._digest(self.path / path, kind["algorithm"]) != digits:
                        yield self.path / path, findings.make_finding("bag-tag-file", list=name)
            except Unusable as error:
                yield self.path / name, findings.make_finding("bag-unchecked", reason=error.reason)

    def _digest(self, file: Path, algorithm: str) -> str | None:
        try:
            if not file.is_file():
                return None
            with file.open("rb") as stream:
                content = stream.read(LONGEST)
        except OSError:
            return None
        return hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()


def _is_passed_over(path: str) -> bool:
    return any(is_passed_over(part) for part in path.split("/"))
