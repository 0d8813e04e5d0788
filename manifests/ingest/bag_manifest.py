"""How the files of a bag are written that say what is in it (BagIt, RFC 8493): `bagit.txt` and the manifests.

Section 2.1.1: `bagit.txt` is UTF-8 and names the version of BagIt and the encoding of all other such files. Section
2.1.3: a line of a manifest is a checksum and a path, in which line breaks are percent-encoded, and since version 1.0
percent signs too. What departs from that and can be understood all the same is understood, and named.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from manifests.errors import N_

DECLARATION = "bagit.txt"
"""RFC 8493, section 2.1.1: what makes a folder a bag."""
PAYLOAD = "data"
COMPARED = frozenset({"md5", "sha1", "sha256", "sha512"})
"""Algorithms by which files are compared (`checksums`)."""
LONGEST = 64 << 20
"""Bytes of such a file."""

_NEWEST = (1, 0)
_UTF_8 = "utf-8"
_STRICT = re.compile(r"BagIt-Version: \d+\.\d+\nTag-File-Character-Encoding: \S+\n?")
_VERSION = re.compile(r"BagIt-Version\s*:\s*(\d{1,3})\.(\d{1,3})\s*$", re.MULTILINE)
_ENCODING = re.compile(r"^Tag-File-Character-Encoding\s*:\s*(\S+)\s*$", re.MULTILINE)
_ALPHABETS = re.compile(
    r"utf-?(8|16|32)(-?[lb]e)?|iso-?8859-?\d+|(windows-?|cp)\d+|(us-)?ascii|latin-?1", re.IGNORECASE
)
_LINE = re.compile(r"(?P<digits>[0-9a-fA-F]+)\s+\*?(?P<path>.*\S)\s*")


class Unusable(Exception):
    """`reason` says why the bag cannot be checked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Invalid(Unusable):
    """What its manifests say cannot be so: nobody knows what the bag held."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """`faults` say what in `bagit.txt` is not as it should be, and does no harm."""

    version: tuple[int, int] = _NEWEST
    encoding: str = _UTF_8
    faults: tuple[str, ...] = ()

    def text_of(self, content: bytes) -> str:
        """UTF-16 with a mark at its start is known by that, whatever is declared."""
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16", errors="replace")
        return content.decode(self.encoding, errors="replace").removeprefix("\ufeff")

    def path_of(self, written: str) -> str:
        """In NFC, without what stands for a line break or a percent sign."""
        encoded = r"%(0A|0D|25)" if self.version >= _NEWEST else r"%(0A|0D)"
        return normalize("NFC", re.sub(encoded, lambda code: chr(int(code[1], 16)), written, flags=re.IGNORECASE))


def declaration_of(bag: Path) -> Declaration:
    """Raises Unusable where there is no version, and OSError."""
    text = content_of(bag / DECLARATION).decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    version, encoding = _VERSION.search(text), _ENCODING.search(text)
    if version is None:
        raise Unusable(N_("bagit.txt does not say a version of BagIt"))
    known = (int(version[1]), int(version[2]))
    name = encoding[1] if encoding is not None else _UTF_8
    is_known = _ALPHABETS.fullmatch(name) is not None and _is_codec(name)
    faults = (
        (known > _NEWEST, N_("bagit.txt names a version of BagIt that is not known here")),
        (not is_known, N_("bagit.txt names no encoding that is known here; UTF-8 was taken")),
        (is_known and _STRICT.fullmatch(text) is None, N_("bagit.txt is not written as BagIt asks")),
    )
    return Declaration(known, name if is_known else _UTF_8, tuple(said for is_so, said in faults if is_so))


def _is_codec(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def content_of(file: Path) -> bytes:
    """Raises Unusable where it is longer than such a file can be, and OSError."""
    with file.open("rb") as stream:
        content = stream.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise Unusable(N_("a manifest is longer than one can be"))
    return content


def lines_of(content: bytes, declared: Declaration, *, is_payload: bool) -> Iterator[tuple[str, str]]:
    """Path in NFC, and digits. Raises Invalid where a line says no path, or one that leads out of the payload, or, of a
    tag manifest, into it."""
    for line in re.split(r"\r\n|\n|\r", declared.text_of(content)):
        found = _LINE.fullmatch(line)
        if found is None:
            if line.strip():
                raise Invalid(N_("a line of a manifest cannot be understood"))
            continue
        path = declared.path_of(found["path"])
        parts = path.removeprefix("./").split("/")
        if ".." in parts or not parts[0] or "\0" in path or (parts[0] == PAYLOAD) != is_payload:
            raise Invalid(N_("a manifest names a path outside of the bag"))
        yield "/".join(parts), found["digits"].lower()
