"""Which folders of masters are there to be read: a disk that is not mounted is no loss of ten thousand files."""

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from manifests.ingest.moved import is_empty


class MountedFolders:
    """`roots` are the folders of masters by name. Each folder is looked into once in a run."""

    def __init__(self, roots: Mapping[str, str]) -> None:
        self._roots = roots
        self._is_there: dict[Path, bool] = {}

    def root(self, name: str) -> Path:
        return Path(self._roots.get(name, name))

    def away(self, root: str, folder: str) -> Path | None:
        """The first folder on the way from the root to that of a work which is empty, as one on which no disk is
        mounted; the root also where it is not there or may not be looked into. None where all are there: a work whose
        own folder is empty, or gone, has lost its masters.
        """
        top = self.root(root)
        above = PurePosixPath(folder).parts[:-1]
        on_the_way = (top.joinpath(*above[:depth]) for depth in range(len(above) + 1))
        return next((each for each in on_the_way if not self._known(each, is_root=each == top)), None)

    def _known(self, folder: Path, *, is_root: bool) -> bool:
        if folder not in self._is_there:
            self._is_there[folder] = _is_there(folder) if is_root else not (folder.is_dir() and is_empty(folder))
        return self._is_there[folder]


def _is_there(root: Path) -> bool:
    try:
        os.listdir(root)
    except OSError:
        return False
    return not is_empty(root)
