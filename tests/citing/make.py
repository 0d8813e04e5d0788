"""A record as libraries write it, one that wants to do harm, and the references to both."""

from manifests.citing.reference import Reference, reference
from manifests.metadata.record import Entry, PartOf, Provider, Record
from manifests.model import LanguageMap

TITLE: LanguageMap = {"vi-Hani": ("傳翹",), "vi": ("Truyện Kiều",), "fr": ("Kim-Vân-Kiều",)}
KIEU = Record(
    summary={"vi": ("<p>Thơ <b>Nôm</b></p>",), "en": ("A tale in verse",)},
    entries=(
        Entry("creator", {"none": ("Nguyễn Du, 1765-1820",)}),
        Entry("contributor", {"none": ("Đào Duy Anh (chú giải)", "Viện Văn học [hiệu đính]")}),
        Entry("place", {"none": ("Hà Nội",)}),
        Entry("publisher", {"none": ("Liễu Văn đường",)}),
        Entry("date", {"none": ("Tự Đức thập cửu niên (1866)",)}),
        Entry("language", {"none": ("vi-Hani", "fre", "tiếng lóng")}),
        Entry("subject", {"vi": ("Thơ Nôm",)}),
        Entry("shelfmark", {"none": ("VNb.60",)}),
        Entry("doi", {"none": ("https://doi.org/10.1234/vnb60",)}),
        Entry("collection", {"none": ("Truyện Nôm",)}),
    ),
    rights="http://creativecommons.org/publicdomain/mark/1.0/",
    provider=Provider({"vi": ("Thư viện tỉnh",), "en": ("Provincial library",)}),
)
ATTACK = "a } , note = {forged\r\nER  - \r\nTY  - BOOK\x00\u202e \\input{/etc/passwd} 100% & $x$ #1_2^3~ </script>"


def refer_to(record: Record = KIEU, title: LanguageMap = TITLE, work: str = "Kieu") -> Reference:
    return reference(work, title, record, "Thư viện số", f"https://library.example/works/{work}")


def hostile() -> Reference:
    texts = {"none": (ATTACK,)}
    fields = ("creator", "contributor", "place", "publisher", "date", "edition", "subject", "shelfmark", "type", "doi")
    record = Record(summary=texts, entries=tuple(Entry(name, texts) for name in fields), provider=Provider(texts))
    return refer_to(record, texts)


def an_issue() -> Reference:
    entries = (Entry("date", {"none": ("1/7/1917",)}), Entry("type", {"none": ("Báo",)}))
    record = Record(entries=entries, part_of=PartOf({"vi": ("Nam Phong",)}, is_serial=True))
    return refer_to(record, {"vi": ("Nam Phong, số 1",)}, "Nam-Phong-1")
