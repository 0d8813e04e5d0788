"""Strings of a record on their way to a language map: white space, Unicode, languages."""

import re
from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from manifests.metadata.record import Texts
from manifests.model import LanguageMap
from manifests.text.languages import language_tag

UNKNOWN = "none"
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_WITHOUT_WIDTH = " \u00ad\u200b\u2060\ufeff"
"""A soft hyphen, the blank without width, the joiner of words, the mark of byte order."""

_TURNED = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
"""A tone in front of the mark that belongs to the letter, as MARC-8 has them and programs leave them: e\u0300\u0302."""


def clean(text: str) -> str:
    """NFC, marks in the order of Vietnamese, without control characters, white space of a line made one space; lines
    stay. Blanks without width, which are copied along from pages of the Web, are taken off both ends."""
    if "\u0302" in text or "\u0306" in text:
        text = _TURNED.sub(r"\2\1", normalize("NFD", text))
    lines = (" ".join(line.split()) for line in _CONTROL.sub("", normalize("NFC", text)).splitlines())
    return "\n".join(filter(None, (line.strip(_WITHOUT_WIDTH) for line in lines)))


def language_of(told: str | None) -> str:
    """A tag of BCP 47 for what a record calls a language: a tag, an ISO 639-2 code of MARC, a name; else `none`."""
    told = (told or "").strip()
    if not told:
        return UNKNOWN
    return _cased(told) or language_tag(told) or UNKNOWN


def _cased(told: str) -> str | None:
    """What is a tag already, in the letter case that BCP 47 recommends (section 2.1.1)."""
    if not _TAG.fullmatch(told):
        return None
    first, *others = told.split("-")
    if len(first) == 3 and not others:
        return language_tag(told)
    cased = [p.title() if len(p) == 4 and p.isalpha() else p.upper() if len(p) == 2 else p.lower() for p in others]
    if len(first) > 3:
        return language_tag(told)
    return "-".join([first.lower(), *cased])


def is_tag(told: str) -> bool:
    return told == UNKNOWN or language_of(told) != UNKNOWN


def texts(pairs: Iterable[tuple[str, str]]) -> Texts:
    """From language and string; empty strings and repetitions are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, text in pairs:
        cleaned = clean(text)
        if cleaned and cleaned not in found[language]:
            found[language].append(cleaned)
    return {language: tuple(strings) for language, strings in found.items() if strings}


def joined(parts: Iterable[Texts]) -> Texts:
    """Several maps as one, in their order."""
    return texts((language, text) for part in parts for language, strings in part.items() for text in strings)


def as_label(said: Texts) -> LanguageMap:
    """As the catalogue gives labels back, so that both can be compared."""
    return {language: list(strings) for language, strings in said.items()}
