"""Our own code as text, for the tests that read it: which modules there are, and what each imports."""

import ast
from functools import cache
from pathlib import Path

SOURCES = {
    ".".join(file.with_suffix("").parts).removesuffix(".__init__"): file
    for package in ("config", "manifests", "server")
    for file in sorted(Path(package).rglob("*.py"))
}
TREES = {module: ast.parse(file.read_text(encoding="utf-8")) for module, file in SOURCES.items()}
TESTS = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(Path("tests").rglob("*.py"))}


@cache
def imported(tree: ast.Module) -> frozenset[str]:
    """Every module that a file names in an import, wherever in it that stands."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"an import by dots in line {node.lineno}"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in SOURCES else str(node.module) for name in names}
    return frozenset(found)


def is_below(module: str, places: str | tuple[str, ...]) -> bool:
    """Whether the module is one of the places or inside one."""
    listed = places.split() if isinstance(places, str) else places
    return any(module == place or module.startswith(f"{place}.") for place in listed)
