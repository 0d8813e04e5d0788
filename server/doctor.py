"""What `mocban doctor` looks at: whether this installation can do its work, on this machine, in this folder.

Each check tries the real thing rather than asking for it: a file is written, a catalogue made, a picture rendered. The
sentences are message ids; whoever shows them says them in the reader's language. Nothing is changed and nothing left
behind.
"""

import base64
import hashlib
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackagePath, files, version
from pathlib import Path
from shutil import disk_usage
from typing import Any, cast

from manifests.catalog import Catalog
from manifests.errors import N_, LibraryError
from manifests.ingest.passed_over import LIBRARY_FOLDERS
from manifests.master_formats import MASTER_FORMATS, MasterFormat
from manifests.model import Pyramid
from manifests.scaling import Limits
from manifests.settings import Settings
from server.image.answer_plan import Derived, plan_answer
from server.image.grammar import parse
from server.image.output_formats import FORMATS, Encoding, OutputFormat
from server.image.pixels import render
from server.libvips import pyvips
from server.masters.decoding import open_upright
from server.masters.trial import write_trial
from server.ocr.tesseract import Tesseract, find_tesseract
from server.pyramid.build import build_pyramid
from server.pyramid.tile_index import unpack
from server.site import fetch

GIGABYTE = 10**9
LEAST_FREE = 2 * GIGABYTE
"""Room for the pyramids of a book of some hundred pages."""

LEAST_SQLITE = (3, 35, 0)
"""The first that answers `RETURNING`."""

WIDTH, HEIGHT = 600, 400
COLOURS = ((176, 58, 46), (40, 92, 150))
"""Of the halves of the trial picture, red as in a seal and blue."""

TOLERANCE = 6
"""Grey levels that a half may be off on average: JPEG, twice, and a seam that two colours share."""

SLACK = timedelta(seconds=5)
"""By how much the clocks of a disk and of the machine may differ: some disks count in steps of two seconds."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `sentence` says what was found, and what to do where it is not well."""

    name: str
    ok: bool
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)


# What is asked of the machine


def _libvips_version() -> tuple[int, ...]:
    return tuple(pyvips.version(part) for part in range(3))


def _is_as_delivered(file: PackagePath) -> bool:
    """Whether the file is the one its package brought: pyvips, when it compiles itself, writes over one of them."""
    if file.hash is None:
        return False
    digest = hashlib.new(file.hash.mode, file.locate().read_bytes()).digest()  # type: ignore[attr-defined]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value


def _trial_file(folder: Path) -> Any:
    return tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-")


def _time_on_disk(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _free_bytes(folder: Path) -> int:
    return disk_usage(folder).free


def _find_tesseract() -> Tesseract:
    return find_tesseract(())


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks try, each in the way it really is; a test hands in a machine on which one thing is otherwise."""

    libvips_version: Callable[[], tuple[int, ...]] = _libvips_version
    is_as_delivered: Callable[[PackagePath], bool] = _is_as_delivered
    render: Callable[..., bytes] = render
    is_fetched: Callable[[fetch.Asset], bool] = fetch.is_there
    trial_file: Callable[[Path], Any] = _trial_file
    time_on_disk: Callable[[Path], datetime] = _time_on_disk
    free_bytes: Callable[[Path], int] = _free_bytes
    sqlite_version: tuple[int, ...] = sqlite3.sqlite_version_info
    make_catalogue: Callable[[Path], Any] = Catalog.make
    find_tesseract: Callable[[], Tesseract] = _find_tesseract


def examine(folder: Path | None, settings: Settings, machine: Machine | None = None) -> list[Check]:
    """Every check; those of the folder are made where it is, or where it would be made."""
    machine = machine or Machine()
    return [
        _libvips(machine),
        *_formats(machine),
        *_assets(machine),
        _ocr(machine),
        *(_folder_checks(folder, machine) if folder is not None else ()),
        *_roots(settings.roots),
    ]


# The program


def _libvips(machine: Machine) -> Check:
    found = ".".join(map(str, machine.libvips_version()))
    expected = version("pyvips-binary")
    if found == expected and pyvips.API_mode and all(map(machine.is_as_delivered, _libraries())):
        return Check("libvips", True, N_("libvips {found}, the one that comes with Mocban."), {"found": found})
    return Check(
        "libvips",
        False,
        N_(
            "libvips {found} of this machine is used instead of {expected}, which comes with Mocban: other formats, "
            "other bytes. Build pyvips again with PKG_CONFIG_LIBDIR at an empty folder, as README says."
        ),
        {"found": found, "expected": expected},
    )


def _libraries() -> list[PackagePath]:
    return [file for file in files("pyvips-binary") or () if "libvips" in file.name]


def _formats(machine: Machine) -> Iterator[Check]:
    """One picture as a master of each kind, and its pyramid asked for in each format that readers may ask for."""
    with tempfile.TemporaryDirectory(prefix="mocban-doctor-") as made:
        folder = Path(made)
        made_of = {row: _pyramid(row, folder) for row in MASTER_FORMATS if row.taken}
        for row, found in made_of.items():
            ok = isinstance(found, Pyramid)
            sentence = N_("{title} masters can be read.") if ok else N_("{title} masters cannot be read ({reason}).")
            yield Check(f"master-{row.name}", ok, sentence, {"title": row.title, "reason": str(found)})
        pyramid = next((found for found in made_of.values() if isinstance(found, Pyramid)), None)
        if pyramid is not None:
            yield from (_format(row, folder / pyramid.file, pyramid, machine) for row in FORMATS)


def _pyramid(row: MasterFormat, folder: Path) -> Pyramid | str:
    """The pyramid of a master of that kind, or why there is none."""
    try:
        master = folder / f"master{row.extensions[0]}"
        write_trial(row.name, master, _drawn())
        result = build_pyramid(master, folder / "pyramids", "trial", row.name, max_pixels=WIDTH * HEIGHT)
    except (LibraryError, pyvips.Error) as error:
        return str(error)
    return result.pyramid or ", ".join(finding.code for finding in result.examined.findings)


def _drawn() -> pyvips.Image:
    left, right = (
        pyvips.Image.black(WIDTH // 2, HEIGHT).new_from_image(list(colour)).cast("uchar") for colour in COLOURS
    )
    return left.join(right, "horizontal").copy(interpretation="srgb")


def _format(row: OutputFormat, file: Path, pyramid: Pyramid, machine: Machine) -> Check:
    name, values = f"format-{row.extension}", {"extension": row.extension}
    try:
        seen = _seen(row, file, pyramid, machine)
    except (LibraryError, pyvips.Error) as error:
        sentence = N_("{extension} cannot be made here ({reason}), so it is not offered to readers.")
        return Check(name, False, sentence, {**values, "reason": str(error).strip()})
    off = [abs(a - b) for drawn, shown in zip(COLOURS, seen, strict=True) for a, b in zip(drawn, shown, strict=True)]
    if max(off) > TOLERANCE:
        return Check(name, False, N_("{extension} comes out in wrong colours."), values)
    return Check(name, True, N_("{extension} was made and read back."), values)


def _seen(row: OutputFormat, file: Path, pyramid: Pyramid, machine: Machine) -> list[list[float]]:
    """The colours of both halves in an answer of that format, which is read as a master of it would be."""
    request = parse(3, "full", f"{WIDTH // 3},", "0", f"default.{row.extension}")
    resolved = request.resolve(pyramid.width, pyramid.height, Limits(0, 0, 0))
    planned = cast(Derived, plan_answer(resolved, pyramid.width, pyramid.height))  # a third is no level of the pyramid
    answer = file.with_name(f"answer.{row.extension}")
    answer.write_bytes(machine.render(file, unpack(pyramid.index), planned, resolved, Encoding()))
    image = open_upright(answer, max_pixels=WIDTH * HEIGHT).image.copy_memory()
    half = image.width // 2
    return [[band.avg() for band in image.crop(x, 0, half, image.height).bandsplit()] for x in (0, half)]


def _assets(machine: Machine) -> Iterator[Check]:
    for asset in fetch.read_table():
        values = {"package": asset.package, "version": asset.version, "folder": asset.into}
        if machine.is_fetched(asset):
            yield Check(asset.package, True, N_("{package} {version} is there."), values)
        else:
            sentence = N_("{package} {version} is missing in {folder}. Run `make install`, or install the wheel again.")
            yield Check(asset.package, False, sentence, values)


def _ocr(machine: Machine) -> Check:
    """Whoever has texts, or wants none, needs no Tesseract; so nothing is wrong without it."""
    try:
        tesseract = machine.find_tesseract()
    except LibraryError as error:
        return Check("ocr", True, error.sentence, error.values)
    if not tesseract.languages:
        sentence = N_("Tesseract {version} has no languages. As root: apt-get install tesseract-ocr-vie")
        return Check("ocr", False, sentence, {"version": tesseract.version})
    values = {"version": tesseract.version, "languages": ", ".join(sorted(tesseract.languages))}
    return Check("ocr", True, N_("Tesseract {version} reads pages (OCR): {languages}."), values)


# The folder and its disk


def _folder_checks(folder: Path, machine: Machine) -> Iterator[Check]:
    writable = list(_writable(folder, machine))
    yield from writable
    if all(check.ok for check in writable):
        near = _nearest(folder)
        yield _space(near, machine)
        yield _catalogue(near, machine)
        yield _clock(near, machine)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that exists: there it would be made."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())


def _writable(folder: Path, machine: Machine) -> Iterator[Check]:
    for place in (_nearest(folder), *(folder / name for name in LIBRARY_FOLDERS if (folder / name).is_dir())):
        try:
            with machine.trial_file(place):
                yield Check("writable", True, N_("{folder} can be written to."), {"folder": str(place)})
        except OSError as error:
            sentence = N_("{folder} cannot be written to ({reason}). Give the user who runs Mocban that right.")
            yield Check("writable", False, sentence, {"folder": str(place), "reason": error.strerror})


def _space(folder: Path, machine: Machine) -> Check:
    free = machine.free_bytes(folder)
    values = {"free": round(free / GIGABYTE, 1), "least": LEAST_FREE // GIGABYTE, "folder": str(folder)}
    if free >= LEAST_FREE:
        return Check("space", True, N_("{free} GB are free in {folder}."), values)
    return Check("space", False, N_("Only {free} GB are free in {folder}; pyramids need {least} GB or more."), values)


def _catalogue(folder: Path, machine: Machine) -> Check:
    """Makes a catalogue on this disk: a share cannot keep SQLite's write-ahead log, which readers rely on."""
    values = {"sqlite": ".".join(map(str, machine.sqlite_version)), "folder": str(folder)}
    if machine.sqlite_version < LEAST_SQLITE:
        return Check("catalogue", False, N_("SQLite {sqlite} is too old; 3.35 or newer is needed."), values)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".doctor-") as trial:
            file = Path(trial) / "catalog.sqlite"
            catalog = machine.make_catalogue(file)
            has_log = file.with_name("catalog.sqlite-wal").exists()
            catalog.close()
    except Exception as error:  # noqa: BLE001 -- whatever SQLite, its driver or the disk say, it is the finding
        return Check(
            "catalogue",
            False,
            N_("No catalogue can be made in {folder} ({reason}). A library needs a local disk."),
            {**values, "reason": str(error)},
        )
    if has_log:
        return Check("catalogue", True, N_("SQLite {sqlite} keeps its write-ahead log in {folder}."), values)
    return Check(
        "catalogue", False, N_("SQLite keeps no write-ahead log in {folder}. A library needs a local disk."), values
    )


def _clock(folder: Path, machine: Machine) -> Check:
    with machine.trial_file(folder) as file:
        now = datetime.now(UTC)
        on_disk = machine.time_on_disk(Path(file.name))
    installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    values = {"now": f"{now:%Y-%m-%d %H:%M:%S}", "disk": f"{on_disk:%Y-%m-%d %H:%M:%S}", "folder": str(folder)}
    if now < installed - SLACK:
        return Check("clock", False, N_("It is {now} UTC by the clock, before Mocban was installed. Set it."), values)
    if abs(now - on_disk) > SLACK:
        sentence = N_("It is {now} UTC by the clock of this machine and {disk} by that of {folder}. Set the wrong one.")
        return Check("clock", False, sentence, values)
    return Check("clock", True, N_("It is {now} UTC."), values)


def _roots(roots: Mapping[str, str]) -> Iterator[Check]:
    for name, folder in roots.items():
        values = {"name": name, "folder": folder}
        if Path(folder).is_dir():
            yield Check("root", True, N_("The masters of {name} are in {folder}."), values)
        else:
            sentence = N_(
                "The masters of {name} should be in {folder}, which is not there. Mount it, or change its line."
            )
            yield Check("root", False, sentence, values)
