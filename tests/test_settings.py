"""Settings: their order, their mistakes, and that `config/default.toml` says what the code does."""

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from manifests.errors import Misused
from manifests.settings import ENVIRONMENT_PREFIX, Settings, load

DEFAULTS = Path("config/default.toml")
KEY = re.compile(r"(\w+) = ")
TABLE = re.compile(r"\[(\w+)\]")


def library(folder: Path, toml: str) -> Path:
    file = folder / "library.toml"
    file.write_text(toml, encoding="utf-8")
    return file


def explained() -> dict[str, list[str]]:
    """Each key of the default file, with the lines of comment right above it."""
    found: dict[str, list[str]] = {}
    comment: list[str] = []
    for line in DEFAULTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            comment.append(line.lstrip("# "))
        elif key := KEY.match(line) or TABLE.fullmatch(line):
            found[key[1]] = comment
            comment = []
        else:
            comment = []
    return found


def test_the_default_file_has_every_setting_with_its_default_and_no_other() -> None:
    written = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    assert written == {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(Settings()).items()
    }


def test_the_default_file_read_as_a_library_s_own_changes_nothing() -> None:
    assert load(DEFAULTS, {}) == Settings()


@pytest.mark.parametrize("name", sorted(set(asdict(Settings())) - {"roots"}))
def test_each_setting_is_explained_and_its_variable_named(name: str) -> None:
    *sentences, variable = explained()[name]
    assert sentences
    assert variable == ENVIRONMENT_PREFIX + name.upper()


def test_the_roots_are_explained() -> None:
    assert "Folders of masters by name" in explained()["roots"][0]


def test_without_anything_said_the_defaults_hold(tmp_path: Path) -> None:
    assert load(None, {}) == Settings()
    assert load(tmp_path / "library.toml", {}) == Settings()


def test_flag_counts_before_environment_before_file_before_default(tmp_path: Path) -> None:
    file = library(tmp_path, "port = 1\nworkers = 1\nthreads = 1\n")
    environment = {"MOCBAN_PORT": "2", "MOCBAN_WORKERS": "2"}
    settings = load(file, environment, port=3, host=None)
    assert (settings.port, settings.workers, settings.threads, settings.host) == (3, 2, 1, "127.0.0.1")


def test_a_list_in_the_environment_has_commas() -> None:
    assert load(None, {"MOCBAN_ALLOWED_HOSTS": "a.example, b.example,"}).allowed_hosts == ("a.example", "b.example")


def test_the_roots_are_a_table(tmp_path: Path) -> None:
    assert load(library(tmp_path, '[roots]\nscans = "/srv/scans"\n'), {}).roots == {"scans": "/srv/scans"}


def test_the_variable_that_names_the_library_is_no_setting() -> None:
    assert load(None, {"MOCBAN_LIBRARY": "/srv/library", "HOME": "/root"}) == Settings()


@pytest.mark.parametrize(
    ("toml", "environment", "named"),
    [
        ("prot = 1", {}, "port"),
        ("max_widht = 1", {}, "max_width"),
        ("", {"MOCBAN_BASEURL": "https://x"}, "base_url"),
        ("zzz = 1", {}, "Is "),
    ],
)
def test_an_unknown_name_is_an_error_that_names_the_nearest(
    tmp_path: Path, toml: str, environment: dict[str, str], named: str
) -> None:
    with pytest.raises(Misused, match=named):
        load(library(tmp_path, toml), environment)


@pytest.mark.parametrize(
    "toml",
    [
        'port = "many"',
        "port = -1",
        "port = 1.5",
        "port = true",
        "port = 0",
        "port = 65536",
        "quality = 0",
        "quality = 101",
        "title = 3",
        "languages = [1]",
        "languages = 1",
        'roots = "here"',
        "[roots]\nscans = 3",
        "port = ",
        "title = '\x00'",
    ],
)
def test_a_wrong_value_is_an_error_that_names_the_place(tmp_path: Path, toml: str) -> None:
    with pytest.raises(Misused, match=re.escape("library.toml")):
        load(library(tmp_path, toml), {})


def test_a_wrong_value_in_the_environment_names_the_variable() -> None:
    with pytest.raises(Misused, match=re.escape("$MOCBAN_PORT")):
        load(None, {"MOCBAN_PORT": "many"})


def test_a_file_that_is_not_utf_8_is_an_error_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "library.toml"
    file.write_bytes('title = "Mộc bản"'.encode("utf-16"))
    with pytest.raises(Misused, match=re.escape("library.toml")):
        load(file, {})


@pytest.mark.parametrize("name", sorted(asdict(Settings())))
def test_each_setting_decides_something(name: str) -> None:
    sources = [file for package in ("manifests", "server") for file in Path(package).rglob("*.py")]
    elsewhere = [file.read_text(encoding="utf-8") for file in sources if file.name != "settings.py"]
    assert any(re.search(rf"settings\.{name}\b", text) for text in elsewhere)


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("1", True), ("False", False), ("0", False)])
def test_what_is_true_or_false_may_be_said_in_words_or_figures(said: str, meant: bool) -> None:
    assert load(None, {"MOCBAN_SERVER_TIMING": said}).server_timing is meant


@pytest.mark.parametrize("said", ["yes", "2", ""])
def test_what_is_neither_true_nor_false_is_refused(said: str) -> None:
    with pytest.raises(Misused, match="true or false"):
        load(None, {"MOCBAN_SERVER_TIMING": said})
