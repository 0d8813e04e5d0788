"""Addresses: the only place where a URI is made.

Identifiers come from `ids`; which host they stand under, a request or a setting says.
"""

from dataclasses import dataclass
from urllib.parse import quote

TOP = "top"
"""The collection that leads to all others (Presentation 2.1, section 5.8)."""

PLACEHOLDER = "http://mocban.invalid"
"""Stands for the public base in stored documents until a request says what it is (decisions.md, 9)."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every URI that the library gives out, under one public base (scheme and host, no slash at the end)."""

    base: str = PLACEHOLDER

    def home(self) -> str:
        return f"{self.base}/"

    def work_page(self, work: str) -> str:
        return f"{self.base}/works/{quote(work)}"

    def collection_home(self, collection: str) -> str:
        """The page for people; that of `top` is the home page."""
        return self.home() if collection == TOP else f"{self.base}/collections/{quote(collection)}"

    def on_this_server(self, address: str) -> str:
        """An address that somebody wrote down; one that begins with `/` is one of ours."""
        return f"{self.base}{address}" if address.startswith("/") else address

    def work_pdf(self, work: str) -> str:
        return f"{self.work_page(work)}.pdf"

    def work_text(self, work: str) -> str:
        return f"{self.work_page(work)}/text.txt"

    def work_citation(self, work: str, extension: str) -> str:
        """`ris` or `bib`."""
        return f"{self.work_page(work)}/citation.{extension}"

    def reading_page(self, work: str, page: str) -> str:
        """For people: one page of a work."""
        return f"{self.work_page(work)}/pages/{quote(page)}"

    def page_text(self, work: str, page: str, extension: str) -> str:
        """`txt` or `alto.xml`."""
        return f"{self.reading_page(work, page)}.{extension}"

    def record(self, work: str, extension: str) -> str:
        """A file of the library's own that describes the work: `mods.xml` ..."""
        return f"{self.work_page(work)}/record.{extension}"

    def image(self, version: int, image: str) -> str:
        return f"{self.base}/iiif/image/{version}/{quote(image, safe='~')}"

    def manifest(self, version: int, work: str) -> str:
        return f"{self.base}/iiif/presentation/{version}/{quote(work)}/manifest"

    def canvas(self, work: str, page: str) -> str:
        """The same in 2.1, so that an annotation made in one version lies on the canvas of the other."""
        return f"{self.base}/iiif/presentation/3/{quote(work)}/canvas/{quote(page)}"

    def placeholder(self, work: str) -> str:
        """The canvas that stands for the work until its own are there."""
        return f"{self.base}/iiif/presentation/3/{quote(work)}/placeholder"

    def annotations(self, work: str, page: str, granularity: str, version: int = 3) -> str:
        return f"{self.base}/iiif/presentation/{version}/{quote(work)}/annotations/{quote(page)}/{granularity}"

    def collection(self, version: int, collection: str, after: str | None = None) -> str:
        page = f"?after={quote(after, safe='')}" if after is not None else ""
        return f"{self.base}/iiif/presentation/{version}/collection/{quote(collection)}{page}"

    def search(self, version: int, work: str) -> str:
        return f"{self.base}/iiif/search/{version}/{quote(work)}"

    def autocomplete(self, version: int, work: str) -> str:
        return f"{self.base}/iiif/autocomplete/{version}/{quote(work)}"

    def search_collection(self, version: int, collection: str) -> str:
        return f"{self.base}/iiif/search/{version}/collection/{quote(collection)}"
