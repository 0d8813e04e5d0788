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
