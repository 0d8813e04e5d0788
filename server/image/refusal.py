"""How the image side says no to a master: an error that carries its findings."""

from typing import Any

from manifests.errors import Damaged
from manifests.findings import KINDS, find
from manifests.model import Finding


class Refused(Damaged):
    """A master that is not taken in; `findings` says why, in codes."""

    def __init__(self, *findings: Finding) -> None:
        first = findings[0]
        super().__init__(KINDS[first.code].sentence, **first.values)
        self.findings = findings


def refuse(code: str, **values: Any) -> Refused:
    return Refused(find(code, **values))
