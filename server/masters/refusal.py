"""How this room says no to a master: an error that carries its findings."""

from typing import Any

from manifests.errors import Damaged
from manifests.findings import FINDING_TYPES, make_finding
from manifests.model import Finding


class MasterRefused(Damaged):
    """A master that is not taken in; `findings` says why, in codes."""

    def __init__(self, *findings: Finding) -> None:
        first = findings[0]
        super().__init__(FINDING_TYPES[first.code].sentence, **first.values)
        self.findings = findings


def master_refused(code: str, **values: Any) -> MasterRefused:
    return MasterRefused(make_finding(code, **values))


def unsupported_samples(kind: str, samples: int, bits: int) -> MasterRefused:
    """In the notation of the trade, which needs no translation: `TIFF, 3 x 12 bit`."""
    return master_refused("unsupported-pixels", what=f"{kind}, {samples} x {bits} bit")
