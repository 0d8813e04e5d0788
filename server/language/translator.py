"""Sentences in the reader's language: errors, findings, page texts, numbers and dates.

English is the language of the message ids, so it needs no catalogue; every other language is one committed file,
`translations/LANGUAGE/LC_MESSAGES/mocban.po`, read as it stands: nothing to compile, nothing to forget.
The command line uses this as the pages do, so nothing here may know of a request. `server.language.update` keeps the
files in step with the sources.
"""

import gettext
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from manifests.errors import N_, LibraryError
from manifests.findings import FINDING_TYPES
from manifests.model import Finding, LanguageMap, Tier
from server.language.printable import printable

TRANSLATIONS = Path(__file__).parent / "translations"
DOMAIN = "mocban"
SOURCE_LANGUAGE = "en"

TIERS: Mapping[Tier, str] = {
    Tier.EXACT: N_("As typed"),
    Tier.MARKS: N_("Other accents"),
    Tier.ERROR: N_("One letter differs"),
    Tier.NEAR: N_("Words close together"),
}


def catalogue_file(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Every language that sentences can be said in."""
    return (SOURCE_LANGUAGE, *sorted(file.parts[-3] for file in TRANSLATIONS.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


@dataclass(frozen=True, slots=True)
class _Messages:
    """The forms of each sentence, and which of them is for how many things."""

    forms: Mapping[str, Sequence[str]]
    form_for: Callable[[int], int]


@lru_cache(maxsize=8)
def _messages(language: str) -> _Messages:
    if language == SOURCE_LANGUAGE:
        return _Messages({}, gettext.c2py("n != 1"))
    catalogue = read_catalogue(language)
    forms = {
        _as_forms(message.id)[0]: _as_forms(message.string)
        for message in catalogue
        if message.id and all(_as_forms(message.string)) and not message.fuzzy
    }
    return _Messages(forms, gettext.c2py(catalogue.plural_expr))


def _as_forms(string: str | Sequence[str] | None) -> Sequence[str]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


class Translator:
    """One language, chosen once for a request or for a run of a command."""

    def __init__(self, language: str) -> None:
        self.language = language if language in languages() else SOURCE_LANGUAGE
        self.locale = Locale.parse(self.language)
        self._messages = _messages(self.language)
        self._formatter = _MessageFormatter(self)

    def translate_error(self, error: LibraryError) -> str:
        return self.translate(error.sentence, **error.values)

    def translate_finding(self, finding: Finding) -> str:
        return self.translate(FINDING_TYPES[finding.code].sentence, **finding.values)

    def tier(self, tier: Tier) -> str:
        return self.translate(TIERS[tier])

    def translate(self, sentence: str, /, **values: Any) -> str:
        return self._formatter.vformat(self._messages.forms.get(sentence, (sentence,))[0], (), values)

    def plural(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """The sentence for `count` things; `{count}` in it is the number as this language writes it."""
        forms = self._messages.forms.get(one, (one, many))
        form = forms[self._messages.form_for(count)]
        return self._formatter.vformat(form, (), {"count": self.number(count), **values})

    def number(self, value: float) -> str:
        return _number(value, self.language)

    def day(self, time: datetime) -> str:
        """The day in UTC, as this language writes it: `27 tháng 11, 2026`."""
        return format_date(time.astimezone(UTC), format="long", locale=self.locale)

    def pick(self, texts: LanguageMap) -> str:
        """The key of a language map that serves this reader: the reader's language (in Latin letters before others, and
        before them what is in no known language), else the first there is."""
        wished = (self.language, f"{self.language}-Latn", "none")
        found = next((tag for tag in wished if tag in texts), None)
        return found or next((tag for tag in texts if _primary(tag) == self.language), next(iter(texts), "none"))

    def language_of(self, texts: LanguageMap) -> str:
        """The language of the label that this reader is shown, as a tag; empty where nobody knows it."""
        key = self.pick(texts)
        return key if key != "none" else written_in(self.label(texts))

    def label(self, texts: LanguageMap) -> str:
        return " · ".join(texts.get(self.pick(texts), ()))


@lru_cache(maxsize=1024)
def _number(value: float, language: str) -> str:
    """A list of choices shows a hundred, at 40 microseconds each."""
    return format_decimal(value, locale=language)


def written_in(text: str) -> str:
    """`vi` where letters stand that only Vietnamese has (its block in Unicode, the horned o and u), else empty."""
    return "vi" if re.search("[ƠơƯưẠ-ỹ]", text) else ""


class _MessageFormatter(Formatter):
    """Puts values into a sentence as the language writes them.

    A text that is itself a message of ours (`a whole number, 0 or more`) is translated too, and an error inside an
    error is said as one; whatever comes from outside stays in one line. Whole numbers stay bare: most are names of a
    kind (a port, a line, a width), and `Translator.number` groups those that are counted.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, LibraryError):
            return self._translator.translate_error(value)
        if isinstance(value, float) and not format_spec:
            return self._translator.number(value)
        if isinstance(value, str):
            value = self._translator._messages.forms.get(value, (value,))[0]
        return printable(str(super().format_field(value, format_spec)))


def negotiate(accept_language: str | None, chosen: str | None, available: Sequence[str]) -> Translator:
    """What the reader chose, else the best of the browser's list (RFC 9110 section 12.5.4), else the first offered."""
    wanted = ([chosen] if chosen else []) + _ranked(accept_language or "")
    offered = [language for language in available if language in languages()] or [SOURCE_LANGUAGE]
    return Translator(next((language for language in map(_primary, wanted) if language in offered), offered[0]))


def from_environment(environment: Mapping[str, str] | None = None) -> Translator:
    """The language of the terminal, by the order that POSIX gives (XBD section 8.2); English where it has none."""
    variables = os.environ if environment is None else environment
    named = next((variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    return Translator(_primary(named))


def _primary(tag: str) -> str:
    """The language alone: `vi` of `vi-VN`, `vi_VN.UTF-8` and `VI`."""
    return re.split(r"[-_.@]", tag.strip(), maxsplit=1)[0].lower()


def _ranked(accept_language: str) -> list[str]:
    """The browser's languages, most wanted first; what it refuses (`q=0`) or cannot be read is left out."""
    ranges = (
        re.fullmatch(r"\s*([A-Za-z0-9-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", part)
        for part in accept_language.split(",")
    )
    weighed = [(float(found[2] or 1), found[1]) for found in ranges if found]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]
