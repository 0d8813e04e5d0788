"""How far a reader of an answer across works has come, as it stands in the address of the next page.

Candidates are ranked, and only some of them are proved for a page: so a page begins at a rank, not at a number of
results. What has been seen is carried along, so that the last page knows how much there was.
"""

import re
from dataclasses import dataclass

from manifests.errors import Malformed

_WRITTEN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """`rank` of the first candidate, `seen` results before it, `offset` of the first hit among those from this rank."""

    rank: int = 0
    seen: int = 0
    offset: int = 0

    @classmethod
    def parse(cls, written: str) -> "Cursor":
        if not _WRITTEN.fullmatch(written):
            raise Malformed("start={start} is no place in a list of results.", start=written)
        return cls(*map(int, written.split(".")))

    def __str__(self) -> str:
        numbers = (self.rank, self.seen, self.offset) if self.offset else (self.rank, self.seen)
        return ".".join(map(str, numbers))


START = Cursor()
