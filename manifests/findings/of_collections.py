"""What there is to say of files that describe collections, and of what records say of them: one row a code."""

from collections.abc import Mapping

from manifests.errors import N_, plural
from manifests.findings.finding_type import FindingType
from manifests.model import Severity

_REFUSED = plural("{count} file of collections cannot be used", "{count} files of collections cannot be used")

OF_COLLECTIONS: Mapping[str, FindingType] = {
    "collections-refused": FindingType(
        Severity.ERROR,
        N_(
            "The collections cannot be used ({reason}). Mend the file and ingest again; "
            "the collections stay as they were, and the works are taken in."
        ),
        _REFUSED,
    ),
    "collections-value": FindingType(
        Severity.ERROR,
        N_(
            "The collections say {value} for {place}, where {allowed} may stand. Mend the file and ingest again; "
            "the collections stay as they were, and the works are taken in."
        ),
        _REFUSED,
    ),
    "collections-key": FindingType(
        Severity.ERROR,
        N_(
            "The collections have a key {key}, which means nothing here; known are {allowed}. "
            "Mend the file and ingest again; the collections stay as they were, and the works are taken in."
        ),
        _REFUSED,
    ),
    "collections-id": FindingType(
        Severity.ERROR,
        N_(
            "{id} cannot be the id of a collection. It is made of letters without marks, digits, `.`, `_` and `-`, at "
            "most 100, and begins with a letter or a digit; {reserved} mean something else. "
            "Mend the file and ingest again."
        ),
        _REFUSED,
    ),
    "collections-double": FindingType(
        Severity.ERROR,
        N_("{id} is described twice, in capitals and small letters too. Leave one and ingest again."),
        _REFUSED,
    ),
    "collections-parent": FindingType(
        Severity.ERROR,
        N_(
            "{id} is to lie in {parent}, and there is no such collection. Describe it in the same file, "
            "or write another, and ingest again."
        ),
        _REFUSED,
    ),
    "collections-cycle": FindingType(
        Severity.ERROR,
        N_("{id} would lie in itself: {path}. Change the parent of one of them and ingest again."),
        _REFUSED,
    ),
    "collections-deep": FindingType(
        Severity.ERROR,
        N_("{id} lies more than {limit} collections deep. Put it further up and ingest again."),
        _REFUSED,
    ),
    "collections-elsewhere": FindingType(
        Severity.WARNING,
        N_("{id} is described in {other} already, which counts. Leave it in one of the two."),
        plural("{count} collection is described twice", "{count} collections are described twice"),
    ),
    "collections-unused": FindingType(
        Severity.WARNING,
        N_("{file} stands beside, and counts alone. Leave one of the two."),
        plural("{count} file of collections is not read", "{count} files of collections are not read"),
    ),
}
