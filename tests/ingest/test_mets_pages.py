"""METS decides which files are pages, in which order, and which text is whose; nothing is lost in silence."""

import pytest

from manifests.errors import Missing
from manifests.ingest.report import Verdict
from manifests.ingest.walk import works_at
from manifests.library import Library
from tests.ingest.fakes import FakeWorkerPool, ingest, scan
from tests.ingest.trees import below, plant, said, walked, works
from tests.metadata.mets_samples import mets_of


def planted(folder, told, *files):
    """A folder `book` with files, and METS."""
    plant(folder / "book", *files)
    (folder / "book" / "mets.xml").write_text(told)
    return folder


def named(folder, name="mets.xml"):
    """The finding that is said of METS, by code."""
    work = walked(folder)["book"]
    return {finding.code: finding.values for path, finding in (*work.refused, *work.notes) if path.name == name}


def test_pages_are_in_the_order_of_mets(tmp_path):
    told = mets_of(("1", ["3.tif"]), ("2", ["1.tif"]), ("3", ["2.tif"]))
    assert works(planted(tmp_path, told, "1.tif", "2.tif", "3.tif")) == {
        "book": ["book/3.tif", "book/1.tif", "book/2.tif"]
    }
    assert said(tmp_path) == {}


def test_files_lie_in_folders_of_any_name_and_the_folder_of_mets_is_the_work(tmp_path):
    told = mets_of(("1", ["OCR-D-IMG/2.tif", "FULL/b.xml"]), ("2", ["OCR-D-IMG/1.tif", "FULL/a.xml"]))
    files = ("OCR-D-IMG/1.tif", "OCR-D-IMG/2.tif", "FULL/a.xml", "FULL/b.xml", "OCR-D-IMG/sub/9.tif")
    planted(tmp_path, told, *files)
    assert works(tmp_path) == {
        "book": ["book/OCR-D-IMG/2.tif", "book/OCR-D-IMG/1.tif"],
        "book/OCR-D-IMG/sub": ["book/OCR-D-IMG/sub/9.tif"],
    }
    texts = walked(tmp_path)["book"].named.texts
    assert {below(tmp_path, file): stem for file, stem in texts.items()} == {
        "book/FULL/a.xml": "1",
        "book/FULL/b.xml": "2",
    }


def test_of_several_forms_the_nearest_to_the_master_that_is_here_is_the_page(tmp_path):
    forms = ["tif/1.tif", "jpg/1.jpg"], ["tif/2.tif", "jpg/2.jpg"]
    groups = {"MASTER": ["tif/1.tif", "tif/2.tif"], "DEFAULT": ["jpg/1.jpg", "jpg/2.jpg"]}
    told = mets_of(("1", forms[0]), ("2", forms[1]), **groups)
    planted(tmp_path, told, "tif/1.tif", "jpg/1.jpg", "jpg/2.jpg")
    assert works(tmp_path) == {"book": ["book/tif/1.tif", "book/jpg/2.jpg"]}


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x/1.tif",
        "https://example.org/x/1.tif.large.jpg",
        "file:///srv/scans/1.jpg",
        "../../1.tif",
        "/srv/1.tif",
        "D:\\scans\\1.tif",
    ],
)
def test_an_address_that_leads_elsewhere_means_the_file_of_that_name_here(tmp_path, address):
    told = mets_of(("1", ["https://example.org/x/2.tif"]), ("2", [address]))
    assert works(planted(tmp_path, told, "1.tif", "2.tif")) == {"book": ["book/2.tif", "book/1.tif"]}


def test_no_path_leads_out_of_the_folder_by_dots_or_by_links(tmp_path):
    plant(tmp_path, "other/9.tif", "book/1.tif")
    (tmp_path / "book" / "inside").symlink_to(tmp_path / "other")
    planted(tmp_path, mets_of(("1", ["../other/9.tif"]), ("2", ["inside/9.tif"]), ("3", ["1.tif"])))
    assert works(tmp_path) == {"book": ["book/1.tif"], "other": ["other/9.tif"]}


def test_files_that_mets_does_not_name_are_no_pages_and_are_said(tmp_path):
    planted(tmp_path, mets_of(("1", ["2.tif"])), "1.tif", "2.tif", "3.tif")
    assert works(tmp_path) == {"book": ["book/2.tif"]}
    assert named(tmp_path) == {"mets-unnamed": {"number": 2, "first": "1.tif"}}


def test_a_target_that_mets_does_not_name_stays_a_target(tmp_path):
    planted(tmp_path, mets_of(("1", ["2.tif"])), "2.tif", "colorchart.tif")
    assert works(tmp_path) == {"book": ["book/2.tif", "book/colorchart.tif"]}
    assert named(tmp_path) == {}


def test_another_form_of_a_page_is_a_derivative(tmp_path):
    planted(tmp_path, mets_of(("1", ["1.jpg"])), "1.tif", "1.jpg")
    assert works(tmp_path) == {"book": ["book/1.jpg"]}
    assert said(tmp_path) == {"book/1.tif": "derivative"}


def test_the_folder_that_mets_names_gives_the_pages_and_the_others_are_derivatives(tmp_path):
    told = mets_of(("1", ["scans/1.tif"]), ("2", ["scans/2.tif"]))
    planted(tmp_path, told, "jp2/1.jp2", "jp2/2.jp2", "jp2/9.jp2", "scans/1.tif", "scans/2.tif", "scans/3.tif")
    assert works(tmp_path) == {"book": ["book/scans/1.tif", "book/scans/2.tif"]}
    assert said(tmp_path) == {"book/mets.xml": "mets-unnamed", "book/jp2": "derivatives"}
    assert named(tmp_path)["mets-unnamed"] == {"number": 2, "first": "9.jp2"}


@pytest.mark.parametrize("ending", ["jpg", "tif"])
def test_other_forms_of_pages_are_no_work_of_their_own_whatever_their_folders_are_called(tmp_path, ending):
    """As Kitodo (`jpgs/max`, `jpgs/thumbs`) and OCR-D (`OCR-D-IMG-BIN`, with other names) have them."""
    forms = [(f"scan/{n}.tif", f"jpgs/max/{n}.{ending}", f"jpgs/thumbs/{n}.jpg", f"BIN/{n}_bin.png") for n in "12"]
    told = mets_of(*((n, form) for n, form in zip("12", forms, strict=True)), MASTER=["scan/1.tif", "scan/2.tif"])
    planted(tmp_path, told, *(file for form in forms for file in form))
    assert works(tmp_path) == {"book": ["book/scan/1.tif", "book/scan/2.tif"]}
    assert said(tmp_path) == {
        "book/jpgs/max": "derivatives",
        "book/jpgs/thumbs": "derivatives",
        "book/BIN": "derivatives",
    }


def test_a_file_beside_other_forms_that_mets_does_not_name_is_said(tmp_path):
    told = mets_of(("1", ["scan/1.tif", "BIN/1_bin.png"]), MASTER=["scan/1.tif"])
    planted(tmp_path, told, "scan/1.tif", "BIN/1_bin.png", "BIN/2_bin.png")
    assert works(tmp_path) == {"book": ["book/scan/1.tif"]}
    assert named(tmp_path)["mets-unnamed"] == {"number": 1, "first": "2_bin.png"}


def test_a_file_on_two_pages_is_the_first_of_them(tmp_path):
    planted(tmp_path, mets_of(("1v", ["1.tif"]), ("2r", ["1.tif"]), ("2v", ["2.tif"])), "1.tif", "2.tif")
    assert works(tmp_path) == {"book": ["book/1.tif", "book/2.tif"]}
    assert named(tmp_path) == {"mets-twice": {"number": 1, "first": "1.tif"}}


def test_two_files_of_one_name_cannot_be_told_apart_and_the_folder_decides(tmp_path):
    planted(tmp_path, mets_of(("1", ["a/1.tif"]), ("2", ["b/1.tif"])), "a/1.tif", "b/1.tif")
    assert works(tmp_path) == {"book/a": ["book/a/1.tif"], "book/b": ["book/b/1.tif"]}
    planted(tmp_path, mets_of(("1", ["1.tif"]), ("2", ["b/1.tif"])), "1.tif")
    assert works(tmp_path)["book"] == ["book/1.tif"]
    assert named(tmp_path) == {"mets-name": {"name": "1"}}


@pytest.mark.parametrize("told", ["<mets", "<mods/>", '<!DOCTYPE m [<!ENTITY e "x">]><mets>&e;</mets>', "<mets/>"])
def test_mets_that_cannot_be_used_leaves_the_pages_to_the_folder(tmp_path, told):
    assert works(planted(tmp_path, told, "1.tif", "2.tif")) == {"book": ["book/1.tif", "book/2.tif"]}


def test_mets_of_which_nothing_is_here_leaves_the_pages_to_the_folder(tmp_path):
    planted(tmp_path, mets_of(("1", ["FILE_0001.tif"]), ("2", ["FILE_0002.tif"])), "1.tif", "2.tif")
    assert works(tmp_path) == {"book": ["book/1.tif", "book/2.tif"]}


def test_a_folder_that_is_a_work_already_stays_one(tmp_path):
    planted(tmp_path, mets_of(("1", ["1.tif"]), ("2", ["a/2.tif"])), "1.tif", "a/2.tif")
    assert works(tmp_path, is_work=lambda path: path.name == "a") == {
        "book": ["book/1.tif"],
        "book/a": ["book/a/2.tif"],
    }


def test_a_text_beside_the_one_that_mets_names_is_not_used(tmp_path):
    planted(tmp_path, mets_of(("1", ["1.tif", "text-one.xml"])), "1.tif", "1.xml", "text-one.xml")
    work = walked(tmp_path)["book"]
    assert [file.name for file in work.texts] == ["text-one.xml"]
    assert said(tmp_path) == {"book/1.xml": "unused"}


def test_texts_that_are_not_here_are_said_and_the_stem_decides(tmp_path):
    planted(tmp_path, mets_of(("1", ["1.tif", "https://example.org/full_1.xml"])), "1.tif", "1.xml")
    assert [file.name for file in walked(tmp_path)["book"].texts] == ["1.xml"]
    assert named(tmp_path) == {"mets-text-absent": {"number": 1, "first": "full_1.xml"}}


def test_mets_of_ten_thousand_files_decides(tmp_path):
    pages = [(str(n), [f"{n}.tif"]) for n in range(10_000)]
    planted(tmp_path, mets_of(*pages[:1]), "1.tif", "0.tif")
    files = "".join(f'<file ID="F{n}"><FLocat xlink:href="{n}.tif"/></file>' for n, _ in pages)
    divs = "".join(f'<div TYPE="page" ID="P{n}"><fptr FILEID="F{n}"/></div>' for n, _ in reversed(pages))
    (tmp_path / "book" / "mets.xml").write_text(
        f'<mets xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp>{files}</fileGrp></fileSec>'
        f'<structMap TYPE="PHYSICAL"><div>{divs}</div></structMap></mets>'
    )
    assert works(tmp_path) == {"book": ["book/1.tif", "book/0.tif"]}


# Through an ingest


@pytest.fixture
def book(scans):
    for name in ("1.tif", "2.tif", "3.tif"):
        scan(scans / "book", name)
    return scans / "book"


def shown(library: Library):
    return [page.id for page in library.pages("book")]


def codes(outcomes):
    return {finding.code for row in outcomes for finding in row.findings}


def test_mets_that_comes_later_reorders_pages_and_changes_no_id_and_no_pixel(library: Library, scans, book):
    ingest(library, scans)
    assert shown(library) == ["1", "2", "3"]
    (book / "mets.xml").write_text(mets_of(("iii", ["3.tif"]), ("i", ["1.tif"]), ("ii", ["2.tif"])))
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert (workers.built, workers.hashed, workers.opened) == ([], [], [])
    assert shown(library) == ["3", "1", "2"]
    assert [page.label for page in library.pages("book")] == [{"none": [label]} for label in ("iii", "i", "ii")]
    assert ingest(library, scans)[-1].verdict is Verdict.UNCHANGED
    assert [change.kind for change in library.changes()] == ["created", "updated"]


def test_a_page_that_mets_leaves_out_later_is_missing_until_it_is_pruned(library: Library, scans, book):
    ingest(library, scans)
    (book / "mets.xml").write_text(mets_of(("i", ["1.tif"]), ("iii", ["3.tif"])))
    outcomes = ingest(library, scans)
    assert {(row.page, row.verdict) for row in outcomes if "page-unnamed" in codes([row])} == {("2", Verdict.MISSING)}
    assert shown(library) == ["1", "3", "2"]
    ingest(library, scans, prune=True)
    assert shown(library) == ["1", "3"]


def test_mets_that_is_spoiled_keeps_the_order_that_it_said(library: Library, scans, book):
    (book / "mets.xml").write_text(mets_of(("iii", ["3.tif"]), ("i", ["1.tif"]), ("ii", ["2.tif"])))
    ingest(library, scans)
    (book / "mets.xml").write_text("<mets")
    assert "record-refused" in codes(ingest(library, scans))
    assert shown(library) == ["3", "1", "2"]


def test_what_mets_leaves_out_stays_out_while_it_is_spoiled(library: Library, scans, book):
    told = mets_of(("i", ["1.tif"]), ("iii", ["3.tif"]))
    (book / "mets.xml").write_text(told)
    ingest(library, scans)
    (book / "mets.xml").write_text(told[: len(told) // 2])
    assert codes(ingest(library, scans, prune=True)) >= {"record-refused", "mets-unnamed"}
    assert shown(library) == ["1", "3"]
    (book / "mets.xml").unlink()
    ingest(library, scans)
    assert shown(library) == ["1", "2", "3"]


@pytest.mark.parametrize("before", [None, b"<mets", b""])
def test_where_the_mets_of_before_cannot_be_read_either_the_folder_decides(tmp_path, before):
    planted(tmp_path, "<mets", "2.tif", "1.tif")
    (work,) = (found for found in works_at(tmp_path, mets_before=lambda _: before) if found.pages)
    assert [page.name for page in work.pages] == ["1.tif", "2.tif"]


@pytest.mark.parametrize("bag", [False, True])
def test_a_work_in_folders_that_mets_names_stays_one_while_it_is_spoiled(library: Library, tmp_path, bag):
    top = tmp_path / "delivered" / "book"
    folder = top / "data" if bag else top
    folder.mkdir(parents=True)
    if bag:
        (top / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    for name in ("a", "b"):
        scan(folder / "OCR-D-IMG", f"{name}.tif")
    told = mets_of(("i", ["OCR-D-IMG/b.tif"]), ("ii", ["OCR-D-IMG/a.tif"]))
    (folder / "mets.xml").write_text(told)
    ingest(library, tmp_path / "delivered")
    assert [(work.id, work.pages) for work in library.works()] == [("book", 2)]
    (folder / "mets.xml").write_text(told[: len(told) // 2])
    assert "record-refused" in codes(ingest(library, tmp_path / "delivered"))
    assert [(work.id, work.pages) for work in library.works()] == [("book", 2)]
    assert shown(library) == ["b", "a"]


def test_a_page_whose_master_has_gone_keeps_its_place(library: Library, scans, book):
    (book / "mets.xml").write_text(mets_of(("iii", ["3.tif"]), ("i", ["1.tif"]), ("ii", ["2.tif"])))
    ingest(library, scans)
    (book / "1.tif").unlink()
    ingest(library, scans)
    assert shown(library) == ["3", "1", "2"]
    assert library.page("book", "1") is not None


def test_pages_that_mets_counts_and_nobody_scanned_are_said_and_have_an_empty_canvas(library: Library, scans, book):
    pages = ("i", ["1.tif"]), ("ii", ["2.tif"]), ("iii", []), ("iv", ["4.tif"]), ("v", ["3.tif"])
    (book / "mets.xml").write_text(mets_of(*pages))
    outcomes = ingest(library, scans)
    (finding,) = [one for row in outcomes for one in row.findings if one.code == "record-page"]
    assert finding.values == {"number": 2, "page": "P2"}
    body = library.document(3, "book").body.decode()
    assert body.index("/canvas/2") < body.index("/canvas/P2") < body.index("/canvas/4") < body.index("/canvas/3")
    assert "iv (thiếu)" in body
    assert "P2" in library.canvases.canvas("book", "P2").body.decode()
    with pytest.raises(Missing):
        library.canvases.canvas("book", "P9")
    scan(book, "4.tif")
    ingest(library, scans)
    assert shown(library) == ["1", "2", "4", "3"]


def test_a_target_that_mets_counts_is_no_missing_page(library: Library, scans, book):
    scan(book, "target.tif")
    (book / "mets.xml").write_text(
        mets_of(("", ["target.tif"]), ("i", ["1.tif"]), ("ii", ["2.tif"]), ("iii", ["3.tif"]))
    )
    ingest(library, scans)
    assert shown(library) == ["1", "2", "3"]
    assert b"canvas/target" not in library.document(3, "book").body
    assert library.record("book").record.sequence[0] == "target"


def test_the_text_that_mets_names_is_the_pages(library: Library, scans, book):
    (book / "one.txt").write_text("một hai")
    (book / "two.txt").write_text("ba bốn")
    (book / "mets.xml").write_text(mets_of(("i", ["1.tif", "two.txt"]), ("ii", ["2.tif", "one.txt"])))
    ingest(library, scans)
    assert {page.id: page.text is not None for page in library.pages("book")} == {"1": True, "2": True}
    (book / "mets.xml").write_text(mets_of(("i", ["1.tif", "one.txt"]), ("ii", ["2.tif"])))
    ingest(library, scans)
    assert {page.id: page.text is not None for page in library.pages("book")} == {"1": True, "2": False}
