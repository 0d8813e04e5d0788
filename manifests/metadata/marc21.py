"""Binary MARC 21 (ISO 2709), by pymarc, the only module that knows it.

The leader says UTF-8 or MARC-8, and is often wrong: what is valid UTF-8 is UTF-8. Records of old Vietnamese systems are
in TCVN3, VNI or Windows-1258 without a word: they are known by their syllables (`text.old_encodings`). What can be no
MARC-8 either, for a mark there stands before its letter, is in the letters of Windows.
"""

import codecs
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pymarc

from manifests import findings
from manifests.errors import N_
from manifests.metadata.marc_fields import MarcField, reading_of
from manifests.metadata.reader import Reading, bad, must_be_one
from manifests.text.old_encodings import ENCODINGS, guess, recognise

NAME = "marc21"
FILES: tuple[str, ...] = ("marc.mrc",)

_WORD = re.compile(r"[^\s\x1d-\x1f]+")
_SUBFIELD = re.compile("\x1f.")
"""Its code stands directly before its text."""
_LATIN = "cp1252"
_WINDOWS = "Windows-1252"
_NO_MARC_8 = re.compile(
    rb"[\x80-\x87\x8a-\x8c\x8f-\xa0\xaf\xbb\xbe\xbf\xc9-\xce\xd0-\xdf\xff]|[\xe0-\xfe](?![\xe0-\xfeA-Za-z\xa1-\xbd])"
)
"""Bytes that ANSEL does not have, and a mark without a letter behind it (MARC 21 Specifications, MARC-8)."""
_END_OF_FIELD, _END_OF_RECORD = b"\x1e", b"\x1d"
_OTHERS = (
    ((b"{", b"["), N_("it is MARC in JSON: export the record as MARCXML or as MARC 21 (ISO 2709)")),
    ((b"<",), N_("it is XML: call it marc.xml if it is MARCXML")),
    ((b"=", b"LDR", b"000"), N_("it is MARC as text (.mrk): export the record as MARCXML or as MARC 21 (ISO 2709)")),
)
"""What a file of another format begins with."""
_DAMAGED = N_("it is no MARC 21 (ISO 2709), or is damaged or cut off")
_LONGEST = 99_999
"""Bytes of a record, for its length has five digits."""
_CODING = 9
"""The place in the leader where the encoding stands."""
_MARC_8 = "iso8859-1"
"""What pymarc takes for "as the leader says"."""


def read(content: bytes) -> Reading:
    content = content.removeprefix(codecs.BOM_UTF8).strip(b"\r\n\t \x1a\0")
    if not content:
        raise bad(N_("it is empty"))
    content = _with_its_length(content)
    encoding = None if _is_utf_8(content) else _old_encoding(content)
    if encoding is None and not _is_utf_8(content):
        content = _as_marc_8(content)
    records = list(_records(content, encoding))
    reading = reading_of([_field(one, encoding) for one in records[must_be_one(len(records))].fields])
    said = [findings.make_finding("record-recoded", encoding=encoding)] if encoding else []
    return Reading(reading.record, [*reading.findings, *said])


def _with_its_length(content: bytes) -> bytes:
    """Of a single record the length is that of the file, whatever its leader says: programs that change the encoding
    leave it as it was. Raises BadRecord where it is another format."""
    for begin, reason in _OTHERS:
        if content.startswith(begin) and _END_OF_FIELD not in content:
            raise bad(reason)
    if content.endswith(_END_OF_FIELD):
        content += _END_OF_RECORD
    is_alone = content.endswith(_END_OF_RECORD) and content.count(_END_OF_RECORD) == 1
    return b"%05d" % len(content) + content[5:] if is_alone and len(content) <= _LONGEST else content


def _old_encoding(content: bytes) -> str | None:
    """None for MARC-8. A short record has too few words to be recognised by them."""
    words = _WORD.findall(_SUBFIELD.sub(" ", content.decode(_LATIN, "replace")))
    found = recognise(words)
    if found is not None or not _NO_MARC_8.search(content):
        return found
    return guess(words) or _WINDOWS


def _as_marc_8(content: bytes) -> bytes:
    """With a leader that says so: a program may have written UTF-8 there and left the letters as they were."""
    return content[:_CODING] + b" " + content[_CODING + 1 :]


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _records(content: bytes, encoding: str | None) -> "list[pymarc.Record]":
    reader = pymarc.MARCReader(
        content,
        force_utf8=_is_utf_8(content),
        hide_utf8_warnings=True,
        file_encoding=_LATIN if encoding else _MARC_8,
    )
    found = []
    try:
        with _in_silence():
            for record in reader:
                if record is None:
                    raise bad(_DAMAGED) from reader.current_exception
                found.append(record)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, UnicodeError) as error:
        raise bad(_DAMAGED) from error
    return found


@contextmanager
def _in_silence() -> Iterator[None]:
    """pymarc tells the log and Python's warnings of each odd byte; people are told of the record."""
    log = logging.getLogger("pymarc")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _field(one: "pymarc.Field", encoding: str | None) -> MarcField:
    if one.control_field:
        return MarcField(one.tag, one.data or "")
    subfields = [(sub.code, _decoded(sub.value, encoding)) for sub in one.subfields]
    return MarcField(one.tag, "", subfields)


def _decoded(text: str, encoding: str | None) -> str:
    decode = ENCODINGS.get(encoding or "")
    return _WORD.sub(lambda word: decode(word.group()), text) if decode is not None else text
