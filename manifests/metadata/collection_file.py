"""What a file of collections is, and when one cannot be used. Its formats: `collections_toml`, `collections_table`.

A file is taken whole or not at all, so that no collection hangs in the air. Nothing is known of the catalogue here:
which collections there are besides, the ingest says.
"""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence

from manifests import findings
from manifests.addresses import TOP
from manifests.collection import CollectionRecord
from manifests.ids import RESERVED, is_id
from manifests.metadata.reader import BadRecord

MAX_BYTES = 8 << 20
"""Of a file: ten thousand collections with long summaries."""
MAX_COLLECTIONS = 20_000
MAX_DEPTH = 16
"""How deep collections may lie in each other."""


def bad(reason: object) -> BadRecord:
    """`reason` says what is wrong and where; a sentence of ours is translated."""
    return BadRecord(findings.make_finding("collections-refused", reason=str(reason)))


def bad_value(place: object, value: object, allowed: Sequence[str]) -> BadRecord:
    said = {"place": str(place), "value": str(value)[:200], "allowed": ", ".join(allowed)}
    return BadRecord(findings.make_finding("collections-value", **said))


def check_ids(records: Sequence[CollectionRecord]) -> None:
    """Raises BadRecord where one cannot be the id of a collection, or two are one."""
    seen = set[str]()
    for record in records:
        if not is_id(record.id) or record.id.casefold() in RESERVED:
            reserved = ", ".join(sorted(RESERVED))
            raise BadRecord(findings.make_finding("collections-id", id=record.id[:200], reserved=reserved))
        if record.id.casefold() in seen:
            raise BadRecord(findings.make_finding("collections-double", id=record.id))
        seen.add(record.id.casefold())


def check_parents(records: Sequence[CollectionRecord], known: Mapping[str, str]) -> None:
    """`known`: the parents of the collections that are there, by id in small letters. Raises BadRecord."""
    parents = {**known, **{record.id.casefold(): record.parent.casefold() for record in records}}
    for record in records:
        if record.parent.casefold() not in parents and record.parent.casefold() != TOP:
            parent = record.parent[:200]
            raise BadRecord(findings.make_finding("collections-parent", id=record.id, parent=parent))
    for record in records:
        _check_path(record.id, parents)


def _check_path(name: str, parents: Mapping[str, str]) -> None:
    path = [name.casefold()]
    while (above := parents.get(path[-1], TOP)) != TOP:
        if above in path:
            ring = " > ".join([*path[path.index(above) :], above])
            raise BadRecord(findings.make_finding("collections-cycle", id=above, path=ring[:500]))
        path.append(above)
        if len(path) > MAX_DEPTH:
            raise BadRecord(findings.make_finding("collections-deep", id=name, limit=MAX_DEPTH))


def is_address(text: str, *, may_be_ours: bool = False) -> bool:
    """Of the Web, in one word; `may_be_ours`: or of this server, beginning with one `/`."""
    ours = may_be_ours and text.startswith("/") and not text.startswith("//")
    is_one_word = not any(c.isspace() or c in "\"'<>;,\\" or ord(c) < 33 for c in text)
    return is_one_word and (ours or text.startswith(("http://", "https://")))


def without(records: Sequence[CollectionRecord], names: Some[str]) -> list[CollectionRecord]:
    return [record for record in records if record.id.casefold() not in names]
