"""Files of collections through an ingest: read before any work, whole or not at all, and no pixel is touched."""

import re
from pathlib import Path

import openpyxl
import pytest

from manifests.errors import Missing
from manifests.ingest.report import Verdict
from manifests.library import Library
from manifests.metadata import collections_toml
from tests.ingest.fakes import FakeWorkerPool, ingest, scan

TOML = """
[Han-Nom]
label = { vi = "Sách Hán Nôm", en = "Hán-Nôm books" }
summary = "Xưa"
[Tho]
label = "Thơ"
parent = "han-nom"
"""


@pytest.fixture
def shelf(scans: Path) -> Path:
    scan(scans / "kieu", "1.tif")
    (scans / "kieu" / "work.toml").write_text('[metadata]\n"Bộ sưu tập" = "Thơ"\n', encoding="utf-8")
    return scans


def write(folder: Path, text: str, name: str = "collections.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def said(outcomes: object) -> dict[str, tuple[Verdict, list[str]]]:
    """Of each file of collections: what became of it, and what was found."""
    return {
        Path(row.file).name: (row.verdict, [finding.code for finding in row.findings])
        for row in outcomes  # type: ignore[attr-defined]
        if Path(row.file).stem == "collections"
    }


def names(library: Library) -> dict[str, str | None]:
    return {one.id: one.parent for one in library.collections.all()}


def test_collections_are_there_before_the_works_that_name_them(library: Library, shelf: Path) -> None:
    write(shelf, TOML)
    assert said(ingest(library, shelf)) == {"collections.toml": (Verdict.CHANGED, [])}
    assert names(library) == {"Han-Nom": "top", "Tho": "Han-Nom"}
    assert [one.id for one in library.collections.of_work("kieu")] == ["Tho"]
    assert library.collections.find("Han-Nom").summary == {"none": ["Xưa"]}


def test_a_second_ingest_changes_nothing_and_draws_nothing(library: Library, shelf: Path) -> None:
    write(shelf, TOML)
    ingest(library, shelf)
    before, workers = library.changes(), FakeWorkerPool()
    assert said(ingest(library, shelf, workers=workers)) == {"collections.toml": (Verdict.UNCHANGED, [])}
    assert (library.changes(), workers.built, workers.hashed) == (before, [], [])


def test_the_file_alone_may_be_given_and_costs_no_row_of_the_log(library: Library, shelf: Path) -> None:
    write(shelf, TOML)
    ingest(library, shelf)
    before, manifest = library.changes(), library.document_digest(3, "kieu")[0]
    changed = write(shelf, TOML.replace('"Thơ"', '"Thơ Nôm"'))
    assert said(ingest(library, changed)) == {"collections.toml": (Verdict.CHANGED, [])}
    assert library.changes() == before
    assert library.document_digest(3, "kieu")[0] != manifest
    assert "Thơ Nôm" in library.document(3, "kieu").body.decode()


def test_the_librarys_own_file_counts_more(library: Library, shelf: Path) -> None:
    write(library.folder, '[Tho]\nlabel = "Của thư viện"\n')
    write(shelf, TOML)
    outcomes = ingest(library, shelf)
    assert {"collections-elsewhere"} == {
        f.code for row in outcomes for f in row.findings if f.code.startswith("collections")
    }
    assert library.collections.find("Tho").label == {"none": ["Của thư viện"]}
    assert names(library) == {"Tho": "top", "Han-Nom": "top"}


def test_a_sheet_says_the_same(library: Library, shelf: Path) -> None:
    write(shelf, "mã;tên@vi;tên@en;thuộc\nHan-Nom;Sách Hán Nôm;Books;\nTho;Thơ;;Han-Nom\n", "collections.csv")
    assert said(ingest(library, shelf)) == {"collections.csv": (Verdict.CHANGED, [])}
    assert names(library) == {"Han-Nom": "top", "Tho": "Han-Nom"}
    assert library.collections.find("Han-Nom").label == {"vi": ["Sách Hán Nôm"], "en": ["Books"]}


def test_a_workbook_says_the_same_with_rows_left_empty_and_ids_that_are_numbers(library: Library, shelf: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("mã", "tên@vi", "tên@en", "thuộc", "biểu trưng", None),
        (1945, "Năm 1945", 1945, "Han-Nom", None, None),
        (None,) * 6,
        ("Han-Nom", " Sách Hán Nôm ", None, None, "https://example.org/l.png", None),
    ):
        book.active.append(row)
    book.create_sheet("khác").append(["x"])
    book.save(shelf / "collections.xlsx")
    for verdict in (Verdict.CHANGED, Verdict.UNCHANGED):
        assert said(ingest(library, shelf)) == {"collections.xlsx": (verdict, [])}
    assert names(library) == {"1945": "Han-Nom", "Han-Nom": "top", "Tho": "top"}
    assert library.collections.any("1945").label == {"vi": ["Năm 1945"], "en": ["1945"]}
    assert library.collections.any("Han-Nom").logo == "https://example.org/l.png"


def test_a_workbook_that_is_cut_off_changes_nothing(library: Library, shelf: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["mã"]), book.active.append(["Han-Nom"])
    book.save(shelf / "collections.xlsx")
    (shelf / "collections.xlsx").write_bytes((shelf / "collections.xlsx").read_bytes()[:2000])
    assert said(ingest(library, shelf)) == {"collections.xlsx": (Verdict.REFUSED, ["collections-refused"])}
    assert names(library) == {"Tho": "top"}


def test_of_two_files_in_one_folder_one_counts_and_the_other_is_named(library: Library, shelf: Path) -> None:
    write(shelf, TOML), write(shelf, "mã\nX\n", "collections.csv")
    assert said(ingest(library, shelf)) == {
        "collections.toml": (Verdict.CHANGED, []),
        "collections.csv": (Verdict.UNCHANGED, ["collections-unused"]),
    }
    assert "X" not in names(library)


def test_one_deeper_in_the_folder_is_unused(library: Library, shelf: Path) -> None:
    write(shelf / "kieu", TOML)
    assert said(ingest(library, shelf)) == {"collections.toml": (Verdict.UNCHANGED, ["unused"])}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a\n", "collections-refused"),
        ("[a]\n[a]\n", "collections-refused"),
        ('a = "b"', "collections-value"),
        ("[a]\nlabel = true", "collections-value"),
        ('[a]\nlabel = { "no tag" = "x" }', "collections-value"),
        ('[a]\nlogo = "javascript:alert(1)"', "collections-value"),
        ('[a]\nlogo = "//evil.example/x.png"', "collections-value"),
        ('[a]\nhomepage = "/works/a"', "collections-value"),
        ("[a]\nlabels = 3", "collections-key"),
        ("[top]", "collections-id"),
        ("[Manifest]", "collections-id"),
        ('["Sách cổ"]', "collections-id"),
        (f"[{'a' * 101}]", "collections-id"),
        ("[a]\n[A]", "collections-double"),
        ('[a]\nparent = "b"', "collections-parent"),
        ('[a]\nparent = "a"', "collections-cycle"),
        ('[a]\nparent = "B"\n[b]\nparent = "A"', "collections-cycle"),
        ("".join(f'[c{n}]\nparent = "c{n + 1}"\n' for n in range(30)) + "[c30]", "collections-deep"),
        ("# " + "x" * (9 << 20), "collections-refused"),
        ("".join(f"[c{n}]\n" for n in range(20_001)), "collections-refused"),
    ],
)
def test_a_bad_file_is_refused_whole_and_the_works_come_in(library: Library, shelf: Path, text: str, code: str) -> None:
    write(shelf, text)
    assert said(ingest(library, shelf)) == {"collections.toml": (Verdict.REFUSED, [code])}
    assert [work.id for work in library.works()] == ["kieu"]
    assert list(names(library)) == ["Tho"]  # which its record names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tên\nSách\n", "collections-refused"),
        ("mã;màu\na;đỏ\n", "collections-value"),
        ("mã;tên\n;Không mã\n", "collections-value"),
        ("mã;logo\na;ftp://x\n", "collections-value"),
        ('mã;tên\na;"chưa đóng\n', "record-row"),
    ],
)
def test_a_bad_sheet_is_refused_too(library: Library, shelf: Path, text: str, code: str) -> None:
    write(shelf, text, "collections.csv")
    assert said(ingest(library, shelf)) == {"collections.csv": (Verdict.REFUSED, [code])}


def test_what_was_known_stays_when_the_file_is_spoiled(library: Library, shelf: Path) -> None:
    write(shelf, TOML)
    ingest(library, shelf)
    write(shelf, TOML + "[")
    ingest(library, shelf)
    assert names(library) == {"Han-Nom": "top", "Tho": "Han-Nom"}


def test_a_ring_with_what_is_known_already_is_one(library: Library, shelf: Path) -> None:
    write(shelf, TOML)
    ingest(library, shelf)
    other = write(library.folder, '[Han-Nom]\nparent = "Tho"\n')
    assert said(ingest(library, other))["collections.toml"] == (Verdict.REFUSED, ["collections-cycle"])


def test_a_rehearsal_reads_the_file_and_stores_nothing(library: Library, shelf: Path) -> None:
    write(shelf, TOML)
    assert said(ingest(library, shelf, dry_run=True)) == {"collections.toml": (Verdict.UNCHANGED, [])}
    assert names(library) == {}


def test_a_file_that_is_not_there_is_missing(library: Library, shelf: Path) -> None:
    with pytest.raises(Missing):
        ingest(library, shelf / "collections.toml")


def test_the_template_says_nothing_and_shows_every_key() -> None:
    template = Path("config/collections.toml").read_text(encoding="utf-8")
    assert collections_toml.read(template.encode()) == []
    example = re.sub(r"^# (?=[a-z]+ = |\[[A-Z])", "", template, flags=re.MULTILINE)
    outer, inner = collections_toml.read(example.encode())
    assert [name for name in ("label", "summary", "logo", "homepage") if not getattr(outer, name)] == []
    assert (outer.id, inner.id, inner.parent) == ("Han-Nom", "Tho-Nom", "Han-Nom")
