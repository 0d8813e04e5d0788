"""Binary MARC 21 (ISO 2709), by pymarc, the only module that knows it.

The leader says UTF-8 or MARC-8, and is often wrong: what is valid UTF-8 is UTF-8. Records of old Vietnamese systems are
in TCVN3, VNI or Windows-1258 without a word: they are known by their syllables (`text.old_encodings`).
"""

import re

import pymarc

from manifests import findings
from manifests.errors import N_
from manifests.metadata.marc_fields import MarcField, reading_of
from manifests.metadata.reader import Reading, bad, must_be_one
from manifests.text.old_encodings import ENCODINGS, recognise

NAME = "marc21"
FILES: tuple[str, ...] = ("marc.mrc",)

_WORD = re.compile(r"[^\s\x1d-\x1f]+")
_LATIN = "cp1252"
_MARC_8 = "iso8859-1"
"""What pymarc takes for "as the leader says"."""


def read(content: bytes) -> Reading:
    if not content.strip():
        raise bad(N_("it is empty"))
    encoding = None if _is_utf_8(content) else recognise(_WORD.findall(content.decode(_LATIN, "replace")))
    records = list(_records(content, encoding))
    reading = reading_of([_field(one, encoding) for one in records[must_be_one(len(records))].fields])
    said = [findings.make_finding("record-recoded", encoding=encoding)] if encoding else []
    return Reading(reading.record, [*reading.findings, *said])


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
        for record in reader:
            if record is None:
                raise bad(reader.current_exception or N_("it is no MARC 21"))
            found.append(record)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, UnicodeError) as error:
        raise bad(error) from error
    return found


def _field(one: "pymarc.Field", encoding: str | None) -> MarcField:
    if one.control_field:
        return MarcField(one.tag, one.data or "")
    subfields = [(sub.code, _decoded(sub.value, encoding)) for sub in one.subfields]
    return MarcField(one.tag, "", subfields)


def _decoded(text: str, encoding: str | None) -> str:
    return _WORD.sub(lambda word: ENCODINGS[encoding](word.group()), text) if encoding else text
