"""What is known of a kind of finding, whatever file it is about."""

from dataclasses import dataclass

from manifests.model import Severity


@dataclass(frozen=True, slots=True)
class FindingType:
    """`counted` says of many files at once what the sentence says of one, for one and for several of them."""

    severity: Severity
    sentence: str
    counted: tuple[str, str]
