"""What checks have found, told for programs and in sentences."""

from datetime import UTC, datetime
from pathlib import Path

from manifests.fixity.held_files import HeldFile, WorkFixity
from manifests.model import FileKind, Fixity, FixityCheck
from server.cli.fixity_told import checks_by_page, fixity_lines
from server.language.translator import Translator

FILES = [
    HeldFile(FileKind.MASTER, "scans", "report.pdf", Path("report.pdf"), "a1", ("1", "2")),
    HeldFile(FileKind.PYRAMID, "", "pyramids/1.tif", Path("1.tif"), "b2", ("1",)),
]


def fixity(*verdicts: Fixity) -> WorkFixity:
    """Of the first files, checked one day after the other."""
    checks = {
        (file.kind, file.file): FixityCheck(
            file.kind, file.root, file.file, file.digest, verdict, datetime(2026, 11, day, 22, tzinfo=UTC)
        )
        for day, (file, verdict) in enumerate(zip(FILES, verdicts, strict=False), start=26)
    }
    return WorkFixity(FILES, checks)


def told(*verdicts: Fixity, language: str = "en") -> list[str]:
    return list(fixity_lines(Translator(language), fixity(*verdicts)))


def test_a_file_of_two_pages_is_told_with_both() -> None:
    master = {"outcome": "damaged", "checked": "2026-11-26T22:00:00Z"}
    pyramid = {"outcome": "sound", "checked": "2026-11-27T22:00:00Z"}
    rows = checks_by_page(fixity(Fixity.DAMAGED, Fixity.SOUND))
    assert rows == {"1": {"master": master, "pyramid": pyramid}, "2": {"master": master}}


def test_where_all_is_well_one_line_names_the_earliest_day() -> None:
    assert told(Fixity.SOUND, Fixity.SOUND) == ["All 2 files were found as they were taken in on November 26, 2026."]
    assert told(Fixity.SOUND, Fixity.SOUND, language="vi")[0].startswith("Ngày 26 tháng 11, 2026")


def test_what_is_not_well_is_named() -> None:
    assert told(Fixity.SOUND, Fixity.MISSING) == [
        "  pyramids/1.tif: MISSING (November 27, 2026)",
        "1 of 2 files were found as they were taken in.",
    ]


def test_what_was_not_checked_is_not_called_sound() -> None:
    assert told() == ["Its files have not been read again since they were taken in: `mocban verify`."]
    assert told(Fixity.SOUND) == ["1 of 2 files were found as they were taken in."]
