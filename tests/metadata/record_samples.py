"""One record in every format: Truyện Kiều by Nguyễn Du, printed in 1866, with much that only that format can say."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from manifests.metadata.record import Chapter, Entry, Link, PageNote, PageOrder, PartOf, Place, Provider, Record

FULL = Record(
    id="kieu",
    label={"vi": ("Truyện Kiều",)},
    summary={"vi": ("Thơ",)},
    entries=(Entry("creator", {"none": ("Nguyễn Du",)}), Entry("Thợ khắc", {"none": ("Một người",)})),
    rights="http://creativecommons.org/publicdomain/mark/1.0/",
    statement={"none": ("Xin phép",)},
    provider=Provider({"none": ("Thư viện",)}),
    homepage=(Link("https://example.org/", {"vi": ("Mục lục",)}, "vi"),),
    direction="right-to-left",
    behavior="paged",
    targets=("target",),
    pages=(
        PageNote("1", {"none": ("Bìa",)}, "", {"vi": ("Rách góc",)}, (Place(107.5, 16.4, 107.5, 16.4),)),
        PageNote("2", {"none": ("1a",)}),
        PageNote("3", {"none": ("1b",)}, is_missing=True),
    ),
    chapters=(Chapter({"none": ("Hồi 1",)}, "1", "2"),),
    start="2",
    places=(Place(102.1, 8.5, 109.5, 23.4, {"vi": ("Việt Nam",)}),),
    orders=(PageOrder({"vi": ("Trước khi đóng lại",)}, ("2", "1")),),
    files=("MODS",),
    sequence=("1", "2"),
    date="1866",
    nav_date="1866-01-01T00:00:00Z",
    part_of=PartOf({"vi": ("Toàn thư",)}, "toan-thu", "3", is_serial=True),
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

MODS = """<?xml version="1.0" encoding="UTF-8"?>
<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" version="3.7">
  <titleInfo lang="vie"><nonSort>Bản</nonSort><title>Truyện Kiều</title><subTitle>truyện thơ</subTitle></titleInfo>
  <titleInfo><title>Truyện Kiều</title></titleInfo>
  <titleInfo lang="vie" script="Hani" type="translated"><title>傳翹</title></titleInfo>
  <titleInfo type="alternative"><title>Đoạn trường tân thanh</title></titleInfo>
  <name type="personal"><namePart type="family">Nguyễn Du</namePart><namePart type="date">1765-1820</namePart>
    <role><roleTerm type="code">aut</roleTerm></role></name>
  <name><namePart>Liễu Văn đường</namePart>
    <role><roleTerm type="code">prt</roleTerm><roleTerm type="text">nhà in</roleTerm></role></name>
  <typeOfResource>text</typeOfResource><genre lang="vi">truyện thơ</genre>
  <originInfo eventType="publication"><place><placeTerm type="code">vm</placeTerm><placeTerm>Hà Nội</placeTerm></place>
    <publisher>Liễu Văn đường</publisher><dateIssued encoding="w3cdtf">1866-01-01</dateIssued>
    <dateIssued>Tự Đức 19 (1866)</dateIssued></originInfo>
  <originInfo eventType="digitisation"><dateIssued point="start">2019</dateIssued>
    <dateIssued point="end">2020</dateIssued></originInfo>
  <language><languageTerm type="code">vie</languageTerm><scriptTerm>Hani</scriptTerm></language>
  <physicalDescription><extent>136 tờ</extent><form>ván khắc</form></physicalDescription>
  <abstract lang="vi">Truyện thơ lục bát.</abstract><tableOfContents>Hồi 1</tableOfContents><note>Rách</note>
  <subject><topic>Thơ Nôm</topic><temporal>Thế kỉ 19</temporal></subject>
  <subject><name><namePart>Từ Hải</namePart></name></subject>
  <identifier type="isbn">978</identifier><identifier type="ppn">123</identifier><identifier>HN-1</identifier>
  <location><physicalLocation>Viện Hán Nôm</physicalLocation><shelfLocator>VNb.60</shelfLocator>
    <url>https://opac.example.org/1</url><url>javascript:alert(1)</url></location>
  <accessCondition xlink:href="https://creativecommons.org/licenses/by/4.0/">Xin ghi nguồn</accessCondition>
  <relatedItem type="series"><titleInfo><title>Tủ sách Nôm</title></titleInfo></relatedItem>
  <part><detail type="volume"><number>1</number></detail></part>
  <targetAudience>sinh viên</targetAudience>
  <recordInfo><recordIdentifier>99</recordIdentifier></recordInfo>
</mods>
"""

DUBLIN_CORE = """<?xml version="1.0" encoding="UTF-8"?>
<dublin_core schema="dc">
  <dcvalue element="title" qualifier="none" language="vi">Truyện Kiều</dcvalue>
  <dcvalue element="title" qualifier="alternative" language="">Đoạn trường tân thanh</dcvalue>
  <dcvalue element="contributor" qualifier="author">Nguyễn Du</dcvalue>
  <dcvalue element="date" qualifier="issued">1866</dcvalue>
  <dcvalue element="date" qualifier="accessioned">2020-01-01T00:00:00Z</dcvalue>
  <dcvalue element="description" qualifier="provenance">Submitted by someone@example.org</dcvalue>
  <dcvalue element="description" qualifier="abstract" language="en">A tale in verse</dcvalue>
  <dcvalue element="identifier" qualifier="uri">https://hdl.example.org/1/2</dcvalue>
  <dcvalue element="identifier" qualifier="other">HN-1</dcvalue>
  <dcvalue element="language" qualifier="iso">vie</dcvalue>
  <dcvalue element="rights" qualifier="uri">https://creativecommons.org/licenses/by-nc/4.0/</dcvalue>
  <dcvalue element="subject" qualifier="none">Thơ Nôm</dcvalue>
</dublin_core>
"""

QUALIFIED = """<?xml version="1.0" encoding="UTF-8"?>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:dcterms="http://purl.org/dc/terms/">
  <dc:title xml:lang="vi">Truyện Kiều</dc:title><dc:title xml:lang="en">The Tale of Kiều</dc:title>
  <dc:title xml:lang="vi">Kim Vân Kiều</dc:title>
  <dc:creator>Nguyễn Du</dc:creator><dcterms:issued>1866</dcterms:issued><dcterms:spatial>Hà Nội</dcterms:spatial>
  <dcterms:audience>sinh viên</dcterms:audience><dc:rights>Xin phép</dc:rights><dc:language>Tiếng Mường</dc:language>
</oai_dc:dc>
"""

MARC_FIELDS: Sequence[Any] = (
    ("008", "860101s1866    vm            000 0 vie d"),
    ("020", "  ", [("a", "9786041 :"), ("c", "50000đ")]),
    ("082", "04", [("a", "895.922")]),
    ("100", "1 ", [("a", "Nguyễn Du,"), ("d", "1765-1820")]),
    ("245", "10", [("6", "880-01"), ("a", "Truyện Kiều :"), ("b", "truyện thơ /"), ("c", "Nguyễn Du")]),
    ("246", "3 ", [("a", "Đoạn trường tân thanh")]),
    ("260", "  ", [("a", "Hà Nội :"), ("b", "Liễu Văn đường,"), ("c", "1866.")]),
    ("300", "  ", [("a", "136 tờ :"), ("b", "minh họa ;"), ("c", "24 cm")]),
    ("500", "  ", [("a", "Rách vài tờ.")]),
    ("520", "  ", [("a", "Truyện thơ lục bát.")]),
    ("586", "  ", [("a", "Giải thưởng")]),
    ("650", " 7", [("a", "Thơ Nôm"), ("y", "Thế kỉ 19"), ("2", "bkchue")]),
    ("700", "1 ", [("a", "Đào Duy Anh,"), ("e", "chú giải")]),
    ("810", "2 ", [("a", "Viện Văn học")]),
    ("852", "  ", [("a", "Viện Hán Nôm"), ("j", "VNb.60")]),
    ("856", "41", [("u", "https://opac.example.org/1"), ("u", "javascript:alert(1)")]),
    ("880", "10", [("6", "245-01/$1"), ("a", "傳翹")]),
    ("952", "  ", [("o", "NOM 60"), ("p", "000123")]),
)
"""Tag, indicators and subfields; of a control field tag and data."""


def marcxml() -> bytes:
    fields = [
        f'<controlfield tag="{one[0]}">{one[1]}</controlfield>'
        if len(one) == 2
        else f'<datafield tag="{one[0]}" ind1="{one[1][0]}" ind2="{one[1][1]}">'
        + "".join(f'<subfield code="{code}">{text}</subfield>' for code, text in one[2])
        + "</datafield>"
        for one in MARC_FIELDS
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim"><record>'
    return f"{head}<leader>00000nam a2200000 a 4500</leader>{''.join(fields)}</record></collection>".encode()


def marc21(
    encode: Callable[[str], bytes] = str.encode, coding: bytes = b"a", fields: Sequence[Any] = MARC_FIELDS
) -> bytes:
    """ISO 2709: leader, directory, fields. `coding` is the leader's byte 9."""
    directory, data = b"", b""
    for one in fields:
        text = one[1] if len(one) == 2 else one[1] + "".join(f"\x1f{code}{text}" for code, text in one[2])
        field = encode(text) + b"\x1e"
        directory += one[0].encode() + b"%04d%05d" % (len(field), len(data))
        data += field
    base = 24 + len(directory) + 1
    length = base + len(data) + 1
    return b"%05dnam %b22%05d a 4500" % (length, coding, base) + directory + b"\x1e" + data + b"\x1d"


def _each_page(line: str) -> str:
    return "".join(line.format(n=n) for n in range(1, 7))


def _linked(division: str, *pages: int) -> str:
    return "".join(f'<mets:smLink xlink:from="{division}" xlink:to="P{n}"/>' for n in pages)


_LABELS = ((2, "1a"), (1, " - "), (3, "1b"), (4, "2a"), (5, "2b"), (6, ""))
_THUMBS = _each_page('<mets:file ID="T{n}"><mets:FLocat xlink:href="https://x.example/{n:04}.th.jpg"/></mets:file>')
_MASTERS = _each_page('<mets:file ID="F{n}"><mets:FLocat xlink:href="file:///b%E1%BA%A3n/{n:04}.tif"/></mets:file>')
_LEAVES = "".join(
    f'<mets:div ID="P{n}" ORDER="{n}" ORDERLABEL="{label}">'
    f'<mets:fptr FILEID="T{n}"/><mets:fptr FILEID="F{n}"/></mets:div>'
    for n, label in _LABELS
)
_LINKS = (
    _linked("L0", 1, 2, 3, 4, 5, 6) + _linked("L1", 1, 2, 3) + _linked("L2", 2) + _linked("L3", 4) + _linked("L4", 5, 6)
)
METS = f"""<?xml version="1.0" encoding="UTF-8"?>
<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
    xmlns:mods="http://www.loc.gov/mods/v3" xmlns:dv="http://dfg-viewer.de/">
  <mets:dmdSec ID="PART"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
    <mods:titleInfo><mods:title>Hồi thứ ba</mods:title></mods:titleInfo>
  </mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
  <mets:dmdSec ID="BOOK"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
    <mods:titleInfo lang="vi"><mods:title>Truyện Kiều</mods:title></mods:titleInfo>
    <mods:name><mods:namePart>Nguyễn Du</mods:namePart></mods:name>
    <mods:originInfo><mods:dateIssued>1866</mods:dateIssued></mods:originInfo>
  </mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
  <mets:dmdSec ID="SIZE"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
    <mods:physicalDescription><mods:extent>24 cm</mods:extent></mods:physicalDescription>
  </mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
  <mets:amdSec>
    <mets:rightsMD ID="R"><mets:mdWrap><mets:xmlData><dv:rights><dv:owner>Viện Hán Nôm</dv:owner>
      <dv:ownerLogo>https://hannom.example.org/logo.png</dv:ownerLogo>
      <dv:ownerSiteURL>https://hannom.example.org/</dv:ownerSiteURL>
      <dv:license>https://creativecommons.org/publicdomain/mark/1.0/</dv:license>
    </dv:rights></mets:xmlData></mets:mdWrap></mets:rightsMD>
    <mets:digiprovMD ID="L"><mets:mdWrap><mets:xmlData><dv:links>
      <dv:reference>https://opac.example.org/1</dv:reference>
    </dv:links></mets:xmlData></mets:mdWrap></mets:digiprovMD>
  </mets:amdSec>
  <mets:fileSec><mets:fileGrp USE="THUMBS">{_THUMBS}</mets:fileGrp>
    <mets:fileGrp USE="PRESENTATION">{_MASTERS}</mets:fileGrp></mets:fileSec>
  <mets:structMap TYPE="LOGICAL"><mets:div ID="L0" TYPE="monograph" DMDID="BOOK">
    <mets:div ID="L1" TYPE="chapter" LABEL="Hồi thứ nhất"><mets:div ID="L2" TYPE="section" LABEL="Tự"/></mets:div>
    <mets:div ID="L3" TYPE="chapter"/><mets:div ID="L4" TYPE="chapter" DMDID="PART"/>
  </mets:div></mets:structMap>
  <mets:structMap TYPE="PHYSICAL"><mets:div ID="P0" TYPE="physSequence" DMDID="SIZE">{_LEAVES}</mets:div>
  </mets:structMap><mets:structLink>{_LINKS}</mets:structLink></mets:mets>
"""


SAMPLES: Mapping[str, bytes] = {
    "work.toml": WORK_TOML.encode(),
    "mets": METS.encode(),
    "mods": MODS.encode(),
    "marcxml": marcxml(),
    "marc21": marc21(),
    "dublin-core": DUBLIN_CORE.encode(),
}
"""By the name of the reader."""
