"""Every reader of records alike: what is well formed is read, what is not is refused with a reason, and nothing hostile
does harm. A new reader needs its samples here, and the tests run by themselves.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import replace

import pytest

from manifests.metadata import RECORD_FILES, RECORD_READERS
from manifests.metadata.merging import STRENGTH, merged
from manifests.metadata.reader import BadRecord, RecordReader
from manifests.metadata.record import (
    Chapter,
    Entry,
    Link,
    PageNote,
    PageOrder,
    PartOf,
    Place,
    Provider,
    Record,
    SourceRecord,
)
from manifests.metadata.serial import from_json, to_json
from tests.metadata.record_samples import SAMPLES

READERS = {reader.NAME: reader for reader in RECORD_READERS}
XML = [name for name in READERS if SAMPLES[name].lstrip().startswith(b"<")]
CASES = [pytest.param(READERS[name], SAMPLES[name], id=name) for name in READERS]

ENTITIES: Mapping[str, bytes] = {
    "a file of the machine": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "an address": b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:1/e">]>',
    "a billion laughs": b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b'<!ENTITY e "&j;">]>',
}

RUBBISH = [b"", b"\0" * 64, b"\x89PNG\r\n\x1a\n" + b"\0" * 64, b"\xff\xfe\xff\xff", b"<a>" * 99]


def read(reader: RecordReader, content: bytes) -> Record:
    return reader.read(content).record


@pytest.mark.parametrize(("reader", "sample"), CASES)
def test_a_sample_gives_title_author_and_date(reader: RecordReader, sample: bytes) -> None:
    record = read(reader, sample)
    assert any("Truyện Kiều" in text for texts in record.label.values() for text in texts)
    fields = {entry.field: [text for texts in entry.values.values() for text in texts] for entry in record.entries}
    assert any("Nguyễn Du" in text for text in fields["creator"])
    assert any("1866" in text for text in fields["date"])


@pytest.mark.parametrize(("reader", "sample"), CASES)
def test_a_record_is_stored_and_comes_back_the_same(reader: RecordReader, sample: bytes) -> None:
    record = read(reader, sample)
    assert from_json(to_json(record)) == record


PARTS: Mapping[str, object] = {
    "entries": Entry("", {}),
    "provider": Provider({}),
    "homepage": Link(""),
    "pages": PageNote(""),
    "chapters": Chapter({}, "", "", (Chapter({}, "", ""),)),
    "places": Place(0.0, 0.0, 0.0, 0.0),
    "orders": PageOrder({}, ()),
    "part_of": PartOf({}),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_says_nothing_comes_back_too(name: str) -> None:
    """What is empty is not stored, and it is nobody's right to fall over that."""
    record = replace(Record(), **{name: PARTS[name] if name in ("provider", "part_of") else (PARTS[name],)})
    assert from_json(to_json(record)) == record


def test_a_work_toml_may_say_nothing_wherever_it_says_something() -> None:
    (toml,) = (reader for reader in RECORD_READERS if reader.NAME == "work.toml")
    said = toml.read(b'[pages]\n"" = "B"\n"1" = {}\n[metadata]\n"" = "x"\nx = ""\n[[orders]]\nlabel = "x"\npages = []')
    assert from_json(to_json(said.record)) == said.record
    assert [entry.field for entry in said.record.entries] == ["note"]


@pytest.mark.parametrize(("reader", "sample"), CASES)
def test_the_same_bytes_are_the_same_record(reader: RecordReader, sample: bytes) -> None:
    assert reader.read(sample) == reader.read(sample)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 64, b"\x89PNG\r\n\x1a\n" + b"\0" * 64, b"\xff\xfe\xff\xff", b"<a>" * 99]
)
def test_what_is_no_record_is_refused_with_a_reason(reader: RecordReader, content: bytes) -> None:
    if reader.NAME == "work.toml" and not content:
        assert read(reader, content) == Record()
        return
    with pytest.raises(BadRecord) as refused:
        reader.read(content)
    assert refused.value.finding.code.startswith("record-")


@pytest.mark.parametrize(("reader", "sample"), CASES)
def test_a_record_cut_off_anywhere_is_refused_or_read_and_never_more(reader: RecordReader, sample: bytes) -> None:
    for end in range(0, len(sample), max(1, len(sample) // 60)):
        with contextlib.suppress(BadRecord):
            read(reader, sample[:end])


@pytest.mark.parametrize(("reader", "sample"), CASES)
def test_letters_in_another_encoding_are_refused_or_read_right(reader: RecordReader, sample: bytes) -> None:
    """Never Mojibake: Latin-1 that says it is UTF-8, and UTF-16 without a word."""
    for content in (
        sample.replace("Nguyễn".encode(), b"Nguy\xean"),
        sample.decode("utf-8", "replace").encode("utf-16"),
    ):
        try:
            record = read(reader, content)
        except BadRecord:
            continue
        assert "Ã" not in str(record)


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("hostile", ENTITIES.values(), ids=ENTITIES)
def test_entities_are_never_resolved(name: str, hostile: bytes) -> None:
    declaration, _, rest = SAMPLES[name].partition(b"?>")
    spoiled = rest.replace("Nguyễn Du".encode(), b"&e;")
    with pytest.raises(BadRecord):
        READERS[name].read(declaration + b"?>" + hostile + spoiled)


@pytest.mark.parametrize("name", XML)
def test_elements_a_thousand_deep_are_refused(name: str) -> None:
    with pytest.raises(BadRecord):
        READERS[name].read(SAMPLES[name].replace("Nguyễn Du".encode(), b"<a>" * 1000 + b"x" + b"</a>" * 1000))


def test_every_reader_has_a_strength_and_a_file_of_its_own() -> None:
    assert set(READERS) <= set(STRENGTH)
    assert len(RECORD_FILES) == sum(len(reader.FILES) for reader in RECORD_READERS)


@pytest.mark.parametrize("name", READERS)
def test_each_thing_says_where_it_was_read(name: str) -> None:
    record = read(READERS[name], SAMPLES[name])
    told = merged([SourceRecord(name, "its-place", record)])
    assert told.record.label == record.label
    assert set(told.origins.values()) == {"its-place"}
