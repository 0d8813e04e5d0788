"""An index in memory, for the tests of what is asked across works: it names works in the order it was given."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from manifests.model import State, Work
from manifests.search.across import Across
from manifests.search.engine import Candidate
from manifests.text.normalise import cut
from manifests.text.store import WorkText


def public(name: str, title: str = "") -> Work:
    updated = datetime(2026, 1, 31, 8, tzinfo=UTC)
    return Work(name, "scans", name, {"vi": [title or name]}, State.PUBLIC, updated, 1, 1, f"{name}.words")


@dataclass
class MadeIndex:
    """`texts` by name; `hidden` are named as if they were public; `waiting` are not named at all."""

    texts: Mapping[str, WorkText | None]
    titles: Mapping[str, str] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    waiting: Sequence[str] = ()
    proved: list[str] = field(default_factory=list)

    def across(self, among: Mapping[str, bool] | None = None) -> Across:
        return Across(
            self, self._public, self._words, lambda limit: list(islice(self.waiting, limit)), self._with_text, among
        )

    def _with_text(self, first: int, limit: int) -> list[str]:
        named = (name for name, text in self.texts.items() if text is not None and name not in self.hidden)
        return list(islice(named, first, first + limit))

    def _public(self, name: str) -> Work | None:
        return None if name in self.hidden else public(name, self.titles.get(name, ""))

    def _words(self, work: Work) -> WorkText | None:
        self.proved.append(work.id)
        return self.texts[work.id]

    def find(
        self, query: str, limit: int | None = None, *, anywhere: bool = True, among: Container[str] | None = None
    ) -> list[Candidate]:
        asked = {syllable.folded for syllable in cut(query)}
        here = [name for name in self.texts if among is None or name in among]
        found = (name for name in here if name not in self.waiting and asked <= self._keys(name))
        run = " ".join(syllable.folded for syllable in cut(query))
        named = [Candidate(name, 1.0, 1, self._stands(run, name)) for name in found]
        wanted = [candidate for candidate in named if anywhere or candidate.in_a_row]
        return sorted(wanted, key=lambda candidate: not candidate.in_a_row)[:limit]

    def _stands(self, run: str, name: str) -> bool:
        text = self.texts[name]
        return text is not None and f" {run} " in f" {' '.join(text.stream.folded_keys())} "

    def find_runs(
        self, runs: Sequence[Sequence[str]], limit: int, among: Container[str] | None = None
    ) -> list[Candidate]:
        here = [name for name in self.texts if among is None or name in among]
        found = (name for run in runs for name in here if name not in self.waiting and set(run) <= self._keys(name))
        return [Candidate(name, 1.0, 1) for name in islice(dict.fromkeys(found), limit)]

    def find_titles(self, query: str, limit: int | None = None, among: Container[str] | None = None) -> list[Candidate]:
        here = (name for name in self.titles if among is None or name in among)
        return [Candidate(name, 1.0, 1) for name in islice(here, limit)]

    def count(self, runs: Sequence[Sequence[str]]) -> list[int]:
        return [sum(bool(run) and set(run) <= self._keys(name) for name in self.texts) for run in runs]

    def generations(self) -> dict[str, int]:
        return dict.fromkeys(self.texts, 1)

    def close(self) -> None:
        """There is nothing to close."""

    def _keys(self, name: str) -> set[str]:
        text = self.texts[name]
        return set(text.stream.folded_keys()) if text is not None else set()
