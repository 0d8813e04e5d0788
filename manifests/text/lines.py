"""Lines of print as a format tells of them, made into the text of a page: words, and which lines belong together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from manifests.model import Block, Word
from manifests.text.languages import language_tag
from manifests.text.placing import Placing
from manifests.text.reader import PlacedWord, ReadText
from manifests.text.xml import Element

_DIRECTIONS: Mapping[str, str] = {
    "ltr": "ltr",
    "rtl": "rtl",
    "ttb": "ttb",
    "btt": "btt",
    "left-to-right": "ltr",
    "right-to-left": "rtl",
    "top-to-bottom": "ttb",
    "bottom-to-top": "btt",
}
"""As ALTO (BASEDIRECTION), HTML (`dir`) and PAGE (readingDirection) name them."""


@dataclass(frozen=True, slots=True)
class Line:
    """`block` is the same for lines of one block; `language` and `direction` are as the file writes them."""

    words: Sequence[PlacedWord]
    block: object = None
    language: str | None = None
    direction: str | None = None


def text_of(lines: Iterable[Line], placing: Placing) -> ReadText:
    """Lines are counted where there are words. A block goes on as long as nothing else is told of its lines."""
    words: list[Word] = []
    blocks: list[Block] = []
    last: object = None
    for number, line in enumerate(line for line in lines if line.words):
        words += [Word(text, number, box) for text, box in line.words]
        language = language_tag(line.language) if line.language else None
        direction = _DIRECTIONS.get((line.direction or "").strip().lower())
        if last != (line.block, language, direction):
            last = (line.block, language, direction)
            blocks.append(Block(number, language, direction))
    untold = [Block(0)]
    return ReadText(*placing.settle(words), blocks if blocks != untold else ())


T = TypeVar("T")


class Inherited(Generic[T]):
    """What counts for all that stands in an element, until an element within says otherwise. `own` says what it says
    itself, or None. Each element is asked once, however deep they stand in each other.
    """

    def __init__(self, own: Callable[[Element], T | None]) -> None:
        self._own = own
        self._known: dict[Element, T | None] = {}

    def of(self, element: Element) -> T | None:
        asked: list[Element] = []
        at: Element | None = element
        found: T | None = None
        while at is not None:
            if at in self._known:
                found = self._known[at]
                break
            asked.append(at)
            found = self._own(at)
            if found is not None:
                break
            at = at.getparent()
        self._known.update(dict.fromkeys(asked, found))
        return found


def attribute(*names: str) -> Inherited[str]:
    """The first of these that an element has, not empty."""
    return Inherited(lambda element: next((told for name in names if (told := element.get(name))), None))
