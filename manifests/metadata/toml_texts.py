"""Texts in files written by hand (`work.toml`, `collections.toml`): one, several, or by language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from manifests.errors import N_
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Texts
from manifests.metadata.texts import UNKNOWN, is_tag, language_of, texts

Refuse: TypeAlias = Callable[[object, object, Sequence[str]], BadRecord]
"""Place, value, what may stand there."""


def texts_at(place: str, value: Any, refuse: Refuse) -> Texts:
    """A text, several, or by language: `{ vi = "...", fr = ["...", "..."] }`. Raises BadRecord."""
    if not isinstance(value, Mapping):
        return texts((UNKNOWN, one) for one in strings_at(place, value, refuse))
    for tag in value:
        if not is_tag(tag):
            raise refuse(place, tag, ["vi", "vi-Hani", "lzh-Hani", "en", "fr", UNKNOWN])
    by_tag = ((tag, strings_at(f"{place}.{tag}", said, refuse)) for tag, said in value.items())
    return texts((language_of(tag), one) for tag, strings in by_tag for one in strings)


def strings_at(place: str, value: Any, refuse: Refuse) -> list[str]:
    """Numbers and dates are texts as they are written: a year needs no quotation marks. Raises BadRecord."""
    several = value if isinstance(value, list) else [value]
    for one in several:
        if isinstance(one, bool | list | dict):
            raise refuse(place, one, [N_("a text")])
    return [str(one) for one in several]
