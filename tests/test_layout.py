"""Tests are found by the name of the module they test, and no module is without one.

`tests/room/test_module.py` tests `manifests.room.module` or `server.room.module`; `test_module_more.py` is more of it.
What does not fit is written down here with its reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import SOURCES, TESTS, TREES, imported, is_below

OURS = "config manifests server tests bench"
PATCHING = {"setattr", "delattr", "setitem", "delitem", "patch"}
FILES = [file for file in TESTS if file.name.startswith("test_")]

OTHERS = {
    "tests/test_architecture.py": "the code as a whole",
    "tests/test_layout.py": "the tests as a whole",
    "tests/test_docs.py": "the documents of the project",
    "tests/test_readme.py": "the README in its two languages",
    "tests/test_dockerfile.py": "the container, and the unit of systemd",
    "tests/test_nginx.py": "the proxy that `config/nginx.conf` makes of nginx",
    "tests/test_repository.py": "the files of the project, and the wheel",
    "tests/test_caching.py": "what every kind of answer tells a cache",
    "tests/test_hostile_paths.py": "everything behind an address, with a hundred thousand of them",
    "tests/catalog/test_faults.py": "what becomes of a fault of SQLite's, in `schema`",
    "tests/bench": "what is measured with",
    "tests/browser": "what a reader sees, in Chromium",
    "tests/conformance": "the official validators",
    "tests/contracts": "every reader and every engine alike",
    "tests/ingest/test_ingest.py": "an ingest as a whole, through the library",
    "tests/ingest/test_killed.py": "an ingest that is killed",
    "tests/ingest/test_older_recipe.py": "a library whose pyramids an older recipe made",
    "tests/masters/test_hostile_masters.py": "every reader of masters, with files that lie",
    "tests/masters/test_fuzz.py": "every reader of masters, with files that chance made",
    "tests/presentation/test_manifest.py": "that `v2` and `v3` agree",
    "tests/presentation/test_cookbook.py": "the recipes of the IIIF Cookbook",
    "tests/text/test_readers.py": "that `alto` and `plain` read what they should",
}
"""A file, or a folder for all in it, and what it tests instead of one module."""

TESTED_BY = {
    "config": "tests/test_serve.py",
    "manifests": "tests/ingest/test_ingest.py",
    "manifests.addresses": "tests/test_documents.py",
    "manifests.catalog": "tests/catalog/test_catalog.py",
    "manifests.findings": "tests/test_findings.py",
    "manifests.catalog.fixity_queries": "tests/fixity/test_checks.py",
    "manifests.citing": "tests/citing/test_reference.py",
    "manifests.fixity": "tests/fixity/test_run.py",
    "manifests.metadata": "tests/contracts/test_records.py",
    "manifests.metadata.collection_file": "tests/ingest/test_collection_files.py",
    "manifests.metadata.collections_table": "tests/ingest/test_collection_files.py",
    "manifests.metadata.collections_toml": "tests/ingest/test_collection_files.py",
    "manifests.metadata.marc21": "tests/metadata/test_marc_fields.py",
    "manifests.metadata.marcxml": "tests/metadata/test_marc_fields.py",
    "manifests.metadata.fields": "tests/metadata/test_stating.py",
    "manifests.presentation": "tests/presentation/test_manifest.py",
    "manifests.presentation.v2_collections": "tests/presentation/test_collection_pages.py",
    "manifests.presentation.v3_collections": "tests/presentation/test_collection_pages.py",
    "manifests.search": "tests/contracts/test_engines.py",
    "manifests.search.services": "tests/search/test_answers.py",
    "manifests.text": "tests/text/test_readers.py",
    "manifests.text.pdf": "tests/ingest/test_texts_of_pdfs.py",
    "server": "tests/test_get.py",
    "server.routes.canvases": "tests/routes/test_presentation.py",
    "server.answers": "tests/test_negotiation.py",
    "server.cli": "tests/test_docs.py",
    "server.demo": "tests/demo/test_sample.py",
    "server.answers.coded": "tests/test_negotiation.py",
    "server.front_door.hanging_up": "tests/pdf/test_bindery.py",
    "server.front_door.refusals": "tests/front_door/test_gateway.py",
    "server.front_door.wire": "tests/front_door/test_fast_lane.py",
    "server.image": "tests/image/test_pixels.py",
    "server.masters": "tests/masters/test_decoding.py",
    "server.masters.trial": "tests/test_doctor.py",
    "server.ocr": "tests/ocr/test_tesseract.py",
    "server.pdf": "tests/pdf/test_work_pdf.py",
    "server.pdf_text": "tests/pdf_text/test_bounded_pdf.py",
    "server.pyramid": "tests/pyramid/test_build.py",
    "server.responders.citations": "tests/routes/test_citations.py",
    "server.ready_paths": "tests/front_door/test_fast_lane.py",
}
"""Modules without a test file of their own name: the test that would fail. The longest name that fits counts."""


def names(file: Path) -> list[str]:
    """The modules that a test file may be named for, the longest name first."""
    words = file.stem.split("_")[1:]
    rooms = file.relative_to("tests").parent.parts
    ends = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return [".".join((package, *rooms, end)) for end in ends for package in ("manifests", "server")]


def module_of(file: Path) -> str | None:
    return next((name for name in names(file) if name in SOURCES), None)


def reached(file: Path) -> set[str]:
    """The modules that a test imports, those that they import, and the packages around them."""
    found: set[str] = set()
    waiting = {name for name in imported(TESTS[file])}
    while waiting:
        name = waiting.pop()
        found |= {name, name.rpartition(".")[0]}
        tree = TREES.get(name) or TESTS.get(Path(*name.split(".")).with_suffix(".py"))
        waiting |= set(imported(tree) if tree is not None else ()) - found
    return found


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_test_is_named_for_its_module_or_has_a_reason(file: Path) -> None:
    has_reason = any(file == Path(other) or Path(other) in file.parents for other in OTHERS)
    assert (module_of(file) is None) == has_reason, f"{file} may be named for one of {names(file)}"


@pytest.mark.parametrize("other", OTHERS)
def test_each_reason_is_about_a_file_that_is_there(other: str) -> None:
    assert Path(other).exists()


RUN_BY_NAME = {
    "server.cli.__main__": "`python -m server.cli`, as every test of the commands runs it",
    "server.ocr.limits": "by its path, for every program that `tests/ocr/test_bounded_run.py` runs",
}
HAVE_THEIR_OWN = {module_of(file) for file in FILES}
WITHOUT = [
    module
    for module, file in SOURCES.items()
    if module not in HAVE_THEIR_OWN and module not in RUN_BY_NAME and file.stat().st_size
]


@pytest.mark.parametrize("module", WITHOUT)
def test_a_module_without_a_test_of_its_own_is_reached_by_another(module: str) -> None:
    fitting = [place for place in TESTED_BY if is_below(module, (place,))]
    assert fitting, f"nothing tests {module}: write tests/.../test_{module.rpartition('.')[2]}.py"
    test = Path(TESTED_BY[max(fitting, key=len)])
    assert module in reached(test), f"{test} does not even import {module}"


@pytest.mark.parametrize("place", TESTED_BY)
def test_each_module_that_borrows_a_test_needs_it(place: str) -> None:
    assert any(is_below(module, (place,)) for module in WITHOUT)


def changed_by_force(file: Path) -> Iterator[str]:
    """What of our own a test patches: the name that it hands to `monkeypatch`."""
    tree = TESTS[file]
    ours = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if is_below(getattr(node, "module", None) or alias.name, OURS)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in PATCHING
            and node.args
        ):
            target = node.args[0]
            while isinstance(target, ast.Attribute):
                target = target.value
            if isinstance(target, ast.Constant) and is_below(str(target.value), OURS):
                yield str(target.value)
            elif isinstance(target, ast.Name) and target.id in ours:
                yield ast.unparse(node.args[0])


@pytest.mark.parametrize("file", TESTS, ids=str)
def test_nothing_of_ours_is_patched(file: Path) -> None:
    """What a test needs otherwise is handed in; what is not ours (`os`, a library) may be patched."""
    assert not [*changed_by_force(file)]
    assert not [name for name in imported(TESTS[file]) if is_below(name, "unittest.mock pytest_mock")]
