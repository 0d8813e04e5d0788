"""MARC 21: what its fields say, in XML and in bytes of any encoding."""

from collections.abc import Callable
from unicodedata import normalize

import pytest

from manifests.metadata import marc21, marcxml
from manifests.metadata.marc_fields import MarcField, bare, reading_of
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Entry, Link, Place, Provider, Record
from tests.metadata import record_samples

WHOLE = Record(
    label={"vi": ("Truyện Kiều: truyện thơ",), "vi-Hani": ("傳翹",)},
    summary={"none": ("Truyện thơ lục bát.",)},
    entries=(
        Entry("isbn", {"none": ("9786041",)}),
        Entry("classification", {"none": ("895.922",)}),
        Entry("creator", {"none": ("Nguyễn Du, 1765-1820",)}),
        Entry("responsibility", {"vi": ("Nguyễn Du",)}),
        Entry("other-title", {"none": ("Đoạn trường tân thanh",)}),
        Entry("place", {"none": ("Hà Nội",)}),
        Entry("publisher", {"none": ("Liễu Văn đường",)}),
        Entry("date", {"none": ("1866",)}),
        Entry("extent", {"none": ("136 tờ, minh họa",)}),
        Entry("dimensions", {"none": ("24 cm",)}),
        Entry("note", {"none": ("Rách vài tờ.", "Giải thưởng")}),
        Entry("subject", {"none": ("Thơ Nôm -- Thế kỉ 19",)}),
        Entry("contributor", {"none": ("Đào Duy Anh (chú giải)",)}),
        Entry("MARC 810", {"none": ("Viện Văn học",)}),
        Entry("shelfmark", {"none": ("VNb.60", "NOM 60")}),
        Entry("language", {"none": ("vi",)}),
    ),
    provider=Provider({"none": ("Viện Hán Nôm",)}),
    homepage=(Link("https://opac.example.org/1"),),
)


def test_both_ways_of_writing_a_record_say_the_same() -> None:
    assert marcxml.read(record_samples.marcxml()).record == marc21.read(record_samples.marc21()).record == WHOLE


def test_a_leader_that_lies_about_utf_8_is_not_believed() -> None:
    assert marc21.read(record_samples.marc21(coding=b" ")).record == WHOLE


def test_marc_8_is_read() -> None:
    """ANSEL writes the mark before the letter: E2 is the acute, E1 the grave, F0 the cedilla."""
    fields = (("008", " " * 35 + "fre"), ("245", "10", [("a", "Cit\xe2e, o\xe1u, gar\xf0con")]))
    content = record_samples.marc21(lambda text: text.encode("latin-1"), b" ", fields)
    assert marc21.read(content).record.label == {"fr": ("Cité, où, garçon",)}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("TCVN3", "TruyÖn KiÒu b¶n in ë Hµ Néi n¨m Tù §øc"),
        ("VNI", "Truyeän Kieàu baûn in ôû Haø Noäi naêm Töï Ñöùc"),
    ],
)
def test_letters_of_old_systems_are_read_and_said(name: str, title: str) -> None:
    content = record_samples.marc21(lambda text: text.encode("cp1252"), b" ", (("245", "10", [("a", title)]),))
    reading = marc21.read(content)
    assert reading.record.label == {"none": ("Truyện Kiều bản in ở Hà Nội năm Tự Đức",)}
    assert [finding.values["encoding"] for finding in reading.findings] == [name]


@pytest.mark.parametrize(
    "read", [lambda: marc21.read(record_samples.marc21() * 2), lambda: marcxml.read(twice(record_samples.marcxml()))]
)
def test_several_records_are_refused(read: Callable[[], object]) -> None:
    with pytest.raises(BadRecord) as refused:
        read()
    assert "several" in refused.value.finding.values["reason"]


def twice(content: bytes) -> bytes:
    start, end = content.index(b"<record>"), content.index(b"</collection>")
    return content[:end] + content[start:end] + content[end:]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hà Nội :", "Hà Nội"),
        ("Nguyễn Du,", "Nguyễn Du"),
        ("1866.", "1866"),
        ("Trần, H.", "Trần, H."),
        ("Truyện Kiều /", "Truyện Kiều"),
        ("A = B", "A = B"),
        ("", ""),
    ],
)
def test_punctuation_that_leads_on_goes(text: str, shown: str) -> None:
    assert bare(text) == shown


def test_an_original_in_an_unknown_language_is_in_its_script() -> None:
    fields = [MarcField("880", "", [("6", "100-01/$1"), ("a", "阮攸")])]
    assert reading_of(fields).record.entries == (Entry("creator", {"und-Hani": ("阮攸",)}),)


def test_languages_are_those_of_008_and_041_once_each() -> None:
    fields = [MarcField("008", " " * 35 + "vie"), MarcField("041", "", [("a", "viefre"), ("a", "chi"), ("b", "eng")])]
    assert reading_of(fields).record.entries == (Entry("language", {"none": ("vi", "fr", "zh")}),)


SHORT = (("245", "10", [("a", "Nhật ký trong tù")]), ("260", "  ", [("b", "Văn học"), ("c", "1960")]))
IN_MARC_8 = {"\u0300": 0xE1, "\u0301": 0xE2, "\u0302": 0xE3, "\u0306": 0xE6, "\u0323": 0xF2}


def in_marc_8(text: str) -> bytes:
    """Marks before their letters."""
    parts = [normalize("NFD", letter) for letter in text]
    return b"".join(bytes(IN_MARC_8[mark] for mark in part[1:]) + part[0].encode() for part in parts)


@pytest.mark.parametrize("coding", [b" ", b"a"])
def test_vietnamese_in_marc_8_is_read_though_the_leader_may_call_it_utf_8(coding: bytes) -> None:
    reading = marc21.read(record_samples.marc21(in_marc_8, coding, SHORT))
    assert (reading.record.label, reading.findings) == ({"none": ("Nhật ký trong tù",)}, [])


@pytest.mark.parametrize(
    ("name", "title", "publisher"),
    [
        ("TCVN3", "NhËt ký trong tï", "V¨n häc"),
        ("VNI", "Nhaät kyù trong tuø", "Vaên hoïc"),
        ("Windows-1258", "Nhâòt kyì trong tuÌ", "Vãn hoòc"),
        ("Windows-1252", "L'été à Saïgon", "Façade"),
    ],
)
def test_a_short_record_is_in_the_encoding_in_which_all_its_words_are_syllables(
    name: str, title: str, publisher: str
) -> None:
    fields = (("245", "10", [("a", title)]), ("260", "  ", [("b", publisher), ("c", "1960")]))
    reading = marc21.read(record_samples.marc21(lambda text: text.encode("cp1252"), b" ", fields))
    meant = {"none": (title if name == "Windows-1252" else "Nhật ký trong tù",)}
    assert (reading.record.label, [one.values["encoding"] for one in reading.findings]) == (meant, [name])


CODED = MarcField("034", "", [("a", "a"), ("d", "E1055000"), ("e", "E1061000"), ("f", "N0210500"), ("g", "N0205500")])
ON_THE_CARD = MarcField("255", "", [("a", "1:25 000"), ("c", "(Đ 105°51'/B 21°02').")])


def test_a_map_is_located_by_its_codes_and_else_by_its_card() -> None:
    delta, hanoi = Place(105.833333, 20.916667, 106.166667, 21.083333), Place(105.85, 21.033333, 105.85, 21.033333)
    assert reading_of([CODED, ON_THE_CARD]).record.places == (delta,)
    located = reading_of([ON_THE_CARD]).record
    assert located.places == (hanoi,)
    assert located.entries == (Entry("coverage", {"none": ("1:25 000 (Đ 105°51'/B 21°02')",)}),)


def test_codes_that_are_broken_locate_nothing() -> None:
    assert reading_of([MarcField("034", "", [("d", "E1055000")])]).record.places == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: b"00999" + record[5:],
        lambda record: b"99999" + record[5:],
        lambda record: b"0005\xa0" + record[5:],
        lambda record: record[:-1],
        lambda record: record + b"\r\n\x1a",
        lambda record: b"\xef\xbb\xbf" + record,
    ],
    ids=["too long", "five nines", "no number", "no end", "a line behind it", "a mark before it"],
)
def test_of_a_single_record_the_length_is_that_of_the_file(spoil: Callable[[bytes], bytes]) -> None:
    assert marc21.read(spoil(record_samples.marc21())).record == WHOLE


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b'{"leader": "00719cam"}', "JSON"),
        (b"=LDR  00719cam  2200205 a 4500\n=245  10$aKieu", "text"),
        (b"<?xml version='1.0'?><collection/>", "marc.xml"),
        (record_samples.marc21()[:-40], "cut off"),
        (bytes(range(256)), "damaged"),
    ],
    ids=["JSON", "mrk", "XML", "cut off", "anything"],
)
def test_another_format_is_refused_with_what_to_do(content: bytes, word: str) -> None:
    with pytest.raises(BadRecord) as refused:
        marc21.read(content)
    assert word in refused.value.finding.values["reason"]


def test_unimarc_is_refused_and_not_taken_for_marc_21() -> None:
    fields = [
        MarcField("100", "", [("a", "20010101d1866    u  y0frey50      ba")]),
        MarcField("200", "", [("a", "Kiều")]),
    ]
    with pytest.raises(BadRecord) as refused:
        reading_of(fields)
    assert "UNIMARC" in refused.value.finding.values["reason"]


def test_odd_bytes_are_told_to_nobody_but_in_the_record(caplog: pytest.LogCaptureFixture) -> None:
    """Warnings are errors here, and pymarc writes one for each."""
    content = record_samples.marc21().replace(b"\x1fc50000", b"\x1f\xc3\xa10000")
    assert marc21.read(content).record.label == WHOLE.label
    assert not caplog.records


def test_blanks_without_end_are_one_blank_and_cost_nothing() -> None:
    """A pattern that looks for the end from each of them would take minutes."""
    assert bare(f"Truyện{' ' * 1_000_000}Kiều /") == "Truyện Kiều"


def said(*fields: MarcField) -> dict[str, object]:
    return {entry.field: entry.values for entry in reading_of(fields).record.entries}


def test_what_has_an_original_beside_it_is_in_the_language_of_the_record() -> None:
    """Viewers show values in the reader's language alone, where some have a language: the name would be lost."""
    fields = [
        MarcField("008", " " * 35 + "vie"),
        MarcField("100", "", [("6", "880-02"), ("a", "Nguyễn Du")]),
        MarcField("880", "", [("6", "100-02/$1"), ("a", "阮攸")]),
        MarcField("700", "", [("a", "Đào Duy Anh")]),
    ]
    assert said(*fields)["creator"] == {"vi": ("Nguyễn Du",), "vi-Hani": ("阮攸",)}
    assert said(*fields)["contributor"] == {"none": ("Đào Duy Anh",)}


@pytest.mark.parametrize(
    ("tag", "subfields", "field", "text"),
    [
        ("082", [("a", "895.9/22/1")], "classification", "895.9221"),
        ("050", [("a", "PL4378.9"), ("b", ".N5")], "classification", "PL4378.9 .N5"),
        ("300", [("a", "136 tờ ;"), ("c", "24 cm +"), ("e", "1 bản đồ.")], "extent", "136 tờ + 1 bản đồ"),
        ("300", [("c", "24 cm +")], "dimensions", "24 cm"),
        ("650", [("a", "Lập trình C++")], "subject", "Lập trình C++"),
        ("100", [("a", "Nguyễn Du,"), ("e", "tác giả.")], "creator", "Nguyễn Du"),
        ("100", [("a", "Trần Văn A,"), ("e", "chủ biên.")], "creator", "Trần Văn A (chủ biên)"),
        ("700", [("a", "Đào Duy Anh,"), ("4", "trl")], "contributor", "Đào Duy Anh (trl)"),
    ],
)
def test_a_field_is_read_as_catalogues_mean_it(
    tag: str, subfields: list[tuple[str, str]], field: str, text: str
) -> None:
    assert said(MarcField(tag, "", subfields))[field] == {"none": (text,)}
