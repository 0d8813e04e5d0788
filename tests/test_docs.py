"""What the documentation names is there, and what is there is named."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from manifests.metadata import RECORD_FILES, SHEET_FILES
from manifests.metadata.fields import FIELDS
from manifests.settings import ENVIRONMENT_PREFIX, NOT_SETTINGS, Settings
from server.cli import build
from server.language.translator import Translator

README = Path("README.md").read_text(encoding="utf-8")
README_VI = Path("README.vi.md").read_text(encoding="utf-8")
CONTRIBUTING = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
DECISIONS = Path("docs/decisions.md").read_text(encoding="utf-8")
CHANGELOG = Path("CHANGELOG.md").read_text(encoding="utf-8")
RECORDS = Path("docs/records.md").read_text(encoding="utf-8")
INSTALLING = Path("docs/installing.md").read_text(encoding="utf-8")
DOCUMENTS = {
    "README.md": README,
    "README.vi.md": README_VI,
    "CONTRIBUTING.md": CONTRIBUTING,
    "CHANGELOG.md": CHANGELOG,
    "docs/decisions.md": DECISIONS,
    "docs/installing.md": INSTALLING,
    "docs/records.md": RECORDS,
}

TARGETS = set(re.findall(r"^([a-z][a-z-]*):.*## ", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
COMMANDS = build(Translator("en"))
COMMON = {"--library", "--json", "--version", "--help"}

CODE = re.compile(r"`([^`]+)`|^    (.+)$", re.MULTILINE)
FILE = re.compile(r"(?:\.?\w[\w-]*/)+[\w.-]*|[\w-]+\.(?:md|toml|py)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def code_in(document: str) -> list[str]:
    return [inline or block for inline, block in CODE.findall(document)]


def options(command: click.Command) -> set[str]:
    return {name for option in command.params if isinstance(option, click.Option) for name in option.opts}


@pytest.mark.parametrize("name", sorted(COMMANDS.commands))
def test_every_command_has_a_row_that_names_each_of_its_options(name: str) -> None:
    row = re.search(rf"^\| `mocban {name}\b.*$", README, re.MULTILINE)
    assert row, f"README has no row for mocban {name}"
    assert not [option for option in options(COMMANDS.commands[name]) - COMMON if f"`{option}" not in row[0]]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_that_is_named_is_there(document: str) -> None:
    for code in code_in(DOCUMENTS[document]):
        for word in re.findall(r"\bmocban ([a-z]+)", code):
            assert word in COMMANDS.commands, code
        if named := re.search(r"\bmocban ([a-z]+).*? (--[a-z-]+)", code):
            assert named[2] in options(COMMANDS.commands[named[1]]), code


@pytest.mark.parametrize("command", [COMMANDS, *COMMANDS.commands.values()], ids=lambda command: command.name)
def test_every_command_and_option_says_what_it_does(command: click.Command) -> None:
    assert command.help
    assert not [o.name for o in command.params if isinstance(o, click.Option) and not o.help]


@pytest.mark.parametrize("target", sorted(TARGETS - {"help"}))
def test_every_target_is_in_the_documentation(target: str) -> None:
    assert re.search(rf"\bmake {target}\b", README + CONTRIBUTING)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_target_that_is_named_is_there(document: str) -> None:
    named = {word for code in code_in(DOCUMENTS[document]) for word in re.findall(r"^make ([a-z]+)", code)}
    assert named - TARGETS == set()


def test_every_variable_that_is_named_is_a_setting() -> None:
    known = {ENVIRONMENT_PREFIX + field.name.upper() for field in fields(Settings)} | NOT_SETTINGS
    assert (
        set(re.findall(rf"{ENVIRONMENT_PREFIX}[A-Z_]+", README + CONTRIBUTING + CHANGELOG + INSTALLING)) - known
        == set()
    )


def test_the_reader_is_led_to_every_setting() -> None:
    assert "(config/default.toml)" in README


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_to_a_file(document: str) -> None:
    beside = Path(document).parent
    assert not [target for target in LINK.findall(DOCUMENTS[document]) if not (beside / target).exists()]


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/decisions.md"])
def test_every_file_that_is_named_is_there(document: str) -> None:
    named = {path for code in code_in(DOCUMENTS[document]) for path in FILE.findall(code) if "*" not in code}
    assert len(named) > 30
    assert not sorted(path for path in named if not Path(path).exists())


CITED = {
    f"{file}:{number}": found[1]
    for folder in ("config", "manifests", "server", "tests", "bench")
    for file in sorted(Path(folder).rglob("*.py"))
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    if (found := re.search(r"decisions\.md((?:(?:,| and) [0-9]+)*)", line))
}


def test_every_decision_that_a_comment_names_is_written_down() -> None:
    """`decisions.md, 9` in a comment is the section 9 of docs/decisions.md."""
    numbers = re.findall(r"^## ([0-9]+)\. ", DECISIONS, re.MULTILINE)
    assert len(CITED) > 10
    assert len(numbers) == len(set(numbers))
    assert not [(where, said) for where, said in CITED.items() if set(re.findall("[0-9]+", said)) - set(numbers)]


@pytest.mark.parametrize("folder", ["config", "manifests", "server", "tests", "bench"])
def test_a_decision_is_named_with_the_file_in_which_it_stands(folder: str) -> None:
    bare = re.compile(r"\bdecisions? [0-9]|\bDES" + r"IGN\b")  # in halves, so that this line does not find itself
    assert not [str(file) for file in Path(folder).rglob("*.py") if bare.search(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", FIELDS)
def test_every_line_of_a_record_has_a_row_with_its_labels(name: str) -> None:
    labels = FIELDS[name]
    assert f"| `{name}` | {labels['vi'][0]} | {labels['en'][0]} |" in RECORDS


def test_the_documentation_names_every_file_that_is_a_record() -> None:
    assert not [name for name in (*RECORD_FILES, *SHEET_FILES) if f"`{name}`" not in README]
