"""The text of a work's pages: which file is whose, whether any has changed, the words of all of them as one file."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from manifests import text
from manifests.catalog import PageRecord
from manifests.errors import Damaged
from manifests.ingest.folder import WorkFolder
from manifests.ingest.work_plan import sha256_of
from manifests.model import Finding, PageState, PageText
from manifests.text.store import WorkText


@dataclass(frozen=True, slots=True)
class WorkTexts:
    """`pages` are the work's pages with what is now known of their text; `words` None where nothing has changed."""

    pages: Sequence[PageRecord]
    findings: Mapping[str, Sequence[Finding]]
    unused: Sequence[Path]
    changed: bool
    words: WorkText | None = None

    def write(self, folder: Path, work: str) -> str | None:
        """The name of the file below `folder` that holds the words; content decides the name."""
        if self.words is None:
            return None
        content = self.words.to_bytes()
        name = f"{work}.{hashlib.sha256(content).hexdigest()[:12]}.words"
        file = folder / name
        if not file.exists():
            write_whole(file, content)
        return name


def read_texts(folder: WorkFolder, pages: Sequence[PageRecord], old: bytes | None) -> WorkTexts:
    """`old` are the words as stored, None where there are none: they serve the pages whose masters have gone."""
    chosen, said, unused = _choose(folder, pages)
    stamped = [_stamped(page, chosen.get(page.page.id)) for page in pages]
    had_text = any(page.page.text is not None for page in pages)
    if stamped == list(pages) and had_text == (old is not None):
        return WorkTexts(pages, {}, unused, changed=False)
    words = WorkText.from_bytes(old) if old is not None else None
    read: list[tuple[str, PageText]] = []
    result: list[PageRecord] = []
    for page in stamped:
        page_text, about = _read(page, chosen.get(page.page.id), words)
        said[page.page.id].extend(about)
        if page_text is not None:
            read.append((page.page.id, page_text))
        result.append(replace(page, page=replace(page.page, text=page_text.format if page_text is not None else None)))
    built = WorkText.build(read) if read else None
    return WorkTexts(result, said, unused, changed=built is not None or old is not None, words=built)


def _choose(
    folder: WorkFolder, pages: Sequence[PageRecord]
) -> tuple[dict[str, Path], dict[str, list[Finding]], list[Path]]:
    """The text file of each page by id, what there is to say of the choice, and the texts of no page."""
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for file in folder.texts:
        by_stem[normalize("NFC", text.stem_of(file.name))].append(file)
    chosen: dict[str, Path] = {}
    said: dict[str, list[Finding]] = defaultdict(list)
    unused: list[Path] = []
    for page in pages:
        files = by_stem.pop(normalize("NFC", Path(page.page.file).stem), [])
        choice = text.choose(files)
        said[page.page.id].extend(choice.findings)
        unused.extend(choice.unused)
        if choice.taken is not None:
            chosen[page.page.id] = choice.taken
    unused.extend(file for files in by_stem.values() for file in files)
    return chosen, said, unused


def _stamped(page: PageRecord, file: Path | None) -> PageRecord:
    """The page with what its text was read from. A page whose master has gone keeps the text it had."""
    if page.state == PageState.MISSING:
        return page
    if file is None or page.state == PageState.PRUNED:
        return replace(page, text_file=None, text_stamp=None, page=replace(page.page, text=None))
    stamp = f"{sha256_of(file)} {page.page.width}x{page.page.height} {text.RECIPE}"
    return replace(page, text_file=file.name, text_stamp=stamp)


def _read(page: PageRecord, file: Path | None, words: WorkText | None) -> tuple[PageText | None, Sequence[Finding]]:
    if page.state == PageState.MISSING and words is not None and page.page.text is not None:
        return PageText(page.page.text, words.words(page.page.id)), ()
    if file is None or page.state != PageState.PRESENT:
        return None, ()
    return text.read(file, (page.page.width, page.page.height))


def write_whole(file: Path, content: bytes) -> None:
    """Aside, to the disk, then under its name: the file is there whole or not at all."""
    aside = file.with_name(file.name + ".part")
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise Damaged("{file} cannot be written ({reason}).", file=file, reason=error.strerror) from error
