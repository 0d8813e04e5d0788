"""The table at the end of a run: worst first, counted by kind, with the place of the first."""

import pytest

from manifests.findings import make_finding
from manifests.ingest.report import Outcome, Verdict
from server.cli.context import CliContext
from server.cli.summary import Summary
from server.language.translator import Translator


def row(file: str, *codes: str) -> Outcome:
    values = {"reason": "x", "assumed": "sRGB", "file": "f"}
    return Outcome(file, "w", "p", Verdict.ADDED, [make_finding(code, **values) for code in codes])


def told(capsys: pytest.CaptureFixture[str], language: str, *rows: Outcome) -> list[str]:
    summary = Summary()
    for one in rows:
        summary.add(one)
    summary.tell(CliContext(Translator(language)))
    return capsys.readouterr().err.splitlines()


ROWS = (
    row("a/1.tif", "no-profile"),
    row("a/2.tif", "no-profile", "text-empty"),
    row("a/3.tif", "unreadable", "no-profile"),
    row("a/4.tif", "truncated"),
    row("a/5.tif", "truncated"),
)


def test_what_was_found_is_counted_worst_first_and_most_often_first(capsys: pytest.CaptureFixture[str]) -> None:
    *table, _ = told(capsys, "en", *ROWS)
    assert [line.split("   ")[0].strip() for line in table] == ["error", "error", "warning", "note"]
    assert [" ".join(line.split()[1:]) for line in table] == [
        "2 files break off before their end a/4.tif",
        "1 file cannot be read as an image a/3.tif",
        "1 text file is empty a/2.tif",
        "3 pages have no colour profile a/1.tif",
    ]


def test_what_is_known_of_one_file_is_counted_alike() -> None:
    summary = Summary()
    for number in (1, 2):
        summary.count("a/1.tif", number, make_finding("truncated"))
    (line,) = summary.table(CliContext(Translator("en")))
    assert line.split("   ")[:2] == ["error", "2 files break off before their end"]
    assert "1" in line.split("   ")[2]


def test_it_speaks_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    first, *_ = told(capsys, "vi", *ROWS)
    assert first.startswith("lỗi")
    assert "2 tệp bị cụt" in first


def test_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    *table, _ = told(capsys, "en", *ROWS)
    assert len({line.index(" a/") for line in table}) == 1


def test_kinds_that_are_counted_in_one_sentence_are_one_row(capsys: pytest.CaptureFixture[str]) -> None:
    rows = (Outcome("a", "w", None, Verdict.UNCHANGED, [make_finding(code, pages=2)]) for code in
            ("text-by-name", "text-by-position"))  # fmt: skip
    first, _ = told(capsys, "en", *rows)
    assert "2 files are the texts of whole works" in first


def test_where_all_is_well_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "en", row("a/1.tif")) == []
