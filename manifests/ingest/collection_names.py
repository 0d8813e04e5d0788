"""Which collection is meant by what a record calls it, and what one that nobody knows is to be called.

A collection is meant by its name in any language, or by its id. Of names that are new the first to be told decides on
the id and the label: `standing` tells them in order of path.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from manifests.collection import Collection, CollectionRecord
from manifests.ids import RESERVED, is_id, slug, with_suffix
from manifests.metadata.record import Texts
from manifests.metadata.texts import as_label


@dataclass(slots=True)
class CollectionNames:
    _by_name: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _called: set[str] = field(default_factory=set)
    """Ids that are made of a name of their collections."""
    _new: dict[str, CollectionRecord] = field(default_factory=dict)
    """As they were told of first, by id."""

    @classmethod
    def of(cls, known: Iterable[Collection]) -> "CollectionNames":
        names = cls()
        for one in known:
            names.know(one.id, (text for texts in one.label.values() for text in texts))
        return names

    def called(self, label: Texts, said: str = "") -> CollectionRecord:
        """The one that is meant; `said` is the id that a record asks for, or empty."""
        told = [text for texts in label.values() for text in texts]
        known = next(filter(None, map(self._known, [said] if said else told)), None)
        name = known or self._made(said or told[0])
        if known is None:
            self.know(name, told)
        self._also(name, told)
        return self._new.setdefault(name, CollectionRecord(name, as_label(label)))

    def _known(self, text: str) -> str | None:
        """By its name; by its id; by an id that was once made of this name, and whose collection was renamed since."""
        found = self._by_name.get(_key(text)) or self._ids.get(text.casefold())
        made = slug(text).casefold()
        return found or (self._ids.get(made) if made not in self._called else None)

    def know(self, name: str, texts: Iterable[str]) -> None:
        """By what names a collection goes."""
        told = list(texts)
        self._ids.setdefault(name.casefold(), name)
        self._also(name, told)
        self._called |= {name.casefold()} & {slug(text).casefold() for text in told}

    def _also(self, name: str, texts: Iterable[str]) -> None:
        """Whoever means it by its id gives it no name."""
        for text in texts:
            self._by_name.setdefault(_key(text), name)

    def _made(self, text: str) -> str:
        """Two names that differ in their marks alone are two collections."""
        made = text if is_id(text) else slug(text)
        if made and made.casefold() not in self._ids and made.casefold() not in RESERVED:
            return made
        return with_suffix(made, hashlib.sha256(_key(text).encode()).hexdigest()[:6])


def _key(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
