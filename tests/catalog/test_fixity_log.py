"""What the catalogue keeps of checks of fixity."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from manifests.catalog import Catalog
from manifests.model import FileKind, Fixity, FixityCheck, OcrEngine, Recognition
from tests.catalog.make import NOON, save

CHECK = FixityCheck(FileKind.MASTER, "scans", "kieu/a.tif", "a1", Fixity.SOUND, NOON, 7)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    yield catalog
    catalog.close()


def known(catalog: Catalog, root: str = "scans") -> dict[str, FixityCheck]:
    return catalog.fixity.checks(FileKind.MASTER, root, [f"kieu/{name}.tif" for name in "abc"])


def test_the_last_check_of_a_file_takes_the_place_of_the_one_before(catalog: Catalog) -> None:
    for check in (CHECK, replace(CHECK, verdict=Fixity.DAMAGED, checked=LATER)):
        catalog.fixity.note(check)
        assert known(catalog) == {CHECK.file: check}
    assert catalog.fixity.damaged(FileKind.MASTER) == {CHECK.file: 7}
    assert catalog.fixity.damaged(FileKind.PYRAMID) == {}


def test_files_of_one_name_below_two_roots_are_two(catalog: Catalog) -> None:
    for root in ("scans", "maps"):
        catalog.fixity.note(replace(CHECK, root=root, digest=root))
    assert [known(catalog, root)[CHECK.file].digest for root in ("scans", "maps")] == ["scans", "maps"]


def test_a_check_of_everything_is_unfinished_until_its_end(catalog: Catalog) -> None:
    assert catalog.fixity.unfinished() is None
    catalog.fixity.begin(NOON)
    assert catalog.fixity.unfinished() == NOON
    catalog.fixity.finish(NOON, "text")
    assert catalog.fixity.unfinished() is None


def test_a_check_that_begins_in_the_second_of_another_one_begins_behind_it(catalog: Catalog) -> None:
    save(catalog, "kieu", "a")
    assert catalog.fixity.begin(NOON) == NOON
    catalog.fixity.note(CHECK)
    catalog.fixity.finish(NOON, "text")
    assert catalog.fixity.begin(NOON) == NOON + timedelta(seconds=1)


def test_the_end_of_a_check_ends_no_other_that_was_begun_since(catalog: Catalog) -> None:
    began = catalog.fixity.begin(NOON)
    later = catalog.fixity.begin(LATER)
    catalog.fixity.finish(began, "text")
    assert catalog.fixity.unfinished() == later


def test_at_its_end_what_is_held_no_more_is_forgotten_and_nothing_else(catalog: Catalog) -> None:
    save(catalog, "kieu", "a")
    engine = OcrEngine("tesseract", "5", "vie", "m")
    catalog.note_recognition("kieu", "a", Recognition(engine, "a1" * 32, "text/ocr/kieu/a.0123.xml"))
    held = [
        CHECK,
        replace(CHECK, kind=FileKind.PYRAMID, root="", file="pyramids/kieu/a.tif"),
        replace(CHECK, kind=FileKind.OCR, root="", file="text/ocr/kieu/a.0123.xml"),
    ]
    gone = [replace(check, file=f"{check.file}.old") for check in held]
    elsewhere = replace(CHECK, root="maps")
    for check in (*held, *gone, elsewhere):
        catalog.fixity.note(check)
    catalog.fixity.finish(catalog.fixity.begin(LATER), "text")

    def kept(checks: Sequence[FixityCheck]) -> list[FixityCheck]:
        return [one for of in checks for one in catalog.fixity.checks(of.kind, of.root, [of.file]).values()]

    assert kept(held) == held
    assert kept([*gone, elsewhere]) == []


def test_a_catalogue_that_is_well_has_no_problems(catalog: Catalog) -> None:
    assert catalog.fixity.problems_of_catalogue() == []


def test_what_ocr_has_read_must_be_sound_too(catalog: Catalog) -> None:
    save(catalog, "kieu", "a")
    for kind, root, file, digest in (
        (FileKind.MASTER, "scans", "kieu/a.tif", "a1" * 32),
        (FileKind.PYRAMID, "", "pyramids/kieu/a.tif", "d1"),
    ):
        assert catalog.fixity.sound_since("kieu", "text") is None
        catalog.fixity.note(FixityCheck(kind, root, file, digest, Fixity.SOUND, NOON))
    assert catalog.fixity.sound_since("kieu", "text") == NOON
    engine = OcrEngine("tesseract", "5", "vie", "m")
    catalog.note_recognition("kieu", "a", Recognition(engine, "a1" * 32, "text/ocr/kieu/a.0123.xml"))
    assert catalog.fixity.sound_since("kieu", "text") is None
    catalog.fixity.note(FixityCheck(FileKind.OCR, "", "text/ocr/kieu/a.0123.xml", "0123", Fixity.SOUND, LATER))
    assert catalog.fixity.sound_since("kieu", "text") == NOON


def test_an_empty_catalogue_holds_no_bytes(catalog: Catalog) -> None:
    assert catalog.fixity.bytes_held() == 0
