"""Search across works, beside SQLite's FTS5 on the same text: `python -m bench.bench_search [--pages N] [--json]`.

How long a page of results takes in process, with the strips of its places: for the ten commonest syllables, the ten
commonest pairs, and runs of words drawn from the texts with and without their marks. FTS5 (`unicode61
remove_diacritics 2`) answers the same with thirty pages and a snippet of each; it knows no boxes, tiers or works. And
how many pages a second are indexed, how many bytes a page the index and the stored words take.

The texts are synthetic (`bench.search_texts`). They and both indexes are made once and kept below `.cache/bench`.
"""

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.prepared import FOLDER
from bench.results import table
from bench.search_texts import SIZE, SyntheticWork, text_of, works
from manifests.addresses import Addresses
from manifests.catalog import Catalog, PageRecord, WorkUpdate
from manifests.errors import Damaged
from manifests.ids import image_id
from manifests.model import Hit, Master, Page, PageState, Pyramid
from manifests.search.across import Across
from manifests.search_index import SearchIndex
from manifests.text import terms
from manifests.text.store import WorkText
from server.site.search_page import PLACES_OF_A_WORK
from server.site.snippets import snippet

PAGES = 100_000
GOAL_MILLISECONDS = 150
COMMONEST, DRAWN = 10, 60
ROUNDS = 2
_WORKS_COUNTED = 60
"""Works whose terms are counted to know the commonest: the others have the same."""
_COMPLETE = "complete.json"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of one library: what the making took and what lies on the disk. Bytes are those of one page."""

    pages: int
    works: int
    text_bytes: int
    index_bytes: int
    fts_bytes: int
    indexed_a_second: float
    fts_indexed_a_second: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds of one kind of query, ours and FTS5's."""

    queries: str
    p50: float
    p95: float
    fts_p50: float
    fts_p95: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.bench_search", description="Search across works, beside FTS5.")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = FOLDER / f"search-{options.pages}"
    sizes = prepare(folder, options.pages)
    paces = measure(folder, queries(folder, options.pages))
    if options.json:
        print(json.dumps(asdict(sizes)), *(json.dumps(asdict(pace)) for pace in paces), sep="\n")
    else:
        print("\n".join(tables(sizes, paces)))


def prepare(folder: Path, pages: int) -> Sizes:
    """Makes what is not there yet; what was broken off is begun anew."""
    complete = folder / _COMPLETE
    if complete.exists():
        return Sizes(**json.loads(complete.read_text(encoding="utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "text").mkdir(parents=True)
    catalog = Catalog.make(folder / "catalog.sqlite")
    for work in works(pages):
        _store(folder, catalog, work)
        _say(f"wrote {work.name}")
    began = time.perf_counter()
    SearchIndex(folder, catalog).rebuild(lambda done, of: _say(f"indexed {done} of {of} works"))
    ours = time.perf_counter() - began
    began = time.perf_counter()
    _index_with_fts(folder, pages)
    fts = time.perf_counter() - began
    counted = sum(1 for _ in works(pages))
    sizes = Sizes(
        pages,
        counted,
        _bytes(folder / "text") // pages,
        _bytes(folder / "index") // pages,
        _bytes(folder / "fts.sqlite") // pages,
        pages / ours,
        pages / fts,
    )
    catalog.close()
    complete.write_text(json.dumps(asdict(sizes)), encoding="utf-8")
    return sizes


def _store(folder: Path, catalog: Catalog, work: SyntheticWork) -> None:
    file = f"{work.name}.words"
    (folder / "text" / file).write_bytes(WorkText.build(text_of(work)).to_bytes())
    update = WorkUpdate(
        work=work.name,
        root="bench",
        folder=work.name,
        label={"vi": [work.name]},
        draft=False,
        returns=False,
        pages=[PageRecord(_page(work.name, "p1"), PageState.PRESENT, 1, 1)],
        text=file,
        text_changed=True,
    )
    catalog.save(update, datetime.now(UTC))


def _page(work: str, name: str) -> Page:
    """The pages have no pictures: a strip is measured as far as its address."""
    master = Master("tiff", *SIZE, 8, 3, "rgb")
    pyramid = Pyramid(f"pyramids/{work}.tif", *SIZE, "0" * 64, 1, 1, False, b"no tiles")
    return Page(name, image_id(work, name), {"none": [name]}, f"{work}.tif", "0" * 64, master, pyramid)


def _texts(folder: Path, pages: int) -> Iterator[WorkText]:
    return (WorkText.from_bytes((folder / "text" / f"{work.name}.words").read_bytes()) for work in works(pages))


def _index_with_fts(folder: Path, pages: int) -> None:
    with sqlite3.connect(folder / "fts.sqlite") as connection:
        connection.execute("CREATE VIRTUAL TABLE pages USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
        for text in _texts(folder, pages):
            rows = ((text.page_text(page),) for page in text.pages)
            connection.executemany("INSERT INTO pages VALUES (?)", rows)
    connection.close()


def _bytes(path: Path) -> int:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


# Asking


def queries(folder: Path, pages: int) -> Mapping[str, Sequence[str]]:
    texts = list(islice(_texts(folder, pages), _WORKS_COUNTED))
    syllables: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        syllables.update(terms.syllables(text.stream).folded)
        pairs.update(terms.pairs(text.stream))
    dice = random.Random(4)
    runs = [_run(dice, text.stream.vocabulary, text) for text in dice.choices(texts, k=DRAWN)]
    return {
        "the ten commonest syllables": [term for term, _ in syllables.most_common(COMMONEST)],
        "the ten commonest pairs": [term for term, _ in pairs.most_common(COMMONEST)],
        "words of the texts, with marks": runs,
        "words of the texts, without": [_run(dice, text.stream.folded, text) for text in dice.choices(texts, k=DRAWN)],
    }


def _run(dice: random.Random, keys: Sequence[str], text: WorkText) -> str:
    length = dice.randint(1, 3)
    first = dice.randrange(len(text.stream.row) - length)
    return " ".join(keys[number] for number in text.stream.row[first : first + length].tolist())


def measure(folder: Path, asked: Mapping[str, Sequence[str]]) -> list[Pace]:
    catalog = Catalog.open(folder / "catalog.sqlite")
    index = SearchIndex(folder, catalog)
    across = index.across(_stop)
    connection = sqlite3.connect(folder / "fts.sqlite")
    paces = []
    for kind, some in asked.items():
        ours = _times(lambda query: _results(across, query), some)
        fts = _times(lambda query: _fts_results(connection, query), some)
        paces.append(Pace(kind, _p(50, ours), _p(95, ours), _p(50, fts), _p(95, fts)))
    connection.close()
    index.close()
    catalog.close()
    return paces


def _results(across: Across, query: str) -> None:
    """What a page for people needs: works, their counts, the best places of each with the strip around them."""
    found = across.works(query)
    across.titled(query)
    for of in found.works:
        for hit in of.hits[:PLACES_OF_A_WORK]:
            _strip(hit)


def _strip(hit: Hit) -> None:
    snippet(hit, _page(hit.work, hit.page), Addresses(""))


def _fts_results(connection: sqlite3.Connection, query: str) -> None:
    connection.execute(
        "SELECT rowid, snippet(pages, 0, '[', ']', '...', 16) FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 30",
        (f'"{query}"',),
    ).fetchall()


def _times(ask: Callable[[str], None], asked: Sequence[str]) -> list[float]:
    """In milliseconds; the first answer, which opens files, is not counted."""
    ask(asked[0])
    times = []
    for query in [*asked] * ROUNDS:
        began = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _p(share: int, times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def _stop(error: Damaged) -> None:
    raise error


# Telling


def tables(sizes: Sizes, paces: Sequence[Pace]) -> list[str]:
    return [
        "## Search across works",
        "",
        f"{sizes.pages:,} synthetic pages in {sizes.works:,} works. Milliseconds of a page of results in process, with "
        f"the strips of its places; the goal is {GOAL_MILLISECONDS} for 95 of 100.",
        "",
        *table(["", "p50", "p95", "", "FTS5 p50", "FTS5 p95"], map(_pace, paces)),
        "",
        *table(
            ["", "Mocban", "FTS5"],
            [
                ["pages indexed a second", f"{sizes.indexed_a_second:,.0f}", f"{sizes.fts_indexed_a_second:,.0f}"],
                ["bytes of index a page", f"{sizes.index_bytes:,}", f"{sizes.fts_bytes:,} with the text"],
                ["bytes of stored words a page", f"{sizes.text_bytes:,}", ""],
            ],
        ),
    ]


def _pace(pace: Pace) -> list[str]:
    is_reached = "yes" if pace.p95 <= GOAL_MILLISECONDS else "**no**"
    numbers = [f"{number:,.1f}" for number in (pace.p50, pace.p95, pace.fts_p50, pace.fts_p95)]
    return [pace.queries, *numbers[:2], is_reached, *numbers[2:]]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
