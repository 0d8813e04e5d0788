"""The doctor: well where all is well, and each thing that can be wrong is found and said."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pyvips

from manifests.master_formats import MASTER_FORMATS
from manifests.settings import Settings
from server.doctor import Check, Machine, examine
from server.image.output_formats import FORMATS
from server.ocr.tesseract import Tesseract, find_tesseract


def named(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def said(check: Check) -> str:
    return check.sentence.format(**check.values)


def test_here_everything_is_well(tmp_path: Path) -> None:
    checks = examine(tmp_path / "library", Settings(roots={"scans": str(tmp_path)}))
    assert not [said(check) for check in checks if not check.ok]
    assert all(said(check) for check in checks)


def test_it_leaves_nothing_behind_and_makes_no_library(tmp_path: Path) -> None:
    examine(tmp_path / "library", Settings())
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_only_the_program_is_looked_at() -> None:
    assert not {"writable", "space", "catalogue", "clock"} & {check.name for check in examine(None, Settings())}


def test_libvips_is_the_bundled_one_and_knows_no_jpeg_2000() -> None:
    assert [pyvips.version(part) for part in range(3)] == [8, 18, 7]
    assert pyvips.type_find("VipsOperation", "jp2kload") == 0


def test_each_kind_of_master_and_each_format_offered_is_really_made() -> None:
    names = {check.name for check in examine(None, Settings())}
    assert {f"master-{row.name}" for row in MASTER_FORMATS if row.taken} <= names
    assert {f"format-{row.extension}" for row in FORMATS} <= names


def found(name: str, folder: Path | None = None, **otherwise: Any) -> Check:
    """What is said on a machine that is as this one, but for what is handed in."""
    return named(examine(folder, Settings(), replace(Machine(), **otherwise)), name)


def test_ocr_is_told_with_its_languages_and_missed_without_being_a_fault() -> None:
    there = found("ocr", find_tesseract=lambda: Tesseract("tesseract", "5.3.0", frozenset({"vie", "fra"}), None))
    assert (there.ok, said(there)) == (True, "Tesseract 5.3.0 reads pages (OCR): fra, vie.")
    bare = found("ocr", find_tesseract=lambda: Tesseract("tesseract", "5.3.0", frozenset(), None))
    assert (bare.ok, "tesseract-ocr-vie" in said(bare)) == (False, True)

    def none() -> Tesseract:
        return find_tesseract((), path="/nowhere")

    missing = found("ocr", find_tesseract=none)
    assert (missing.ok, "apt-get install tesseract-ocr" in said(missing)) == (True, True)


def test_a_libvips_of_the_machine_is_found() -> None:
    check = found("libvips", libvips_version=lambda: (8, 14, 1))
    assert not check.ok
    assert "8.14.1" in said(check)


def test_a_pyvips_that_compiled_itself_over_the_bundled_one_is_found() -> None:
    assert not found("libvips", is_as_delivered=lambda _file: False).ok


def test_a_format_that_comes_out_wrong_is_found() -> None:
    black = pyvips.Image.black(200, 133, bands=3).write_to_buffer(".png")
    assert not found("format-jpg", render=lambda *_asked, **_named: black).ok


def test_a_format_that_cannot_be_made_is_found() -> None:
    check = found("format-webp", render=lambda *_asked, **_named: b"no picture")
    assert not check.ok
    assert "webp" in said(check)


def test_missing_viewers_are_found() -> None:
    check = found("mirador", is_fetched=lambda _asset: False)
    assert not check.ok
    assert "make install" in said(check)


def test_a_folder_that_cannot_be_written_is_found(tmp_path: Path) -> None:
    # chmod does not stop root, which tests may run as
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    checks = examine(tmp_path, Settings(), replace(Machine(), trial_file=refuse))
    assert not named(checks, "writable").ok
    assert "catalogue" not in {check.name for check in checks}


def test_a_full_disk_is_found(tmp_path: Path) -> None:
    assert not found("space", tmp_path, free_bytes=lambda _folder: 10**6).ok


def test_a_disk_without_a_write_ahead_log_is_found(tmp_path: Path) -> None:
    on_a_share = SimpleNamespace(close=lambda: None)
    assert not found("catalogue", tmp_path, make_catalogue=lambda _file: on_a_share).ok


def test_an_old_sqlite_is_found(tmp_path: Path) -> None:
    check = found("catalogue", tmp_path, sqlite_version=(3, 22, 0))
    assert not check.ok
    assert "3.22.0" in said(check)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_disk_whose_clock_is_another_is_found(tmp_path: Path, hours: int) -> None:
    elsewhere = datetime.now(UTC) + timedelta(hours=hours)
    assert not found("clock", tmp_path, time_on_disk=lambda _file: elsewhere).ok


@pytest.mark.parametrize("roots", [{"scans": "/nowhere/scans"}])
def test_masters_that_are_not_mounted_are_found(roots: Mapping[str, Any]) -> None:
    check = named(examine(None, Settings(roots=roots)), "root")
    assert not check.ok
    assert "/nowhere/scans" in said(check)
