"""A PDF that hangs or eats memory costs itself, and the next one is read."""

import subprocess
from pathlib import Path

import pytest

from manifests.settings import Settings
from manifests.text.reader import Unreadable
from server.pdf_text.bounded_pdf import BoundedPdf
from tests.patience import until
from tests.pdf_text.make import PdfSheet, lines, pdf


def test_a_pdf_is_read_in_another_process_and_one_that_is_damaged_is_refused_with_its_finding(tmp_path):
    (tmp_path / "good.pdf").write_bytes(pdf([PdfSheet(lines("mot hai")), PdfSheet(lines("ba"))]))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 and no more")
    with BoundedPdf.of(Settings()) as read_pdf:
        with pytest.raises(Unreadable) as refused:
            read_pdf(tmp_path / "bad.pdf")
        pages = read_pdf(tmp_path / "good.pdf")
    assert refused.value.finding.code == "text-unreadable"
    assert [[word.text for word in page.words] for page in pages] == [["mot", "hai"], ["ba"]]


@pytest.mark.parametrize(
    ("command", "told"),
    [("sleep 9999", "max_master_seconds"), ("kill -9 $PPID", "SIGKILL"), ("kill -11 $PPID", "SIGSEGV")],
)
def test_a_pdf_that_never_ends_or_kills_its_reader_is_refused_and_the_next_has_another(command, told):
    """As a shell does what the name of the file says."""
    with BoundedPdf(seconds=3, memory_megabytes=1024, read=subprocess.getoutput) as read_pdf:
        with pytest.raises(Unreadable) as refused:
            read_pdf(Path(command))
        assert told in str(refused.value.finding.values)
        until(lambda: _says_hello(read_pdf), "the next is read")


def _says_hello(read_pdf: BoundedPdf) -> bool:
    try:
        return read_pdf(Path("echo hello")) == "hello"
    except Unreadable:
        return False  # on a machine as busy as this even that took too long
