"""The settings: one field a setting; `config/default.toml` explains each (a test insists).

Order: default < `library.toml` < environment (`MOCBAN_` and the name in capitals) < flag. They are read once and stay.
An unknown key is an error that names the nearest known one.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from manifests.errors import N_, Misused

ENVIRONMENT_PREFIX = "MOCBAN_"
NOT_SETTINGS = frozenset({"MOCBAN_LIBRARY"})
"""Variables of ours that say which library is meant, not how it behaves."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names, types and defaults. What each does stands in `config/default.toml`."""

    # What the library is
    title: str = "Mộc bản"
    languages: tuple[str, ...] = ("vi", "en")
    roots: Mapping[str, str] = field(default_factory=dict)
    share_records: bool = True

    # How it is reached
    base_url: str = ""
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 0
    threads: int = 4

    # What the Image API makes
    max_width: int = 0
    max_height: int = 0
    max_area: int = 40_000_000
    max_image_seconds: int = 20
    max_image_memory: int = 256
    cache_size: int = 2000
    cache_days: int = 30
    server_timing: bool = False
    quality: int = 85
    webp_quality: int = 80
    avif_quality: int = 65
    jp2_quality: int = 42
    png_compression: int = 3
    tif_compression: str = "lzw"
    preferred_formats: tuple[str, ...] = ("jpg",)
    rights: str = ""

    # How long answers are kept
    keep_documents: int = 0
    keep_tiles: int = 3600
    keep_images: int = 3600

    # What ingest takes in
    jobs: int = 0
    max_master_pixels: int = 4_000_000_000
    max_decoded_pixels: int = 100_000_000
    pdf_ppi: int = 300
    max_master_seconds: int = 900
    max_master_memory: int = 4096
    max_ocr_seconds: int = 300


def load(file: Path | None = None, environment: Mapping[str, str] | None = None, **flags: Any) -> Settings:
    """The settings of one run. Flags that are None were not given."""
    values = _from_file(file) if file is not None and file.exists() else {}
    values |= _from_environment(os.environ if environment is None else environment)
    values |= {name: value for name, value in flags.items() if value is not None}
    return replace(Settings(), **values)


def origins(file: Path, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Where each setting that is not the default comes from: the file, or the variable."""
    variables = os.environ if environment is None else environment
    found = dict.fromkeys(_from_file(file), str(file)) if file.exists() else {}
    return found | {name: f"${ENVIRONMENT_PREFIX}{name.upper()}" for name in _from_environment(variables)}


def _from_file(file: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misused("{file} is not valid TOML: {reason}", file=file, reason=error) from error
    return {name: _cast(name, value, str(file)) for name, value in found.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    return {
        name.removeprefix(ENVIRONMENT_PREFIX).lower(): _cast(
            name.removeprefix(ENVIRONMENT_PREFIX).lower(), value, f"${name}"
        )
        for name, value in environment.items()
        if name.startswith(ENVIRONMENT_PREFIX) and name not in NOT_SETTINGS
    }


def _cast(name: str, value: Any, where: str) -> Any:
    """The value as the type of its default. Text stands for numbers and for lists (commas between)."""
    default = _default(name, where)
    cast = _from_text(value, type(default)) if isinstance(value, str) else value
    if isinstance(cast, list):
        cast = tuple(part.strip() if isinstance(part, str) else part for part in cast if part != "")
    if not _is_of_kind(cast, type(default)):
        raise Misused(
            "{where} sets {name} to {value}, which is not {what}.",
            where=where,
            name=name,
            value=repr(value),
            what=_KINDS[type(default)],
        )
    _check_range(name, cast, where)
    _check_choice(name, cast, where)
    return _rights(cast, where) if name == "rights" else cast


def _rights(uri: str, where: str) -> str:
    """As Presentation 3.0 section 3.2 and Image 3.0 section 5.6 want it: the URI that stands for the licence.

    Creative Commons and RightsStatements.org made theirs with `http`, whatever the browser shows.
    """
    if uri and not re.fullmatch(r"https?://[!-~]+", uri):
        raise Misused(
            "{where} sets rights to {value}; it must be an address like {example}.",
            where=where,
            value=repr(uri),
            example="http://creativecommons.org/publicdomain/mark/1.0/",
        )
    return re.sub(r"https(?=://(www\.)?(creativecommons|rightsstatements)\.org/)", "http", uri)


def _default(name: str, where: str) -> Any:
    defaults = {f.name: getattr(Settings(), f.name) for f in fields(Settings)}
    if name not in defaults:
        near = difflib.get_close_matches(name, defaults, n=1, cutoff=0.0)
        raise Misused(
            "{where} sets {name}, which is no setting. Is {near} meant?", where=where, name=name, near=near[0]
        )
    return defaults[name]


def _from_text(text: str, kind: type) -> Any:
    if kind is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower(), text)
    if kind is tuple:
        return [part for part in text.split(",") if part.strip()]
    return int(text) if kind is int and text.strip().isdecimal() else text


def _is_of_kind(value: Any, kind: type) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if kind is tuple:
        return isinstance(value, tuple) and all(isinstance(part, str) for part in value)
    if kind is dict:
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    return isinstance(value, kind) and not isinstance(value, bool) and not (isinstance(value, int) and value < 0)


def _check_range(name: str, value: Any, where: str) -> None:
    allowed = _RANGES.get(name)
    if allowed is not None and value not in allowed:
        raise Misused(
            "{where} sets {name} to {value}; it can be {least} to {most}.",
            where=where,
            name=name,
            value=value,
            least=allowed[0],
            most=allowed[-1],
        )


def _check_choice(name: str, value: Any, where: str) -> None:
    choices = _CHOICES.get(name)
    if choices is not None and value not in choices:
        raise Misused(
            "{where} sets {name} to {value}; it can be one of these: {choices}",
            where=where,
            name=name,
            value=repr(value),
            choices="  ".join(choices),
        )


_CHOICES: Mapping[str, tuple[str, ...]] = {"tif_compression": ("none", "lzw", "deflate", "jpeg")}

_RANGES: Mapping[str, range] = {
    "port": range(1, 65_536),
    "quality": range(1, 101),
    "webp_quality": range(1, 101),
    "avif_quality": range(1, 101),
    "jp2_quality": range(101),
    "png_compression": range(1, 10),
    "max_image_seconds": range(1, 3601),
    "max_image_memory": range(40, 65_537),
    "max_ocr_seconds": range(1, 86_401),
}

_KINDS: Mapping[type, str] = {
    str: N_("a text"),
    bool: N_("true or false"),
    int: N_("a whole number, 0 or more"),
    tuple: N_("a list of texts"),
    dict: N_("a table of texts"),
}
