"""What the program has to say about a file: one row a code, read by ingest, the reports and the tests.

A row holds the severity and the sentence, an English message id with named placeholders; whoever shows it says it
in the reader's language. A sentence says what is wrong, with the numbers, and what to do next.
"""

from collections.abc import Mapping
from typing import Any

from manifests.findings.finding_type import FindingType
from manifests.findings.of_collections import OF_COLLECTIONS
from manifests.findings.of_fixity import OF_FIXITY
from manifests.findings.of_folders import OF_FOLDERS
from manifests.findings.of_masters import OF_MASTERS
from manifests.findings.of_records import OF_RECORDS
from manifests.findings.of_texts import OF_TEXTS
from manifests.model import Finding

FINDING_TYPES: Mapping[str, FindingType] = {
    **OF_MASTERS,
    **OF_TEXTS,
    **OF_RECORDS,
    **OF_COLLECTIONS,
    **OF_FOLDERS,
    **OF_FIXITY,
}


def make_finding(code: str, **values: Any) -> Finding:
    """A finding of a known code; the severity comes from its row."""
    return Finding(code, FINDING_TYPES[code].severity, values)
