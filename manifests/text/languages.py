"""The languages of texts, as tags of BCP 47, out of what OCR programs write: codes of two or three letters, those of
Tesseract (`chi_tra_vert`), names in English (PAGE XML).
"""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

_PARTS = re.compile(r"[-_]")
_SCRIPTS_OF_TESSERACT = {"tra": "Hant", "sim": "Hans", "frak": "Latf", "latf": "Latf", "cyrl": "Cyrl", "latn": "Latn"}
_SCRIPT = re.compile("[A-Za-z]{4}")
_REGION = re.compile("[A-Za-z]{2}|[0-9]{3}")
_NO_LANGUAGES = frozenset({"und", "mul", "zxx", "mis", "root"})


@cache
def language_tag(told: str) -> str | None:
    """Language, script and region of what a file says; None where it names no language that is known."""
    named = _by_name().get(told.strip().casefold())
    if named is not None:
        return named
    first, *others = _PARTS.split(told.strip())
    code = first.lower()
    language = code if code in _names() else get_global("language_aliases").get(code, code)
    if language in _NO_LANGUAGES or language not in _names():
        return None
    script, region = "", ""
    for part in others:
        found = _SCRIPTS_OF_TESSERACT.get(part.lower())
        if found is None and _SCRIPT.fullmatch(part):
            found = part.title() if part.lower() != "vert" else ""
        if found is not None:
            script = script or found
        elif _REGION.fullmatch(part):
            region = region or part.upper()
    return "-".join(filter(None, (language, script, region)))


@cache
def _names() -> Mapping[str, str]:
    return dict(Locale("en").languages)


@cache
def _by_name() -> Mapping[str, str]:
    return {name.casefold(): code.replace("_", "-") for code, name in _names().items()}


_NAMED_HERE: Mapping[str, Mapping[str, str]] = {
    "vi-Hani": {"vi": "Chữ Nôm", "en": "Vietnamese (Nôm script)"},
    "lzh": {"vi": "Hán văn", "en": "Literary Chinese"},
    "lzh-Hani": {"vi": "Hán văn", "en": "Literary Chinese"},
    "vi-Latn": {"vi": "Tiếng Việt (chữ Quốc ngữ)", "en": "Vietnamese (Latin script)"},
}
"""What libraries in Viet Nam call them; Unicode's own names lack the one and mistake the other."""


_ALSO_CALLED: Mapping[str, str] = {
    "chữ hán": "lzh-Hani",
    "hán": "lzh-Hani",
    "nôm": "vi-Hani",
    "hán nôm": "vi-Hani",
    "chữ hán nôm": "vi-Hani",
    "chữ quốc ngữ": "vi-Latn",
    "quốc ngữ": "vi-Latn",
    "tiếng anh": "en",
    "tiếng hoa": "zh",
}


@cache
def _by_any_name() -> Mapping[str, str]:
    """Names in the languages of the interface, those in Vietnamese with `tiếng` before them and without."""
    found: dict[str, str] = {}
    for language in ("vi", "en"):
        for code, name in Locale(language).languages.items():
            plain, tag = name.casefold(), code.replace("_", "-")
            found.setdefault(plain, tag)
            found.setdefault(plain.removeprefix("tiếng "), tag)
    for tag, names in _NAMED_HERE.items():
        found |= {name.casefold(): tag for name in names.values()}
    return {**found, **_ALSO_CALLED}


def tag_of_name(told: str) -> str | None:
    """The tag of a language as a record has it: as a tag or code, or by its name in Vietnamese or English."""
    asked = " ".join(told.split()).casefold().rstrip(".")
    return _by_any_name().get(asked) or language_tag(told)


@cache
def language_name(tag: str, language: str) -> str | None:
    """What readers of `language` call the language of a tag or code; None for what names none."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag):
        return None
    known = language_tag(tag) or tag
    if known in _NAMED_HERE:
        return _NAMED_HERE[known].get(language)
    code, _, script = known.partition("-")
    locale = Locale(language)
    if code not in locale.languages:
        return None
    name, written = locale.languages[code], locale.scripts.get(script)
    return f"{name} ({written})" if written else name
