"""A printed line in pieces: what was found in it, and what stands between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from manifests.transcript.printed import PrintedLine


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_found: bool


def pieces(line: PrintedLine, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The text of the line; `spans` say from where to where in the work's display something was found."""
    start, end = line.words[0].start, line.words[-1].start + len(line.words[-1].text)
    here = [(first, behind) for first, behind in spans if first < end and behind > start]
    if not here:
        return [Piece(line.text, False)]
    found = groupby(_characters(line), key=lambda placed: any(first <= placed[0] < behind for first, behind in here))
    return [Piece("".join(character for _, character in run), is_found) for is_found, run in found]


def _characters(line: PrintedLine) -> Iterator[tuple[int, str]]:
    """Each with its place; a blank stands at the place behind its word."""
    for word in line.words:
        yield from enumerate(word.text, word.start)
        if word.has_blank:
            yield word.start + len(word.text), " "
