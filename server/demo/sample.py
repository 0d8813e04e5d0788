"""The sample library: which works it has, and how they come to stand on disk whole or not at all.

A work is drawn aside and moved into place in one step, its truth before its masters; so what stands below `masters/`
is whole, and is not drawn again. What each work looks like is said in its own module.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from manifests.metadata import work_toml
from server.demo import book, letters, wallmap
from server.demo.transcript import Leaf, write_truth

MASTERS, TRUTH = "masters", "truth"
ASIDE = ".drawing"
RECORDS = Path(__file__).parent / "records"


@dataclass(frozen=True, slots=True)
class SampleWork:
    """`draw` puts the masters into a folder; `record` is the file beside this one that says what they are."""

    title: str
    draw: Callable[[Path], Sequence[Leaf]]
    record: str


WORKS = (
    SampleWork(book.TITLE, book.draw, "book.toml"),
    SampleWork(wallmap.TITLE, wallmap.draw, "wallmap.toml"),
    SampleWork(letters.TITLE, letters.draw, "letters.toml"),
)


def build(folder: Path, drawing: Callable[[str], None], works: Sequence[SampleWork] = WORKS) -> Path:
    """The folder to ingest; `drawing` hears the title of each work that is not there yet."""
    shutil.rmtree(folder / ASIDE, ignore_errors=True)
    for work in works:
        if not (folder / MASTERS / work.title).is_dir():
            drawing(work.title)
            _draw(work, folder)
    return folder / MASTERS


def _draw(work: SampleWork, folder: Path) -> None:
    masters, truth = folder / ASIDE / MASTERS, folder / ASIDE / TRUTH
    masters.mkdir(parents=True)
    write_truth(work.draw(masters), truth)
    shutil.copyfile(RECORDS / work.record, masters / work_toml.NAME)
    for drawn, place in ((truth, folder / TRUTH / work.title), (masters, folder / MASTERS / work.title)):
        shutil.rmtree(place, ignore_errors=True)  # a truth whose masters were deleted
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(drawn, place)
    (folder / ASIDE).rmdir()
