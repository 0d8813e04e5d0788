"""What stands in the repository and in the wheel: nothing of one machine, nothing too large, nothing left for later."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

LARGEST = 1_000_000
TRACKED = [Path(name) for name in subprocess.check_output(["git", "ls-files", "-z"], text=True).split("\0") if name]
PICTURES = {".png", ".jpg", ".webp", ".ico"}
TEXTS = {file: file.read_text(encoding="utf-8") for file in TRACKED if file.suffix not in PICTURES and file.is_file()}
LOCKS = [file for file in TRACKED if file.suffix == ".lock"]

# Written in halves, so that this file does not find itself.
PLACES = [
    "/ro" + "ot/",
    "/wo" + "rk/",
    "/ho" + r"me/[a-z]+/",
    r"[A-Z]:" + r"\\Users",
]
MACHINE = re.compile(rf"(?<!\w)(?:{'|'.join(PLACES)})")
REGISTRY = re.compile(
    "|".join(["files\\.python" + "hosted", "pypi" + r"\.org", "registry\\.npm" + "js", "deb\\.deb" + "ian"])
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
HASHED = re.compile(r"^[a-z0-9._-]+==\S+(?: ; [^\\]+)? \\(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+$", re.MULTILINE)


@pytest.mark.parametrize("file", TRACKED, ids=str)
def test_no_file_is_too_large_for_a_repository(file: Path) -> None:
    assert not file.is_file() or file.stat().st_size <= LARGEST


@pytest.mark.parametrize("file", TEXTS, ids=str)
def test_no_text_knows_one_machine_a_registry_or_what_is_left_to_do(file: Path) -> None:
    text = TEXTS[file]
    assert not [found[0] for rule in (MACHINE, REGISTRY, UNFINISHED) for found in rule.finditer(text)]


@pytest.mark.parametrize("file", LOCKS, ids=str)
def test_a_lock_is_names_versions_and_hashes(file: Path) -> None:
    text = "".join(line + "\n" for line in TEXTS[file].splitlines() if not line.lstrip().startswith("#"))
    assert HASHED.sub("", text).strip() == ""
    assert "==" in text


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads(TEXTS[Path("pyproject.toml")])
    asked = [*project["project"]["dependencies"], *(d for g in project["dependency-groups"].values() for d in g)]
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in asked if isinstance(line, str)}
    locked = set(re.findall(r"^([a-z0-9._-]+)==", TEXTS[Path("requirements.lock")], re.MULTILINE))
    assert names - locked == set()


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_wheel_carries_all_that_runs(carried: set[str]) -> None:
    ours = [file for file in TRACKED if file.parts[0] in ("config", "manifests", "server") and file.is_file()]
    assert {file.as_posix() for file in ours} - carried == set()


def test_the_wheel_carries_the_viewers_and_the_typeface(carried: set[str]) -> None:
    assets = tomllib.loads(TEXTS[Path("config/assets.toml")]).values()
    missing = [
        f"{asset['into']}/{kept}"
        for asset in assets
        for kept in (*asset["keep"].values(), ".version")
        if not any(name.startswith(f"{asset['into']}/{kept}") for name in carried)
    ]
    assert not missing


def test_the_wheel_carries_neither_tests_nor_what_was_made_here(carried: set[str]) -> None:
    assert {name.partition("/")[0] for name in carried if ".dist-info/" not in name} == {
        "config",
        "manifests",
        "server",
    }
    assert not [name for name in carried if "__pycache__" in name or name.endswith((".pyc", ".sqlite"))]
