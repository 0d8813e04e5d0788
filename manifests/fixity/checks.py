"""Checks of fixity as the library offers them: to carry one out, and to tell what they have found by now."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from manifests.catalog import Catalog
from manifests.fixity.held_files import TEXTS, WorkFixity, fixity_of
from manifests.fixity.reading import Pace
from manifests.fixity.run import FixityOutcome, FixityProgress, FixityRun
from manifests.model import Work


@dataclass(frozen=True, slots=True)
class FixityChecks:
    """`roots` are the folders of masters by name; `outside_index` names the works that the search index has not as the
    catalogue has them."""

    catalog: Catalog
    library: Path
    roots: Mapping[str, str]
    outside_index: Callable[[], Collection[str]]

    def carry_out(
        self, works: Sequence[Work], progress: FixityProgress, *, pace: Pace | None = None, again: bool = False
    ) -> Iterator[FixityOutcome]:
        """Reads the files of these works, or where none are given all there are: `FixityRun`."""
        run = FixityRun(self.catalog, self.library, self.roots, self.outside_index, progress, pace or Pace(0))
        return run.of_works(works) if works else run.of_all(again=again)

    def unfinished(self) -> datetime | None:
        """When the check of everything began that would be gone on with."""
        return self.catalog.fixity.unfinished()

    def of(self, work: Work) -> WorkFixity:
        """What has been found of a work by now."""
        return fixity_of(self.catalog, self.library, self.roots, work)

    def sound_since(self, work: str) -> datetime | None:
        """When the first of the files of a work was last found sound, so that all of them have been since; None where
        one was not found so, was not checked yet, or is known to have gone. One question, however many files there are.
        """
        return self.catalog.fixity.sound_since(work, TEXTS)
