"""Brings the viewers and the demo's typeface: `python -m server.site.fetch` (`make install` runs it).

Each is one archive of a package, fetched by npm, checked against the SHA-512 in `config/assets.toml`, of which only the
named files are kept; the packages' own dependencies are already built into them. Nothing else here needs npm or a
network, and what is there in the right version is not fetched again.
"""

import argparse
import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from server.answers.codings import CODINGS, Coding

PROJECT = Path(__file__).parents[2]
TABLE = PROJECT / "config" / "assets.toml"
SQUEEZED = frozenset({".js", ".css"})
STAMP = ".version"


@dataclass(frozen=True, slots=True)
class Asset:
    package: str
    version: str
    sha512: str
    into: str
    squeeze: bool
    keep: Mapping[str, str]

    @property
    def stamp(self) -> str:
        return f"{self.package}@{self.version} {self.sha512}\n"


class BadDownload(Exception):
    """What came is not what `config/assets.toml` says."""


def read_table(file: Path = TABLE) -> tuple[Asset, ...]:
    return tuple(Asset(**row) for row in tomllib.loads(file.read_text(encoding="utf-8")).values())


def is_there(asset: Asset, project: Path = PROJECT) -> bool:
    stamp = project / asset.into / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == asset.stamp


def pack(asset: Asset, npm: str, folder: Path) -> bytes:
    """The package's archive, as npm fetched it. A fresh folder, so that the only archive in it is this one."""
    subprocess.run(  # noqa: S603 -- the program is npm, the words are from our own table
        [npm, "pack", "--silent", f"{asset.package}@{asset.version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    return next(folder.glob("*.tgz")).read_bytes()


def check(asset: Asset, archive: bytes) -> None:
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != asset.sha512:
        raise BadDownload(f"{asset.package}@{asset.version} is {found}, not {asset.sha512} as in {TABLE.name}")


def select_files(asset: Asset, archive: bytes) -> Mapping[PurePosixPath, bytes]:
    """The files to keep, by their path in the asset's folder. Everything in an npm archive lies below `package/`."""
    kept: dict[PurePosixPath, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as members:
        for member in members:
            name = member.name.partition("/")[2]
            source = next((s for s in asset.keep if name == s or (s.endswith("/") and name.startswith(s))), None)
            content = members.extractfile(member) if source is not None else None
            if source is not None and content is not None and not name.endswith(".map"):
                kept[PurePosixPath(asset.keep[source] + name.removeprefix(source))] = content.read()
    missing = [s for s in asset.keep if not any(str(path).startswith(asset.keep[s]) for path in kept)]
    if missing:
        raise BadDownload(f"{asset.package}@{asset.version} has no {', '.join(missing)}")
    return kept


def store(asset: Asset, files: Mapping[PurePosixPath, bytes], project: Path = PROJECT) -> None:
    """All files, and the stamp last: a folder without it is made anew the next time."""
    folder = project / asset.into
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / STAMP).write_text(asset.stamp, encoding="utf-8")


def squeeze(assets: Iterable[Asset], project: Path = PROJECT) -> None:
    """Makes the compressed twins of scripts and style sheets, those that are not there. Some twenty seconds of
    processor for the viewers, shared among the cores; each twin is there whole or not at all."""
    folders = [project / asset.into for asset in assets if asset.squeeze]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in SQUEEZED]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for done in [threads.submit(_squeeze, file, coding) for coding in CODINGS.values() for file in files]:
            done.result()


def _squeeze(file: Path, coding: Coding) -> None:
    twin = file.with_name(f"{file.name}{coding.suffix}")
    if not twin.exists():
        aside = twin.with_name(f"{twin.name}.new")
        aside.write_bytes(coding.squeeze(file.read_bytes()))
        aside.replace(twin)


def install(asset: Asset, npm: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = pack(asset, npm, Path(folder))
    check(asset, archive)
    store(asset, select_files(asset, archive))


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetch the viewers and the typeface that config/assets.toml names.")
    parser.add_argument("--npm", default="npm", help="the npm to fetch with")
    parser.add_argument("--table", type=Path, default=TABLE, help="another table of the same form")
    asked = parser.parse_args()
    table = read_table(asked.table)
    wanted = [asset for asset in table if not is_there(asset)]
    npm = shutil.which(asked.npm)
    if wanted and npm is None:
        sys.stderr.write("npm is needed to fetch the viewers, and is not on this machine.\n")
        return 1
    try:
        for asset in wanted:
            install(asset, str(npm))
        squeeze(table)
    except (BadDownload, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
