"""Collections described by hand: `collections.toml`, a table for each, named by its id; `config/collections.toml` is
the template. https://toml.io/en/v1.0.0.
"""

import tomllib
from collections.abc import Mapping
from typing import Any

from manifests import findings
from manifests.addresses import TOP
from manifests.collection import CollectionRecord
from manifests.errors import N_
from manifests.metadata.collection_file import bad, bad_value, is_address
from manifests.metadata.reader import BadRecord
from manifests.metadata.texts import UNKNOWN, as_label
from manifests.metadata.toml_texts import texts_at

FILES: tuple[str, ...] = ("collections.toml",)

_KEYS = ("label", "summary", "parent", "logo", "homepage")


def read(content: bytes) -> list[CollectionRecord]:
    """In the order of the file. Raises BadRecord."""
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise bad(N_("it is not UTF-8")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise bad(error) from error  # with its line and column
    return [_record(name, said) for name, said in told.items()]


def _record(name: str, said: Any) -> CollectionRecord:
    if not isinstance(said, Mapping):
        raise bad_value(name, said, [N_("a table")])
    unknown = next((key for key in said if key not in _KEYS), None)
    if unknown is not None:
        key, allowed = f"{name}.{unknown}"[:200], ", ".join(_KEYS)
        raise BadRecord(findings.make_finding("collections-key", key=key, allowed=allowed))
    return CollectionRecord(
        id=name,
        label=as_label(texts_at(f"{name}.label", said.get("label", name), bad_value)) or {UNKNOWN: [name]},
        summary=as_label(texts_at(f"{name}.summary", said.get("summary", ""), bad_value)),
        parent=_text(f"{name}.parent", said.get("parent", "")) or TOP,
        logo=_address(f"{name}.logo", said.get("logo", ""), may_be_ours=True),
        homepage=_address(f"{name}.homepage", said.get("homepage", "")),
    )


def _text(place: str, value: Any) -> str:
    if not isinstance(value, str):
        raise bad_value(place, value, [N_("a text")])
    return value.strip()


def _address(place: str, value: Any, *, may_be_ours: bool = False) -> str:
    address = _text(place, value)
    if address and not is_address(address, may_be_ours=may_be_ours):
        raise bad_value(place, address, ["https://..."])
    return address
