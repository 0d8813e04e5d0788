"""Bags: whether one is whole before anything in it is read, and what becomes of one that is not."""

import hashlib
import os

import pytest

from manifests.ingest.bags import check_bag
from manifests.ingest.report import Verdict
from manifests.library import Library
from tests.ingest.fakes import FakeWorkerPool, ingest, scan
from tests.ingest.trees import said, walked, works


def bagged(folder, *names, algorithm="md5"):
    """A bag with page files."""
    for name in names:
        scan(folder / "data", name)
    lines = [f"{hashlib.new(algorithm, (folder / 'data' / n).read_bytes()).hexdigest()}  data/{n}" for n in names]
    (folder / f"manifest-{algorithm}.txt").write_text("\n".join(lines) + "\n")
    octets = sum((folder / "data" / name).stat().st_size for name in names)
    (folder / "bag-info.txt").write_text(f"Contact-Name: Thủ thư\nPayload-Oxum: {octets}.{len(names)}\n")
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    return folder


@pytest.fixture
def bag(tmp_path):
    return bagged(tmp_path / "bag", "1.tif", "2.tif", "3.tif")


def fault(bag):
    found = check_bag(bag).fault
    return (found.code, found.values) if found is not None else None


def codes(outcomes):
    return {(row.file.rpartition("/")[2], finding.code) for row in outcomes for finding in row.findings}


def test_a_whole_bag_is_a_work_and_nothing_is_said(tmp_path, bag):
    assert works(tmp_path) == {"bag": ["bag/data/1.tif", "bag/data/2.tif", "bag/data/3.tif"]}
    assert said(tmp_path) == {}


def test_a_bag_that_lacks_files_is_refused_as_a_whole_with_the_first_of_them(tmp_path, bag):
    (bag / "data" / "2.tif").unlink()
    (bag / "data" / "3.tif").unlink()
    assert fault(bag) == ("bag-incomplete", {"number": 2, "first": "data/2.tif"})
    assert works(tmp_path) == {}
    assert walked(tmp_path)["bag"].denied is not None


def test_a_bag_that_was_cut_short_is_refused(bag):
    (bag / "data" / "2.tif").write_text("1000x")
    code, values = fault(bag)
    assert (code, int(values["said"]) > int(values["found"])) == ("bag-oxum", True)


def test_a_bag_that_counts_more_files_than_it_lists_is_refused(bag):
    text = (bag / "bag-info.txt").read_text()
    (bag / "bag-info.txt").write_text(text.replace(".3\n", ".4\n"))
    assert fault(bag) == ("bag-oxum", {"said": "4", "found": "3"})


def test_files_that_were_added_are_said_and_what_computers_add_is_not(tmp_path, bag):
    scan(bag / "data", "4.tif"), scan(bag / "data", ".DS_Store"), scan(bag / "data", "Thumbs.db")
    (bag / "data" / "sub").mkdir()
    assert fault(bag) is None
    (note,) = check_bag(bag).notes
    assert (note[1].code, note[1].values) == ("bag-unlisted", {"number": 1, "first": "data/4.tif"})
    assert works(tmp_path)["bag"][-1] == "bag/data/4.tif"


def test_a_file_beside_the_payload_that_has_changed_is_said(bag):
    digest = hashlib.sha256((bag / "bagit.txt").read_bytes()).hexdigest()
    (bag / "tagmanifest-sha256.txt").write_text(f"{digest}  bagit.txt\n{digest}  bag-info.txt\n{digest}  gone.txt\n")
    assert [(path.name, finding.code) for path, finding in check_bag(bag).notes] == [
        ("bag-info.txt", "bag-tag-file"),
        ("gone.txt", "bag-tag-file"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bagit.txt", "x"),
        ("bagit.txt", "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n"),
        ("tagmanifest-md5.txt", "abc  data/1.tif"),
        ("tagmanifest-md5.txt", "abc  ../../etc/passwd"),
    ],
)
def test_a_bag_that_cannot_be_checked_is_said_and_taken_in(tmp_path, bag, name, text):
    (bag / name).write_text(text)
    assert [finding.code for _, finding in check_bag(bag).notes] == ["bag-unchecked"]
    assert fault(bag) is None
    assert len(works(tmp_path)["bag"]) == 3


@pytest.mark.parametrize(
    "line",
    [
        "no line of a manifest", "0123456789abcdef", "abc  ../1.tif", "abc  data/../../1.tif", "abc  /etc/passwd",
        "abc  ~root/1.tif", "abc  C:\\Windows\\1.tif", "abc  bagit.txt", "abc  data/1\0.tif", "abc  data/1.tif",
    ],
)  # fmt: skip
def test_a_bag_whose_manifest_cannot_be_so_is_refused_as_a_whole(tmp_path, bag, line):
    """The last of these gives a file another checksum beside its own."""
    manifest = bag / "manifest-md5.txt"
    manifest.write_text(f"{manifest.read_text()}{line}\n")
    assert fault(bag)[0] == "bag-invalid"
    assert works(tmp_path) == {}


def test_a_manifest_that_was_cut_off_is_refused(bag):
    manifest = bag / "manifest-md5.txt"
    manifest.write_text(manifest.read_text()[:-12])
    assert fault(bag)[0] in ("bag-invalid", "bag-incomplete")


@pytest.mark.parametrize(
    ("declaration", "reason"),
    [
        ("\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "not written"),
        ("BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n", "not written"),
        ("BagIt-Version: 0.97\n", "not written"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: Klingon\n", "no encoding"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: unicode_escape\n", "no encoding"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: windows-99999\n", "no encoding"),
        ("BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n", "version"),
    ],
)
def test_a_declaration_that_departs_from_the_rule_is_said_and_the_bag_is_checked(bag, declaration, reason):
    (bag / "bagit.txt").write_text(declaration, encoding="utf-8")
    ((_, finding),) = check_bag(bag).notes
    assert (finding.code, reason in finding.values["reason"]) == ("bag-odd", True)
    (bag / "data" / "2.tif").unlink()
    assert fault(bag)[0] == "bag-incomplete"


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "windows-1252", "UTF-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_manifests_are_read_in_the_encoding_that_the_bag_declares(tmp_path, encoding, newline):
    bag = bagged(tmp_path / "bag", "livre relié.tif")
    (bag / "bagit.txt").write_text(f"BagIt-Version: 0.97\nTag-File-Character-Encoding: {encoding}\n")
    for name in ("manifest-md5.txt", "bag-info.txt"):
        text = (bag / name).read_text().replace("\n", newline)
        (bag / name).write_bytes(text.encode(encoding, "replace"))
    assert check_bag(bag).notes == ()
    assert fault(bag) is None
    (bag / "data" / "livre relié.tif").write_text("1x1")
    assert fault(bag)[0] == "bag-oxum"


@pytest.mark.parametrize(
    ("version", "name", "written"),
    [
        ("1.0", "a%b.tif", "a%25b.tif"),
        ("1.0", "a%25b.tif", "a%2525b.tif"),
        ("0.97", "a%25b.tif", "a%25b.tif"),
        ("1.0", "a\nb.tif", "a%0Ab.tif"),
        ("0.97", "a\rb.tif", "a%0db.tif"),
    ],
)
def test_percent_signs_stand_for_what_the_version_of_the_bag_says(tmp_path, version, name, written):
    bag = bagged(tmp_path / "bag", name, algorithm="sha256")
    (bag / "bagit.txt").write_text(f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n")
    digest = hashlib.sha256((bag / "data" / name).read_bytes()).hexdigest()
    (bag / "manifest-sha256.txt").write_text(f"{digest}  data/{written}\n")
    assert fault(bag) is None


def test_checksums_of_a_kind_that_is_not_compared_are_said(tmp_path):
    bag = bagged(tmp_path / "bag", "1.tif", algorithm="sha3_256")
    (bag / "manifest-sha3_256.txt").rename(bag / "manifest-sha3256.txt")
    ((_, finding),) = check_bag(bag).notes
    assert (fault(bag), finding.code, "kind" in finding.values["reason"]) == (None, "bag-unchecked", True)


@pytest.mark.parametrize("name", ["bag-info.txt", "tagmanifest-md5.txt"])
def test_what_is_no_file_beside_the_payload_is_never_opened(bag, name):
    """Reading it would wait for ever."""
    (bag / name).unlink(missing_ok=True)
    os.mkfifo(bag / name)
    assert fault(bag) is None


def test_a_bag_without_a_manifest_cannot_be_checked(bag):
    (bag / "manifest-md5.txt").unlink()
    assert [finding.code for _, finding in check_bag(bag).notes] == ["bag-unchecked"]


def test_a_bag_without_a_payload_cannot_be_read(tmp_path, bag):
    (bag / "data").rename(tmp_path / "elsewhere")
    assert fault(bag)[0] == "bag-unreadable"


def test_names_are_the_same_in_nfc_and_nfd_and_with_encoded_percent_signs(tmp_path):
    bag = bagged(tmp_path / "bag", "Sa\u0301ch 100%.tif")
    manifest = bag / "manifest-md5.txt"
    manifest.write_text(
        manifest.read_text().replace("Sa\u0301ch 100%", "./data/S\u00e1ch 100%25").replace("data/./", "./")
    )
    assert fault(bag) is None


# Through an ingest


def test_a_damaged_file_is_found_by_its_name_however_the_manifest_writes_it(library: Library, scans):
    bag = bagged(scans / "bag", "1 %.tif", "Sách.tif")
    text = (bag / "manifest-md5.txt").read_text().replace("1 %", "1 %25")
    (bag / "manifest-md5.txt").write_bytes(text.encode("utf-16"))
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n")
    for name in ("1 %.tif", "Sách.tif"):
        file = bag / "data" / name
        file.write_text(file.read_text().replace("1000x1500", "1000x1501"))
    assert {name for name, code in codes(ingest(library, scans)) if code == "bag-damaged"} == {"1 %.tif", "Sách.tif"}


def test_a_bag_that_loses_files_leaves_the_known_work_as_it_was(library: Library, scans):
    bag = bagged(scans / "bag", "1.tif", "2.tif")
    ingest(library, scans)
    before = library.pages("bag")
    (bag / "data" / "2.tif").unlink()
    outcomes = ingest(library, scans)
    assert [(row.verdict, row.findings[0].code) for row in outcomes] == [(Verdict.REFUSED, "bag-incomplete")]
    assert library.pages("bag") == before


@pytest.mark.parametrize("algorithm", ["md5", "sha256", "sha512"])
def test_a_damaged_file_is_refused_and_the_rest_goes_on(library: Library, scans, algorithm):
    bag = bagged(scans / "bag", "1.tif", "2.tif", algorithm=algorithm)
    whole = (bag / "data" / "2.tif").read_text()
    (bag / "data" / "2.tif").write_text(whole.replace("1000x1500", "1000x1501"))
    outcomes = ingest(library, scans)
    assert ("2.tif", "bag-damaged") in codes(outcomes)
    assert [page.id for page in library.pages("bag")] == ["1"]
    (bag / "data" / "2.tif").write_text(whole)
    assert ("2.tif", "bag-damaged") not in codes(ingest(library, scans))
    assert [page.id for page in library.pages("bag")] == ["1", "2"]
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert (workers.built, workers.hashed) == ([], [])
