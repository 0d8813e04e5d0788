"""Findings: every code has a sentence, every sentence gets what it asks for, and none stands unused."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from manifests import findings
from manifests.findings import FINDING_TYPES
from manifests.model import Severity

SOURCES = [
    ast.parse(file.read_text(encoding="utf-8"))
    for package in ("manifests", "server")
    for file in Path(package).rglob("*.py")
    if file.parent != Path("manifests/findings")
]
WORDS = {node.value for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
FINDERS = {"make_finding", "master_refused"}


def named(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


CALLS = [
    (call.args[0].value, frozenset(word.arg for word in call.keywords))
    for tree in SOURCES
    for call in ast.walk(tree)
    if isinstance(call, ast.Call)
    and named(call.func) in FINDERS
    and call.args
    and isinstance(call.args[0], ast.Constant)
]


def asked_for(code: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(FINDING_TYPES[code].sentence) if name}


@pytest.mark.parametrize("code", FINDING_TYPES)
def test_every_code_is_found_by_some_part_of_the_program(code: str) -> None:
    assert code in WORDS


@pytest.mark.parametrize(("code", "given"), sorted(set(CALLS), key=str))
def test_whoever_finds_something_gives_what_its_sentence_asks_for(code: str, given: frozenset[str | None]) -> None:
    assert code in FINDING_TYPES
    assert None in given or given == asked_for(code)


@pytest.mark.parametrize("code", FINDING_TYPES)
def test_every_sentence_is_whole(code: str) -> None:
    sentence = FINDING_TYPES[code].sentence
    assert sentence[0].isupper() or sentence[0] == "{"
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("code", [code for code, kind in FINDING_TYPES.items() if kind.severity is Severity.ERROR])
def test_a_refusal_says_what_to_do(code: str) -> None:
    told = FINDING_TYPES[code].sentence
    assert told.count(". ") >= 1 or "setting" in told


def test_a_finding_has_the_severity_of_its_row_and_keeps_its_values() -> None:
    found = findings.make_finding("too-large", width=9, height=9, limit=1, setting="max_master_pixels")
    assert found.severity is Severity.ERROR
    assert found.values["setting"] == "max_master_pixels"


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        findings.make_finding("no-such-code")
