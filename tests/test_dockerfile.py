"""The Dockerfile and the unit of systemd say what the project says: commands, files, versions, times."""

import configparser
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from config import gunicorn
from manifests.settings import ENVIRONMENT_PREFIX, NOT_SETTINGS, Settings
from server.cli import build
from server.language.translator import Translator

DOCKERFILE = Path("Dockerfile").read_text(encoding="utf-8")
MAKEFILE = Path("Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = build(Translator("en")).commands
LINES = re.findall(r"^([A-Z]+) (.*)$", re.sub(r"\s*\\\n\s*", " ", DOCKERFILE), re.MULTILINE)
"""Each instruction with all that stands behind it."""
SECOND = [word for word, _ in LINES].index("FROM", 2)
BUILD, FINAL = LINES[:SECOND], LINES[SECOND:]


def said(stage: list[tuple[str, str]], word: str) -> list[str]:
    return [rest for name, rest in stage if name == word]


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in said(FINAL, "ENV") for pair in shlex.split(line))


def test_python_is_one_that_the_project_and_its_lock_know() -> None:
    found = re.search(r"^ARG PYTHON=python:(\d+)\.(\d+)-slim", DOCKERFILE, re.MULTILINE)
    assert found
    least = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert (int(found[1]), int(found[2])) >= tuple(map(int, least.split(".")))
    assert found[2] in {"11", "13"}, "the lock has wheels for 3.11 and 3.13"


def test_both_stages_stand_on_the_same_python() -> None:
    assert [rest.split()[0] for word, rest in LINES if word == "FROM"] == ["${PYTHON}", "${PYTHON}"]


def test_pyvips_is_built_as_in_the_makefile() -> None:
    steps = " ".join(said(BUILD, "RUN"))
    for step in (
        "sed '/^pyvips==/,/--hash/d' requirements.lock >",
        "sed -n '/^pyvips==/,/--hash/p' requirements.lock >",
    ):
        assert step in steps
        assert step in MAKEFILE
    for words in (
        "PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=",
        "--no-build-isolation",
        "--no-binary pyvips",
        "--require-hashes",
    ):
        assert words in steps
        assert words.replace("--require-hashes", "$(INSTALL)") in MAKEFILE


def test_whatever_is_fetched_is_checked_by_hash() -> None:
    for step in said(BUILD, "RUN"):
        for command in re.split(r"&&", step):
            if re.search(r"pip (install|download|wheel)|pip --python \S+ install", command):
                assert "--require-hashes" in command or "--no-index" in command, command


def test_what_the_build_needs_installed_is_what_the_project_says() -> None:
    line = next(c for s in said(BUILD, "RUN") for c in s.split("&&") if "--find-links wheels hatchling" in c)
    asked = {re.split(r"[^\w-]", name)[0] for name in PROJECT["dependency-groups"]["build"]}
    assert set(line.split("wheels ")[1].split()) == asked | {"cffi"}  # which pyvips is made with


def test_every_file_that_is_copied_is_there_and_let_through() -> None:
    let = [line[1:] for line in Path(".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")]
    for line in said(BUILD, "COPY"):
        for source in line.split()[:-1]:
            assert Path(source).exists()
            assert source == "." or source.split("/")[0] in let


def test_all_that_the_wheel_is_built_from_is_let_through() -> None:
    lines = Path(".dockerignore").read_text(encoding="utf-8").splitlines()
    let = {line[1:] for line in lines if line.startswith("!")}
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {*wheel["packages"], *PROJECT["project"]["license-files"], PROJECT["project"]["readme"]} <= let
    # What a checkout has fetched for itself stays out: the image fetches its own
    assert {line.removesuffix("/**") for line in wheel["artifacts"]} <= set(lines)


def test_the_viewers_are_fetched_by_the_module_that_make_install_runs() -> None:
    assert "python -m server.site.fetch --npm npm" in said(BUILD, "RUN")[-2]
    assert "-m server.site.fetch --npm" in MAKEFILE


def test_what_runs_is_a_command_of_ours_in_the_form_that_gets_the_signals() -> None:
    (program,), (command,) = said(FINAL, "ENTRYPOINT"), said(FINAL, "CMD")
    assert json.loads(program) == [*PROJECT["project"]["scripts"]]
    assert json.loads(command)[0] in COMMANDS


def test_its_variables_are_settings_or_name_the_library() -> None:
    ours = {name: value for name, value in environment().items() if name.startswith(ENVIRONMENT_PREFIX)}
    names = {name for name in ours if name not in NOT_SETTINGS}
    assert {name.removeprefix(ENVIRONMENT_PREFIX).lower() for name in names} <= set(Settings.__slots__)
    assert said(FINAL, "VOLUME") == [ours["MOCBAN_LIBRARY"]]
    assert said(FINAL, "EXPOSE") == [ours["MOCBAN_PORT"]]
    assert ours["MOCBAN_HOST"] == "0.0.0.0"  # noqa: S104 -- a container's own network


def test_it_is_not_root_and_brings_nothing_but_the_program() -> None:
    (user,) = said(FINAL, "USER")
    assert all(int(number) > 0 for number in user.split(":"))
    (made,) = said(FINAL, "RUN")
    assert f"--uid {user.split(':')[0]} " in made
    assert said(FINAL, "COPY") == ["--from=build /opt/mocban /opt/mocban"]
    assert environment()["PATH"].startswith("/opt/mocban/bin:")


def test_its_health_is_asked_by_a_program_that_is_in_the_image() -> None:
    (line,) = said(FINAL, "HEALTHCHECK")
    command = json.loads(line.partition("CMD ")[2])
    assert command[0] == "python"
    compile(command[-1], "HEALTHCHECK", "exec")
    assert "/health" in command[-1]


UNIT = configparser.RawConfigParser(strict=False)
UNIT.optionxform = str  # type: ignore[assignment,method-assign]
UNIT.read("config/mocban.service", encoding="utf-8")
SERVICE = UNIT["Service"]


def test_the_unit_runs_a_command_of_ours_on_the_folder_that_it_may_write() -> None:
    program, option, library, command = shlex.split(SERVICE["ExecStart"])
    assert Path(program).name in PROJECT["project"]["scripts"]
    assert option == "--library"
    assert command in COMMANDS
    assert SERVICE["ReadWritePaths"].split() == [library]
    assert UNIT["Unit"]["RequiresMountsFor"].split() == [library]
    assert SERVICE["ProtectSystem"] == "strict"


def test_the_unit_waits_longer_for_the_end_than_the_end_takes() -> None:
    assert int(SERVICE["TimeoutStopSec"]) > 10 > gunicorn.graceful_timeout
    assert SERVICE["KillMode"] == "mixed"
    found = re.search(r"--stop-timeout (\d+)", Path("docs/installing.md").read_text(encoding="utf-8"))
    assert found
    assert int(found[1]) > 10


def test_the_unit_is_not_root() -> None:
    assert SERVICE["User"] not in ("", "root")
    assert SERVICE["NoNewPrivileges"] == "yes"
    assert SERVICE["CapabilityBoundingSet"] == ""


@pytest.mark.parametrize("document", ["docs/installing.md", "config/mocban.service"])
def test_the_documentation_names_the_user_that_both_run_as(document: str) -> None:
    text = Path(document).read_text(encoding="utf-8")
    assert f"useradd --system --user-group --home-dir /srv/mocban --shell /usr/sbin/nologin {SERVICE['User']}" in text
