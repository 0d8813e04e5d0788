"""The text layer of PDFs whose pages are pages of the work: it lies on the very page that was made the picture.

Such a file is opened once for all its pages, when the first asks for it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests import text
from manifests.catalog import PageRecord
from manifests.ingest.whole_texts import WholeText
from manifests.model import Finding
from manifests.text.reader import TextReader, Unreadable


class OwnLayers:
    """`masters` are the page files of the work."""

    def __init__(self, masters: Iterable[Path], readers: Sequence[TextReader]) -> None:
        self._masters = {normalize("NFC", file.name): file for file in masters}
        self._reader = next((reader for reader in readers if reader.NAME == "pdf"), None)
        self._opened: dict[Path, text.OpenText | None] = {}

    def stamp(self, page: PageRecord) -> str:
        """Stands for what the layer says of the page; empty where it can have none."""
        return f"{page.page.sha256} {page.page.number}" if self._master(page) is not None else ""

    def of(self, page: PageRecord) -> tuple[WholeText | None, Sequence[Finding]]:
        """What could be opened. Why a file could not is said once, to the first page that asks for it."""
        file, reader = self._master(page), self._reader
        if file is None or reader is None:
            return None, ()
        about: Sequence[Finding] = ()
        if file not in self._opened:
            self._opened[file], about = _open(file, reader)
        opened = self._opened[file]
        return (WholeText(opened, {page.page.id: page.page.number - 1}) if opened is not None else None), about

    def _master(self, page: PageRecord) -> Path | None:
        if self._reader is None or page.page.master.format != "pdf":
            return None
        return self._masters.get(normalize("NFC", PurePosixPath(page.page.file).name))


def _open(file: Path, reader: TextReader) -> tuple[text.OpenText | None, Sequence[Finding]]:
    """That a scan has no text is nothing to be told."""
    try:
        return text.OpenText(file, reader, reader.pages(file)), ()
    except Unreadable as error:
        return None, (error.finding,) if error.finding.code != "text-no-layer" else ()
