"""The objects of a PDF file as the bytes that leave: numbered, one after another, and at the end where each of them is.

Nothing is held of an object but its place, so that a file of any length can be made while it is read. Every library
that writes PDF holds the whole of it and gives it out at the end (decisions.md, 26). ISO 32000-1: 7.3 for the objects,
7.5 for the file.
"""

import zlib
from array import array
from collections.abc import Iterable, Iterator

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""With four bytes beyond ASCII, so that nobody takes the file for text (7.5.2)."""
_ENTRIES_AT_A_TIME = 4096
_FREE = b"0000000000 65535 f \n"


class PdfWriter:
    """What each method gives must leave before anything else does. An object may be named before it is written."""

    def __init__(self) -> None:
        self._places = array("Q")
        self._length = 0

    def head(self) -> bytes:
        return self._leaves(_HEAD)

    def number(self) -> int:
        """That of an object to come."""
        self._places.append(0)
        return len(self._places)

    def plain(self, number: int, content: str) -> bytes:
        return self._object(number, b"%b\nendobj\n" % content.encode("ascii"))

    def packed(self, number: int, content: bytes, entries: str = "") -> bytes:
        """A stream, deflated."""
        deflated = zlib.compress(content, 6)
        return self.stream(number, f"{entries}/Filter/FlateDecode", (deflated,))

    def stream(self, number: int, entries: str, pieces: Iterable[bytes | memoryview]) -> bytes:
        content = b"".join(pieces)
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii")
        return self._object(number, b"%b%b\nendstream\nendobj\n" % (head, content))

    def tail(self, root: int, info: int, file_id: str) -> Iterator[bytes]:
        """The table and the trailer (7.5.4 and 7.5.5). `file_id` is 32 hexadecimal digits."""
        start, size = self._length, len(self._places) + 1
        yield f"xref\n0 {size}\n".encode("ascii") + _FREE
        for first in range(0, len(self._places), _ENTRIES_AT_A_TIME):
            yield b"".join(b"%010d 00000 n \n" % place for place in self._places[first : first + _ENTRIES_AT_A_TIME])
        trailer = f"<</Size {size}/Root {root} 0 R/Info {info} 0 R/ID[<{file_id}><{file_id}>]>>"
        yield f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode("ascii")

    def _object(self, number: int, rest: bytes) -> bytes:
        self._places[number - 1] = self._length
        return self._leaves(b"%d 0 obj\n%b" % (number, rest))

    def _leaves(self, content: bytes) -> bytes:
        self._length += len(content)
        return content


def text(value: str) -> str:
    """A text string (7.9.2.2), in UTF-16 whatever stands in it."""
    return f"<FEFF{value.encode('utf-16-be', 'replace').hex()}>"


def references(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def number(value: float) -> str:
    """To a thousandth, without an exponent, which PDF does not know (7.3.3)."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
