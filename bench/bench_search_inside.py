"""Search inside one work of 500 synthetic pages: `python -m bench.bench_search_inside [--pages N]`.

Milliseconds of a whole answer in process: all hits counted, the first page of them made, each with its boxes and the
words around it. Asked are the commonest syllables and pairs, runs of words as they stand there, without their marks,
with a letter wrong, with a blank lost or added, and words that stand nowhere. The first question to a work that has
just been read takes longer, since what all questions need is made then; it stands in a row of its own.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from bench.damaged import blank_wrong, letter_wrong
from bench.results import table
from bench.search_texts import SyntheticWork, text_of
from manifests.search.answers import PAGE_SIZE
from manifests.search.scan import find_in_work
from manifests.text import terms
from manifests.text.store import WorkText

PAGES = 500
GOAL_MILLISECONDS = 10
COMMONEST, DRAWN, ROUNDS = 10, 60, 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.bench_search_inside", description="Search inside one work.")
    parser.add_argument("--pages", type=int, default=PAGES)
    options = parser.parse_args()
    packed = WorkText.build(text_of(SyntheticWork("inside", options.pages))).to_bytes()
    print("\n".join(tables(options.pages, len(packed), measure(packed))))


def measure(packed: bytes) -> dict[str, list[float]]:
    """Milliseconds of each question, by kind."""
    text = WorkText.from_bytes(packed)
    asked = queries(text)
    every = [query for of_kind in asked.values() for query in of_kind]
    first = [_took(lambda query: _answer(WorkText.from_bytes(packed), query), query) for query in every[::10]]
    for query in every:
        _answer(text, query)
    times = {
        kind: [_took(lambda query: _answer(text, query), one) for one in of * ROUNDS] for kind, of in asked.items()
    }
    return {"the first question to a work, with the reading of it": first} | times


def _answer(text: WorkText, query: str) -> None:
    found = find_in_work("w", text, query)
    _ = len(found), found[:PAGE_SIZE]


def _took(ask: Callable[[str], None], query: str) -> float:
    """In milliseconds of the processor, so that nothing else on the machine is counted."""
    began = time.process_time()
    ask(query)
    return (time.process_time() - began) * 1000


def queries(text: WorkText) -> Mapping[str, list[str]]:
    dice = random.Random(4)
    runs = [_run(dice, text.stream.vocabulary, text) for _ in range(DRAWN)]
    syllables, pairs = terms.syllables(text.stream).folded, terms.pairs(text.stream)
    return {
        "the ten commonest syllables": sorted(syllables, key=lambda term: -syllables[term])[:COMMONEST],
        "the ten commonest pairs": sorted(pairs, key=lambda term: -pairs[term])[:COMMONEST],
        "words of the text, with marks": runs,
        "words of the text, without": [_run(dice, text.stream.folded, text) for _ in range(DRAWN)],
        "with a letter wrong": [" ".join([letter_wrong(run.split()[0], dice), *run.split()[1:]]) for run in runs],
        "with a blank lost or added": [_other_blank(dice, run.split()) for run in runs],
        "words in any order": [" ".join(dice.sample(text.stream.vocabulary, 3)) for _ in range(DRAWN)],
    }


def _run(dice: random.Random, keys: Sequence[str], text: WorkText) -> str:
    length = dice.randint(1, 4)
    first = dice.randrange(len(text.stream.row) - length)
    return " ".join(keys[number] for number in text.stream.row[first : first + length].tolist())


def _other_blank(dice: random.Random, words: list[str]) -> str:
    read = blank_wrong(words[0], words[1:2], dice)
    return " ".join([*filter(None, read), *words[len(read) :]])


def tables(pages: int, size: int, times: Mapping[str, Sequence[float]]) -> list[str]:
    return [
        f"## Search inside a work of {pages} pages",
        "",
        f"Milliseconds of the processor for all hits and the first {PAGE_SIZE} of them with boxes and words around; "
        f"{size // pages:,} bytes of stored words a page.",
        "",
        *table(["", "p50", "p95", "goal", ""], (_row(kind, some) for kind, some in times.items())),
    ]


def _row(kind: str, times: Sequence[float]) -> list[str]:
    p50, p95 = (statistics.quantiles(times, n=100, method="inclusive")[share - 1] for share in (50, 95))
    reached = "yes" if p95 <= GOAL_MILLISECONDS else "**no**"
    return [kind, f"{p50:.1f}", f"{p95:.1f}", f"{GOAL_MILLISECONDS}", reached]


if __name__ == "__main__":
    main()
