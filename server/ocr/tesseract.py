"""Tesseract, as it is installed on this machine: which version, which languages, how it is called, what it says back.

An outside program, from 4.1 on, which was the first to write ALTO. Nothing is run for a page here (`tesseract_pool`).
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from manifests.errors import Malformed, Unsupported
from manifests.model import OcrEngine

NAME = "tesseract"
LEAST_VERSION = (4, 1)
PPI = range(70, 2401)
"""What Tesseract takes for a resolution; without one, or with another, it estimates its own."""

_SECONDS_TO_ANSWER = 60
_LANGUAGE = re.compile(r"[a-z]{3}(_[A-Za-z]+)*|script/[A-Za-z]+(_vert)?")
_NO_LANGUAGES = {"osd", "equ"}
"""Data for layout and formulas, listed among the languages."""
_LISTED_IN = re.compile(r'List of available languages in "(.+)"')
_CONFIDENCE = re.compile(rb'\bWC="([0-9.]+)"')


@dataclass(frozen=True, slots=True)
class Tesseract:
    """`tessdata` is the folder of its languages, where it says which."""

    program: str
    version: str
    languages: frozenset[str]
    tessdata: Path | None

    def command(self, languages: str, ppi: float | None) -> list[str]:
        """Reads a picture from its standard input, writes ALTO to its standard output."""
        is_told = ppi is not None and round(ppi) in PPI
        resolution = ["--dpi", str(round(ppi))] if ppi is not None and is_told else []
        return [self.program, "stdin", "stdout", "-l", languages, *resolution, "-c", "tessedit_create_alto=1"]


def parse_languages(wanted: str) -> list[str]:
    """`vie+fra` as a list. Raises Malformed."""
    names = wanted.split("+")
    if not all(map(_LANGUAGE.fullmatch, names)):
        raise Malformed(
            "{languages} are no languages of Tesseract's. Write them as it names them, like vie or vie+fra.",
            languages=repr(wanted),
        )
    return list(dict.fromkeys(names))


def find_tesseract(languages: Sequence[str], path: str | None = None) -> Tesseract:
    """That of this machine, which knows these languages; `path` instead of the PATH. Raises Unsupported, and says what
    to install.
    """
    program = shutil.which(NAME, path=path)
    if program is None:
        raise Unsupported(
            "OCR is done by Tesseract, which is not installed here. As root: apt-get install {packages}",
            packages=" ".join(["tesseract-ocr", *_packages(languages)]),
        )
    version = _version(program)
    listed = _asked(program, "--list-langs").splitlines()
    found = _LISTED_IN.match(listed[0]) if listed else None
    known = frozenset(listed[1:]) - _NO_LANGUAGES
    missing = [language for language in languages if language not in known]
    if missing:
        raise Unsupported(
            "Tesseract lacks the data for {languages}. As root: apt-get install {packages}",
            languages=", ".join(missing),
            packages=" ".join(_packages(missing)),
        )
    return Tesseract(program, version, known, Path(found[1]) if found is not None else None)


def engine_of(tesseract: Tesseract, languages: Sequence[str]) -> OcrEngine:
    return OcrEngine(NAME, tesseract.version, "+".join(languages), _model(tesseract, languages))


def confidence_of(alto: bytes) -> float | None:
    """The mean of the words in percent; None where there are none. WC: ALTO 3, 0 to 1."""
    found = [float(value) for value in _CONFIDENCE.findall(alto) if value.count(b".") < 2 and value != b"."]
    return round(100 * sum(found) / len(found), 1) if found else None


def _version(program: str) -> str:
    found = re.match(r"tesseract v?((\d+)\.(\d+)[\w.-]*)", _asked(program, "--version"))
    if found is None or (int(found[2]), int(found[3])) < LEAST_VERSION:
        raise Unsupported(
            "{program} is not Tesseract 4.1 or newer, which OCR needs. As root: apt-get install tesseract-ocr",
            program=program,
        )
    return found[1]


def _asked(program: str, question: str) -> str:
    try:
        told = subprocess.run(  # noqa: S603 -- the program that PATH names
            [program, question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS_TO_ANSWER,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.decode("utf-8", "replace")


def _packages(languages: Iterable[str]) -> list[str]:
    """Those of Debian. The packages of scripts go by codes of their own, so all of them are named by one."""
    scripts = [language for language in languages if language.startswith("script/")]
    named = [f"tesseract-ocr-{language.replace('_', '-').lower()}" for language in languages if language not in scripts]
    return [*named, *(["tesseract-ocr-all"] if scripts else [])]


def _model(tesseract: Tesseract, languages: Sequence[str]) -> str:
    """The same languages read otherwise after other data were installed. Empty where Tesseract hides its folder."""
    if tesseract.tessdata is None:
        return ""
    digests = []
    for language in languages:
        try:
            with (tesseract.tessdata / f"{language}.traineddata").open("rb") as data:
                digests.append(hashlib.file_digest(data, "sha256").hexdigest()[:12])
        except OSError:
            return ""
    return "+".join(digests)
