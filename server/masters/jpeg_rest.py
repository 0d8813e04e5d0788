"""Whether a decoder was done with a JPEG before the data was: what is left over was lost on the way (T.81 B.1.1.5).

libvips leaves libjpeg behind the last row, before it could say so. Data that is damaged is often decoded on as if
nothing had happened, only too soon: the last row is reached with bytes to spare. So the bytes pass through here, those
before an end mark one by one, and what was never asked for is left over. Nothing here gives pixels.
"""

from server.masters.damage import Complaint
from server.masters.joined_source import ByteRange

_END = b"\xff\xd9"
_SLOWLY = 16
"""Bytes before an end mark that go out one by one. A decoder asks ahead for no more than eight."""
_AT_ONCE = 65_536
_FILLING = frozenset(b"\x00\xff")
STRAY = "extraneous bytes before marker"
"""As libjpeg says it."""


class WatchedJpeg:
    """A byte range, of which it is known how far it was asked for. Before `begins` an end mark is a thumbnail's."""

    def __init__(self, content: ByteRange, begins: int = 0) -> None:
        self._content, self._begins = content, begins
        self._asked, self._ended = 0, False
        self.length = content.length

    def read_into(self, buffer: memoryview, position: int) -> int:
        count = self._content.read_into(buffer, position)
        if position + count > self._begins:
            count = self._until_the_end(bytes(buffer[:count]), position)
        self._asked = max(self._asked, position + count)
        return count

    def _until_the_end(self, piece: bytes, position: int) -> int:
        end = piece.find(_END, max(self._begins - position, 0))
        if end < 0:
            return max(len(piece) - 1, 1) if piece.endswith(_END[:1]) else len(piece)
        if end == 0:
            self._ended = True
            return len(piece)
        return max(end - _SLOWLY, 1)

    def check(self) -> None:
        """Once every pixel was taken: Complaint where bytes are left over before the end mark."""
        left = b"" if self._ended else self._left()
        if left:
            raise Complaint(STRAY if _FILLING.issuperset(left) else "", finished=True)

    def _left(self) -> bytes:
        """Empty where no end mark follows: that it is missing is said elsewhere."""
        position, left = self._asked, b""
        while position < self.length:
            buffer = bytearray(min(_AT_ONCE, self.length - position))
            count = self._content.read_into(memoryview(buffer), position)
            left += bytes(buffer[:count])
            end = left.find(_END)
            if end >= 0 or not count:
                return left[: max(end, 0)]
            position += count
        return b""
