"""The font of text that nobody sees: every character the same, half as wide as it is high, any Unicode.

What is copied and searched in a PDF is what the font's ToUnicode says of its codes (ISO 32000-1, 9.10). So a code here
is only the number under which a character first came up in this file, and the font is written last, when all are known:
that has room for the ideographs beyond the first plane, which codes equal to UTF-16 would break in two.
A reader of PDF wants a font program, also where nothing is drawn with it: a TrueType file whose one glyph is a line
from corner to corner, without area. Chromium (PDFium) takes no column of text for text whose glyphs have no extent.
OpenType 1.9: head, hhea, hmtx, maxp, loca, glyf, cmap, name, post.
"""

import struct
from collections.abc import Iterator

from server.pdf.objects import PdfWriter

NAME = "MocbanInvisible"
WIDTH, ASCENT, DESCENT = 0.5, 0.8, 0.2
"""Of every glyph, for a font size of 1; the descent is below the baseline."""

_UNITS = 1000
_MOST_CODES = 0xFFFE
_UNKNOWN = "\ufffd"
_AT_A_TIME = 100
"""Most entries of one `bfchar` (Adobe Technical Note 5014)."""


class Codes:
    """The codes of one file's font, by character."""

    def __init__(self) -> None:
        self._codes = {_UNKNOWN: 1}

    def encode(self, text: str) -> str:
        """As a string of the font's codes, in hexadecimal digits."""
        return "".join(f"{self._code(character):04x}" for character in text)

    def _code(self, character: str) -> int:
        found = self._codes.get(character)
        if found is None:
            if len(self._codes) == _MOST_CODES or "\ud800" <= character <= "\udfff":
                return self._codes[_UNKNOWN]
            found = self._codes[character] = len(self._codes) + 1
        return found

    def __len__(self) -> int:
        return len(self._codes)

    def to_unicode(self) -> bytes:
        """The CMap from codes to UTF-16 (9.10.3)."""
        rows = [f"<{code:04x}><{character.encode('utf-16-be').hex()}>" for character, code in self._codes.items()]
        groups = [rows[first : first + _AT_A_TIME] for first in range(0, len(rows), _AT_A_TIME)]
        mappings = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
        return f"{_CMAP_HEAD}{mappings}\n{_CMAP_TAIL}".encode("ascii")


_CMAP_HEAD = """/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><ffff>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict/CMap defineresource pop
end
end
"""


def font_objects(writer: PdfWriter, number: int, codes: Codes) -> Iterator[bytes]:
    """The font under its number, and what it is made of (9.7)."""
    descendant, descriptor, program, glyphs, unicode = (writer.number() for _ in range(5))
    yield writer.plain(
        number,
        f"<</Type/Font/Subtype/Type0/BaseFont/{NAME}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {unicode} 0 R>>",
    )
    yield writer.plain(
        descendant,
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{NAME}/CIDToGIDMap {glyphs} 0 R/DW {_of(WIDTH)}"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R>>",
    )
    box = f"[0 {-_of(DESCENT)} {_of(WIDTH)} {_of(ASCENT)}]"
    yield writer.plain(
        descriptor,
        f"<</Type/FontDescriptor/FontName/{NAME}/Flags 4/FontBBox{box}/ItalicAngle 0/Ascent {_of(ASCENT)}"
        f"/Descent {-_of(DESCENT)}/CapHeight {_of(ASCENT)}/StemV 80/FontFile2 {program} 0 R>>",
    )
    made = font_program()
    yield writer.packed(program, made, f"/Length1 {len(made)}")
    yield writer.packed(glyphs, b"\0\1" * (len(codes) + 1))
    yield writer.packed(unicode, codes.to_unicode())


def _of(share: float) -> int:
    return round(share * _UNITS)


def font_program() -> bytes:
    """A TrueType font: glyph 0 is empty, glyph 1 a line."""
    ascent, descent, width = _of(ASCENT), -_of(DESCENT), _of(WIDTH)
    corners = (1, 1, 0, width, descent, ascent - descent)
    line = struct.pack(">hhhhh HH BB hh hh", 1, 0, descent, width, ascent, 1, 0, *corners)
    tables = {
        b"cmap": struct.pack(">HHHHI HHHHHHH HHHHH", 0, 1, 3, 1, 12, 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0),
        b"glyf": line,
        b"head": _head(ascent, descent, width),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, ascent, descent, 0, width, 0, 0, width, 1, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", width, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(line) // 2),
        b"maxp": struct.pack(">IHHH22x", 0x10000, 2, 2, 1),
        b"name": _names(),
        b"post": struct.pack(">I28x", 0x30000),
    }
    return _with_checksum(_joined(tables))


def _head(ascent: int, descent: int, width: int) -> bytes:
    return struct.pack(
        ">IIII HH qq hhhh HH hhh",
        *(0x10000, 0x10000, 0, 0x5F0F3CF5),  # version, revision, the checksum to come, magic
        *(3, _UNITS),
        *(0, 0),  # times
        *(0, descent, width, ascent),
        *(0, 8),  # style, least readable size
        *(2, 0, 0),  # direction, short offsets, glyph format
    )


def _names() -> bytes:
    name = NAME.encode("utf-16-be")
    records = (1, 2, 4, 6)
    rows = b"".join(struct.pack(">HHHHHH", 3, 1, 0x409, record, len(name), 0) for record in records)
    return struct.pack(">HHH", 0, len(records), 6 + len(rows)) + rows + name


def _joined(tables: dict[bytes, bytes]) -> bytes:
    """Each at a multiple of four bytes, behind the list of them."""
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * (count - (1 << power)))
    place, listed, body = len(head) + 16 * count, b"", b""
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        listed += tag + struct.pack(">III", _checksum(padded), place + len(body), len(table))
        body += padded
    return head + listed + body


def _with_checksum(font: bytes) -> bytes:
    """That of the whole stands in `head`, as what is missing to a constant."""
    place = struct.unpack_from(">I", font, font.index(b"head") + 8)[0] + 8
    return font[:place] + struct.pack(">I", (0xB1B0AFBA - _checksum(font)) % 2**32) + font[place + 4 :]


def _checksum(padded: bytes) -> int:
    return sum(int.from_bytes(padded[place : place + 4], "big") for place in range(0, len(padded), 4)) % 2**32
