"""One record in every format: Truyện Kiều by Nguyễn Du, printed in 1866, with much that only that format can say."""

from collections.abc import Mapping

from manifests.metadata.record import Chapter, Entry, Link, PageNote, Provider, Record

FULL = Record(
    id="kieu",
    label={"vi": ("Truyện Kiều",)},
    summary={"vi": ("Thơ",)},
    entries=(Entry("creator", {"none": ("Nguyễn Du",)}), Entry("Thợ khắc", {"none": ("Một người",)})),
    rights="http://creativecommons.org/publicdomain/mark/1.0/",
    statement={"none": ("Xin phép",)},
    provider=Provider({"none": ("Thư viện",)}),
    homepage=(Link("https://example.org/"),),
    direction="right-to-left",
    behavior="paged",
    pages=(PageNote("1", {"none": ("Bìa",)}),),
    chapters=(Chapter({"none": ("Hồi 1",)}, "1", "2"),),
)
"""A record in which nothing is left out."""

WORK_TOML = """
id = "Truyen-Kieu"
title = { vi = "Truyện Kiều", vi-Hani = "傳翹" }
summary = { vi = "Truyện thơ", en = "A tale in verse" }
language = ["vi-Hani", "vi"]
rights = ["https://creativecommons.org/publicdomain/mark/1.0/deed.vi", "Xin phép trước khi in lại"]
viewing-direction = "right-to-left"
behavior = "paged"
homepage = "https://opac.example.org/1"

[provider]
name = { vi = "Thư viện tỉnh" }
homepage = "https://example.org/"
logo = "https://example.org/logo.png"

[metadata]
"Tác giả" = "Nguyễn Du"
"Năm xuất bản" = 1866
"Thợ khắc ván" = ["Một người", "Người khác"]

[pages]
0001 = "Bìa"
0002 = { vi = "Tờ 1a", en = "Leaf 1 recto" }
0003 = { label = "1b-2a", behavior = "double" }
0004 = { behavior = "foldout" }
"""

SAMPLES: Mapping[str, bytes] = {
    "work.toml": WORK_TOML.encode(),
}
"""By the name of the reader."""
