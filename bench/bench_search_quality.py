"""How much of damaged text the search finds: `python -m bench.bench_search_quality [--texts FOLDER] [--seed N]`.

Texts are damaged as the OCR damages them (`bench.damaged`) and set as pages; queries are passages of what was printed,
with their places, one file a run (`.cache/bench/queries.tsv`). Printed are, for each kind of damage, the share of the
places that are found (recall), the share of the first ten hits that are what was asked (precision), and how often
something is found for a query that is two letters from everything; and, for words with a wrong letter or blank, how
many of the places the search across all the texts finds on its first pages. Beside it the same pages in SQLite's FTS5,
which takes accents off (`unicode61 remove_diacritics 2`) and knows pages, no places.

A hit is what was asked if these words stand there in print, other marks at most; for a query with marks those with
other marks may only follow. Texts are the `.txt` files of `.cache/bench/texts`, or of `--texts`; without them the poem
and the letter of the sample library, which are short.
"""

import argparse
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from unicodedata import normalize

from bench.damaged import KINDS, DamagedText, damage, letter_wrong
from bench.results import table
from manifests.model import Box, Hit, PageText, State, Tier, Word, Work
from manifests.search.across import Across
from manifests.search.cursor import START, Cursor
from manifests.search.scan import find_in_work
from manifests.search.whoosh_index import WhooshIndex
from manifests.text.normalise import Syllable, cut
from manifests.text.store import WorkText

SAMPLE, OWN = Path("server/demo/texts"), Path(".cache/bench/texts")
QUERIES = Path(".cache/bench/queries.tsv")
PAGE, LINE, FIRST = 230, 9, 10
"""Words of a page and of a line; hits that a reader looks at."""
DAMAGED, EACH = 0.03, 30
"""Share of the words with wrong marks, and with a wrong letter; queries of each kind from a text."""
PAGES_ACROSS = 5
"""Of an answer across all texts, ten works each, that are looked at."""


@dataclass(frozen=True, slots=True)
class Query:
    """`first` and `behind` are the words it was taken from; of one that stands nowhere `kind` is "nothing"."""

    kind: str
    typed: str
    first: int
    behind: int


class Book:
    """A damaged text as a work, each word in a box whose x is its number."""

    def __init__(self, name: str, text: DamagedText) -> None:
        self.name = name
        self.text = text
        starts = range(0, len(text.read), PAGE)
        self.pages = [list(enumerate(text.read))[start : start + PAGE] for start in starts]
        self.work = WorkText.build((str(number), PageText("bench", _words(p))) for number, p in enumerate(self.pages))
        self.printed = [(at, syllable) for at, word in enumerate(text.printed) for syllable in cut(word)]

    def places(self, asked: Sequence[Syllable], *, exact: bool) -> set[int]:
        """The words at which the query stands in print."""
        keys = [(s.exact if exact else s.folded) for s in asked]
        row = [(s.exact if exact else s.folded) for _, s in self.printed]
        length = len(keys)
        return {self.printed[at][0] for at in range(len(row) - length + 1) if row[at : at + length] == keys}


def _words(page: Iterable[tuple[int, str]]) -> list[Word]:
    return [Word(word, number // LINE, Box(number, 0, 1, 1)) for number, word in page]


@dataclass(slots=True)
class Share:
    good: int = 0
    of: int = 0

    def add(self, good: int, of: int) -> None:
        self.good += good
        self.of += of

    def __str__(self) -> str:
        return f"{self.good / self.of:.3f} ({self.of})" if self.of else "-"


@dataclass(slots=True)
class Measured:
    recall: Share = field(default_factory=Share)
    precision: Share = field(default_factory=Share)
    plain: Share = field(default_factory=Share)
    plain_precision: Share = field(default_factory=Share)
    across: Share = field(default_factory=Share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=Path, default=OWN if OWN.is_dir() else SAMPLE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = Random(options.seed)
    books = [Book(file.stem, damage(_printed(file), chance, DAMAGED)) for file in sorted(options.texts.glob("*.txt"))]
    measured: dict[tuple[str, str], Measured] = defaultdict(Measured)
    found_nothing = Share()
    with tempfile.TemporaryDirectory() as folder:
        _ask_all(books, searched_across(books, Path(folder)), chance, measured, found_nothing)
    print("\n".join(tables(len(books), measured, found_nothing)))


def _ask_all(
    books: Sequence[Book],
    across: Across,
    chance: Random,
    measured: dict[tuple[str, str], Measured],
    found_nothing: Share,
) -> None:
    QUERIES.parent.mkdir(parents=True, exist_ok=True)
    with QUERIES.open("w", encoding="utf-8") as file:
        for book in books:
            plain = _plain_index(book)
            for query in queries_of(book, chance):
                print(book.name, query.kind, query.typed, query.first, query.behind, sep="\t", file=file)
                if query.kind == "nothing":
                    found_nothing.add(not find_in_work("w", book.work, query.typed), 1)
                    continue
                marks = "with marks" if any(s.exact != s.folded for s in cut(query.typed)) else "without"
                _measure(book, plain, query, measured[query.kind, marks])
                if query.kind in ("letter", "blank"):
                    measured[query.kind, marks].across.add(is_found_across(across, book, query), 1)


def searched_across(books: Sequence[Book], folder: Path) -> Across:
    """The search across all of them as they are here."""
    index = WhooshIndex(folder)
    with index.writing() as writer:
        for book in books:
            writer.replace(book.name, 1, book.work)
    words = {book.name: book.work for book in books}

    def public(name: str) -> Work:
        return Work(name, "bench", name, {"none": [name]}, State.PUBLIC, datetime.now(UTC), 1, 1, name)

    return Across(index, public, lambda work: words[work.id], lambda limit: (), lambda first, limit: ())


def is_found_across(across: Across, book: Book, query: Query) -> bool:
    target, start = set(range(query.first, query.behind)), START
    for _ in range(PAGES_ACROSS):
        page = across.works(query.typed, start)
        here = (found.hits for found in page.works if found.work.id == book.name)
        if any(target & _words_of(hit) for hits in here for hit in hits):
            return True
        following: Cursor | None = page.next
        if following is None:
            return False
        start = following
    return False


def _printed(file: Path) -> list[str]:
    text = normalize("NFC", file.read_text(encoding="utf-8"))
    return [word for word in text.split() if any(sign.isalnum() for sign in word)]


def queries_of(book: Book, chance: Random) -> Iterator[Query]:
    wanted = dict.fromkeys(KINDS, EACH)
    for _ in range(200 * EACH):
        length = chance.choices((1, 2, 3, 4), (0.15, 0.5, 0.25, 0.1))[0]
        first = chance.randrange(len(book.text.printed) - length)
        kinds = {kind for kind in book.text.kinds[first : first + length] if kind != "intact"} or {"intact"}
        typed = re.sub(r"[^\w-]+", " ", " ".join(book.text.printed[first : first + length])).strip()
        read = book.text.read[first : first + length]
        parts = [kind for kind, word in zip(book.text.kinds[first : first + length], read, strict=True) if word]
        damaged = sum(kind != "intact" for kind in parts)
        letters = sum(len(syllable.folded) for syllable in cut(typed))
        if damaged > 1 or not read[0] or letters < 3 or any(sign.isdigit() for sign in typed) or not wanted[min(kinds)]:
            continue
        wanted[min(kinds)] -= 1
        yield Query(min(kinds), typed, first, first + length)
        if chance.random() < 0.4:
            yield Query(min(kinds), " ".join(s.folded for s in cut(typed)), first, first + length)
    for _ in range(EACH):
        first = chance.randrange(len(book.text.printed) - 2)
        two = book.text.printed[first : first + 2]
        typed = " ".join(letter_wrong(letter_wrong(word, chance), chance) for word in two)
        if not _stands_within_one_letter(book, typed):
            yield Query("nothing", typed, first, first + 2)


def _stands_within_one_letter(book: Book, typed: str) -> bool:
    """Both words must be altered, and be none that stand beside each other in the text."""
    asked = [syllable.folded for syllable in cut(typed)]
    for text in (book.text.printed, book.text.read):
        row = [syllable.folded for word in text for syllable in cut(word)]
        for at in range(len(row) - len(asked) + 1):
            here = row[at : at + len(asked)]
            if sum(one != other for one, other in zip(here, asked, strict=True)) < 2:
                return True
    return False


def _measure(book: Book, plain: sqlite3.Connection, query: Query, measured: Measured) -> None:
    hits = find_in_work("w", book.work, query.typed)
    target = set(range(query.first, query.behind))
    measured.recall.add(any(target & _words_of(hit) for hit in hits), 1)
    asked = list(cut(query.typed))
    exact, alike = book.places(asked, exact=True), book.places(asked, exact=False)
    has_marks = any(syllable.exact != syllable.folded for syllable in asked)
    others_before = False
    for hit in hits[:FIRST]:
        first = min(_words_of(hit))
        late = has_marks and first in exact and hit.tier == Tier.EXACT and others_before
        measured.precision.add(first in alike and not late, 1)
        others_before |= hit.tier == Tier.MARKS
    pages = _plain_pages(plain, query.typed)
    measured.plain.add(query.first // PAGE in pages, 1)
    right = [page for page in pages[:FIRST] if any(at // PAGE == page for at in alike)]
    measured.plain_precision.add(len(right), len(pages[:FIRST]))


def _words_of(hit: Hit) -> set[int]:
    return {number for box in hit.boxes for number in range(box.x, box.x + box.w)}


def _plain_index(book: Book) -> sqlite3.Connection:
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE pages USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    texts = [(" ".join(word for _, word in page),) for page in book.pages]
    plain.executemany("INSERT INTO pages (text) VALUES (?)", texts)
    return plain


def _plain_pages(plain: sqlite3.Connection, typed: str) -> list[int]:
    phrase = '"' + typed.replace('"', " ") + '"'
    found = plain.execute("SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY rank", (phrase,))
    return [row - 1 for (row,) in found]


def tables(texts: int, measured: Mapping[tuple[str, str], Measured], found_nothing: Share) -> list[str]:
    heads = ["damage, query", "found", "of the first ten", "found across", "FTS5: found", "of its first ten pages"]
    rows = (
        [f"{kind}, {marks}", *map(str, (m.recall, m.precision, m.across, m.plain, m.plain_precision))]
        for (kind, marks), m in sorted(measured.items())
    )
    return [
        "## How much of damaged text is found",
        "",
        f"{texts} texts, {DAMAGED:.0%} of the words with wrong marks, {DAMAGED:.0%} with a letter wrong, half as many "
        "with another blank. *Found*: the share of the places that are among the hits; *of the first ten*: that of the "
        "first ten hits which are what was asked; in brackets, of how many.",
        "",
        *table(heads, rows),
        "",
        f"Nothing is found for a query that is two letters from everything: {found_nothing}.",
    ]


if __name__ == "__main__":
    main()
