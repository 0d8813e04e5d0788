"""The house: who may import whom, where each foreign library lives, and how long a room may grow.

`manifests` is the holdings and knows nothing of the reading room; `server` is the reading room. Both are layers, and a
module imports downwards only. A new module that fits no line here is a question to answer, so it fails the test.
"""

import ast
import re
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.source import SOURCES, TREES, imported, is_below

LAYERS = [line.split() for line in """
    manifests.errors
    manifests.model manifests.tiling manifests.rounding
    manifests.scaling
    manifests.os_reasons manifests.believed
    manifests.ids manifests.natural_order manifests.addresses manifests.settings manifests.findings
    manifests.master_formats
    manifests.collection
    manifests.text
    manifests.transcript manifests.metadata
    manifests.catalog manifests.presentation manifests.search
    manifests.ingest manifests.citing
    manifests.fixity
    manifests.shown_collections manifests.collection_facet
    manifests.documents manifests.library_folder manifests.search_index manifests.visible
    manifests.canvas_documents
    manifests.renaming manifests.browsing
    manifests.library
    config
    server.libvips server.pdf.objects
    server.masters
    server.pyramid
    server.image server.ocr server.pdf_text
    server.derivatives
    server.pdf
    server.front_door.host
    server.front_door.forwarded
    server.front_door.request_target server.front_door.request_notes server.language
    server.answers server.front_door.request_log
    server.front_door.http_errors server.front_door.leading_on server.front_door.wire server.site.fetch
    server.front_door.fast_lane server.negotiation server.responders
    server.front_door.asgi server.ready_paths
    server.front_door.hanging_up
    server.derivatives.drawing_room server.pdf.bindery
    server.front_door.refusals server.routes server.site
    server.front_door.http_protocol
    server.front_door.gateway
    server.app
    server.serve server.get server.doctor server.demo
    server.cli
    """.strip().splitlines()]  # fmt: skip

HOMES = {
    # The holdings
    "sqlalchemy": "manifests.catalog",
    "iiif_prezi3": "manifests.presentation.v3 manifests.presentation.v3_canvases manifests.presentation.v3_parts"
    " manifests.presentation.v3_ranges",
    "whoosh": "manifests.search",
    "lxml": "manifests.text.xml",
    "openpyxl": "manifests.metadata.xlsx_table",
    "pymarc": "manifests.metadata.marc21",
    "filelock": "manifests.ingest.lock",
    "tomlkit": "manifests.ingest.roots",
    # The reading room
    "flask": "server.app server.negotiation server.front_door.http_errors server.front_door.request_notes"
    " server.front_door.leading_on"
    " server.routes server.site",
    "werkzeug": "server.app server.front_door.http_errors server.negotiation server.site.assets",
    "a2wsgi": "server.app",
    "gunicorn": "server.serve",
    "uvicorn_worker": "server.front_door.gateway",
    "uvicorn": "server.front_door.http_protocol",
    "httptools": "server.front_door.http_protocol",
    "brotli": "server.answers.codings",
    "babel": "manifests.text.languages server.language.translator server.language.update",
    "click": "server.cli",
    "rich": "server.cli",
    # Pixels
    "pyvips": "server.libvips",
    "PIL": "server.masters.colour server.image.pixels server.pyramid.last_tiles server.demo",
    "pypdfium2": "server.pdf_text server.masters.pdf server.masters.pdf_scan",
    "tifffile": "server.pyramid.true_sizes",
    "imagecodecs": "server.masters server.image.jp2_encoder",
    "pillow_heif": "server.masters.heif server.masters.trial",
    "simplejpeg": "server.image.stored_window server.image.jpeg_encoder",
    "numpy": "manifests.text server.masters server.pyramid server.demo"
    " server.image.stored_window server.image.jpeg_encoder server.image.work_memory"
    " server.image.bitonal server.image.jp2_encoder server.image.pdf_page",
}

NEVER_IMPORTED = {
    "pyvips-binary": "is libvips itself, which pyvips finds",
    "uvloop": "is named in config/gunicorn.py",
}

BELOW_PIXELS = ("manifests.errors", "manifests.model", "manifests.findings", "manifests.tiling", "server.libvips")
MAY_USE = {
    "server.masters": (*BELOW_PIXELS, "manifests.master_formats"),
    "server.pyramid": (*BELOW_PIXELS, "server.masters"),
    "server.ocr": (*BELOW_PIXELS, "manifests.settings", "manifests.ingest.recogniser"),
    "server.image": (
        *BELOW_PIXELS,
        "manifests.rounding",
        "manifests.scaling",
        "server.pyramid.tile_index",
        "server.pdf.objects",
    ),
}
"""What could be lifted out as a library of its own, and what it would take along."""

FILE_LINES = 350
FUNCTION_LINES = 50


def room(module: str) -> tuple[int, str]:
    """The layer and the line's entry that hold a module: the longest that fits."""
    fitting = [(len(entry), i, entry) for i, row in enumerate(LAYERS) for entry in row if is_below(module, (entry,))]
    assert fitting, f"{module} stands in no layer"
    _, layer, entry = max(fitting)
    return layer, entry


OWN = {module: {name for name in imported(TREES[module]) if name in SOURCES} - {module} for module in SOURCES}
ROOMS = [module for module in SOURCES if module not in ("manifests", "server", "server.front_door")]


@pytest.mark.parametrize("module", ROOMS)
def test_a_module_imports_downwards_only(module: str) -> None:
    layer, entry = room(module)
    wrong = [name for name in OWN[module] if room(name)[0] >= layer and room(name)[1] != entry]
    assert not wrong, f"{module} imports {wrong}, which is not below it"


def test_the_holdings_know_nothing_of_the_reading_room() -> None:
    assert not [(m, n) for m in SOURCES if is_below(m, "manifests") for n in OWN[m] if is_below(n, "server config")]


@pytest.mark.parametrize("part", MAY_USE)
def test_the_pixel_side_could_be_lifted_out(part: str) -> None:
    named = {(m, n) for m in SOURCES if is_below(m, part) for n in OWN[m] if not is_below(n, part)}
    assert not [pair for pair in named if not is_below(pair[1], MAY_USE[part])]


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter(OWN).prepare()


@pytest.mark.parametrize("module", ROOMS)
def test_each_foreign_library_stays_at_home(module: str) -> None:
    foreign = {name.partition(".")[0] for name in imported(TREES[module])} - sys.stdlib_module_names
    strangers = foreign - HOMES.keys() - {"config", "manifests", "server"}
    assert not strangers, f"{module} imports {strangers}, which has no home in this test"
    away = {name for name in foreign & HOMES.keys() if not is_below(module, HOMES[name])}
    assert not away, f"{module} imports {away}, which lives elsewhere"


@pytest.mark.parametrize("library", HOMES)
def test_each_home_is_lived_in(library: str) -> None:
    importers = {m for m in SOURCES for name in imported(TREES[m]) if name.partition(".")[0] == library}
    empty = [home for home in HOMES[library].split() if not any(is_below(m, (home,)) for m in importers)]
    assert not empty, f"nothing in {empty} imports {library}"


def test_each_dependency_has_a_home_or_a_reason() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    provided = packages_distributions()
    at_home = {name.lower().replace("_", "-") for library in HOMES for name in provided[library]}
    assert asked - at_home == set(NEVER_IMPORTED)


@pytest.mark.parametrize("file", [*SOURCES.values(), *sorted(Path("tests").rglob("*.py"))], ids=str)
def test_no_file_is_longer_than_a_reader_can_hold(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("module", SOURCES)
def test_no_function_is_longer_than_a_page(module: str) -> None:
    functions = [n for n in ast.walk(TREES[module]) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert not [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno >= FUNCTION_LINES]


@pytest.mark.parametrize("module", ROOMS)
def test_each_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(TREES[module]) or not TREES[module].body, f"{module} does not say what it is for"
