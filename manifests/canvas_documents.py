"""The small documents about one canvas of a work: each is made when it is first asked for, and believed until something
changes. With `may_ask=False` it raises NotHeld instead of making one.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from manifests.believed import Believed
from manifests.documents import Document, DocumentBuilder, document_of
from manifests.errors import Missing
from manifests.metadata.merging import Merged
from manifests.model import Page, Work
from manifests.presentation.leaves import Leaf, leaf_of, leaves_of, opening_page


class Holdings(Protocol):
    """What has to be known for them; `manifests.library` says what each of these gives and raises."""

    def work(self, work: str) -> Work: ...
    def pages(self, work: str) -> Sequence[Page]: ...
    def page(self, work: str, page: str) -> Page: ...
    def record(self, work: str) -> Merged: ...


class CanvasDocuments:
    def __init__(
        self, holdings: Holdings, maker: DocumentBuilder, kept: Believed[tuple[object, ...], Document]
    ) -> None:
        self._holdings = holdings
        self._maker = maker
        self._kept = kept

    def canvas(self, work: str, page: str, *, may_ask: bool = True) -> Document:
        """Of a page that is missing too, where the record says so."""

        def make(of: Work) -> bytes:
            return self._maker.canvas(of, self._leaf(work, page))

        return self._made(("canvas", work, page), work, make, may_ask)

    def paintings(self, work: str, page: str, *, may_ask: bool = True) -> Document:
        """The annotations that lay the image on the canvas: all of them are one."""

        def make(of: Work) -> bytes:
            return self._maker.paintings(of, self._holdings.page(work, page))

        return self._made(("paintings", work, page), work, make, may_ask)

    def painting(self, work: str, page: str, *, may_ask: bool = True) -> Document:
        def make(of: Work) -> bytes:
            return self._maker.painting(of, self._holdings.page(work, page))

        return self._made(("painting", work, page), work, make, may_ask)

    def notes(self, version: int, work: str, page: str, *, may_ask: bool = True) -> Document:
        """What the record says of the page. Missing where it says nothing: then no document names this address."""

        def make(of: Work) -> bytes:
            leaf = self._leaf(work, page)
            if not leaf.note:
                raise Missing("There is nothing at this address.")
            return self._maker.notes(version, of, leaf)

        return self._made(("notes", version, work, page), work, make, may_ask)

    def placeholder(self, work: str, *, may_ask: bool = True) -> Document:
        """The canvas that stands for the whole work until its own are there."""

        def make(of: Work) -> bytes:
            pages = self._holdings.pages(work)
            return self._maker.placeholder(of, opening_page(self._holdings.record(work).record, pages))

        return self._made(("placeholder", work), work, make, may_ask)

    def _made(self, key: tuple[object, ...], work: str, make: Callable[[Work], bytes], may_ask: bool) -> Document:
        def ask() -> Document:
            of = self._holdings.work(work)
            return document_of(make(of), of.updated)

        return self._kept.get(key, ask, may_ask=may_ask)

    def _leaf(self, work: str, page: str) -> Leaf:
        leaves = leaves_of(self._holdings.pages(work), self._holdings.record(work).record)
        found = next((leaf for leaf in leaves if leaf.id == page), None)
        return found if found is not None else leaf_of(self._holdings.page(work, page))
