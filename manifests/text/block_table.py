"""The blocks of all pages of a work, as arrays beside its words: a few numbers a page, read only when asked for."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from manifests.model import Block

_PAGES, _LINES, _TRAITS = "block_pages", "block_lines", "block_traits"
_COLUMNS = (_PAGES, _LINES, _TRAITS)
_NAMED = "traits"


class BlockTable:
    """`pages` are the ids of the work's pages in the order in which they are counted.

    Rows go by page and line. `traits` are the pairs of language and direction that occur, to which rows refer.
    """

    def __init__(
        self, pages: Sequence[str], traits: Sequence[Sequence[str | None]], arrays: dict[str, NDArray[Any]]
    ) -> None:
        self._numbers = {page: number for number, page in enumerate(pages)}
        self._traits = traits
        self.arrays = arrays

    @classmethod
    def of(cls, pages: Sequence[str], blocks: Mapping[str, Sequence[Block]]) -> "BlockTable":
        traits: dict[tuple[str | None, str | None], int] = {}
        rows = [
            (number, block.line, traits.setdefault((block.language, block.direction), len(traits)))
            for number, page in enumerate(pages)
            for block in blocks.get(page, ())
        ]
        columns = np.array(rows, np.uint32).reshape(-1, 3).T
        arrays = {name: np.ascontiguousarray(column) for name, column in zip(_COLUMNS, columns, strict=True)}
        return cls(pages, list(traits), arrays)

    @classmethod
    def stored(cls, pages: Sequence[str], facts: Mapping[str, Any], arrays: dict[str, NDArray[Any]]) -> "BlockTable":
        """Takes its own arrays out of `arrays`. Words that were stored before there were blocks have none."""
        if _PAGES not in arrays:
            return cls.of(pages, {})
        return cls(pages, facts[_NAMED], {name: arrays.pop(name) for name in _COLUMNS})

    @property
    def facts(self) -> Mapping[str, Any]:
        return {_NAMED: [list(pair) for pair in self._traits]}

    def blocks(self, page: str) -> list[Block]:
        """In order. Empty where nothing tells of any."""
        number = self._numbers.get(page)
        if number is None:
            return []
        of_pages = self.arrays[_PAGES]
        first, behind = bisect_left(of_pages, number), bisect_left(of_pages, number + 1)
        lines, traits = self.arrays[_LINES][first:behind].tolist(), self.arrays[_TRAITS][first:behind].tolist()
        return [Block(line, *self._traits[trait]) for line, trait in zip(lines, traits, strict=True)]
