"""A dry run and a check: what an ingest would say, and nothing stored."""

import os
from pathlib import Path

from manifests.ingest.report import Verdict
from tests.ingest.fakes import ingest, scan


def verdicts(outcomes):
    return {Path(outcome.file).name: outcome.verdict for outcome in outcomes}


def test_a_rehearsal_says_what_would_be_done_and_stores_nothing(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "2.tif", "rubbish")
    outcomes = ingest(library, scans, dry_run=True)
    assert verdicts(outcomes) == {"1.tif": Verdict.ADDED, "2.tif": Verdict.REFUSED}
    assert (library.count(), list((library.folder / "pyramids").iterdir())) == (0, [])


def test_a_rehearsal_tells_of_texts_and_checksums_too(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.xml", "<alto><Layout>")
    scan(scans / "book", "list.sha256", f"{'0' * 64}  1.tif\n")
    [page] = [row for row in ingest(library, scans, dry_run=True) if row.page]
    assert {finding.code for finding in page.findings} == {"text-unreadable", "checksum-differs"}


def check(library, scans):
    return {Path(row.file).name: [f.code for f in row.findings] for row in ingest(library, scans, **CHECK)}


CHECK = {"dry_run": True, "opens_all": True}


def test_a_check_opens_what_is_known_too_and_stores_nothing(library, scans):
    master = scan(scans / "book", "1.tif")
    ingest(library, scans)
    before = library.pages("book")
    assert check(library, scans) == {"1.tif": []}
    seen = master.stat()
    master.write_text(master.read_text().replace("1.tif", "1.tiF"))  # one bit, as a failing disk does it
    os.utime(master, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert verdicts(ingest(library, scans)) == {"1.tif": Verdict.UNCHANGED}
    assert check(library, scans) == {"1.tif": ["content-differs"]}
    master.write_text("torn".ljust(seen.st_size))
    os.utime(master, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert verdicts(ingest(library, scans, **CHECK)) == {"1.tif": Verdict.REFUSED}
    assert library.pages("book") == before


def test_a_check_reads_texts_that_have_not_changed_too(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.xml", "<alto><Layout>")
    ingest(library, scans)
    assert check(library, scans) == {"1.tif": ["text-unreadable"]}
