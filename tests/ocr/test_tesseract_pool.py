"""Tesseract at work: what it reads lies on the printed words, and a page on which it fails costs only itself."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from manifests import text
from manifests.settings import Settings
from server.ocr.tesseract import find_tesseract
from server.ocr.tesseract_pool import TesseractPool, open_pool
from tests.make import photo, tiff
from tests.ocr.fake import fake_tesseract
from tests.ocr.pages import page_of, typeset
from tests.patience import GUARD


def pool(folder: Path | None = None, seconds: float = GUARD, jobs: int = 2) -> TesseractPool:
    tesseract = find_tesseract(["vie"], str(folder) if folder else None)
    return TesseractPool(tesseract, ["vie"], jobs, seconds=seconds, memory_megabytes=1024)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("blank")
    return page_of(folder, tiff(folder / "1.tif", photo(120, 160)))


def test_the_words_read_lie_on_the_printed_ones(tmp_path):
    printed = typeset(tmp_path / "1.tif")
    file, page = page_of(tmp_path, tmp_path / "1.tif")
    with pool() as opened:
        result = opened.recognise(file, page).result()
    assert result.findings == ()
    assert result.confidence is not None
    assert result.confidence > 80
    (tmp_path / "1.xml").write_bytes(result.alto or b"")
    read, about = text.read(tmp_path / "1.xml", text.PageImage(page.width, page.height))
    assert read is not None
    assert (read.format, about) == ("alto", ())
    boxes = {word.text: word.box for word in read.words}
    known = [(word.box, boxes[word.text]) for word in printed if word.text in boxes]
    assert len(known) >= 0.9 * len(printed)
    for wanted, box in known:
        assert wanted is not None
        assert box is not None
        assert abs(wanted.x - box.x) + abs(wanted.y - box.y) + abs(wanted.w - box.w) + abs(wanted.h - box.h) <= 12


@pytest.mark.parametrize(
    ("work", "code", "told"),
    [
        ("sys.exit('Error in pixReadMem: size out of range')", "recognition-failed", "size out of range"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "recognition-failed", "SIGSEGV"),
        ("bytearray(1 << 40)", "recognition-failed", "MemoryError"),
        ("time.sleep(9999)", "recognition-too-long", "max_ocr_seconds"),
    ],
)
def test_a_page_on_which_tesseract_fails_is_a_finding_and_the_next_goes_on(tmp_path, blank, work, code, told):
    folder = fake_tesseract(tmp_path / "bin", work)
    with pool(folder, seconds=2 if code == "recognition-too-long" else GUARD) as opened:
        first, second = opened.recognise(*blank), opened.recognise(*blank)
        for result in (first.result(), second.result()):
            [finding] = result.findings
            assert (result.alto, finding.code) == (None, code)
            assert told in str(finding.values)


def test_a_pyramid_that_is_damaged_is_a_finding(tmp_path, blank):
    file = tmp_path / "torn.tif"
    file.write_bytes(blank[0].read_bytes()[:300])
    with pool(fake_tesseract(tmp_path / "bin")) as opened:
        [finding] = opened.recognise(file, blank[1]).result().findings
    assert finding.code == "recognition-failed"


def test_each_process_has_one_thread_and_is_told_the_resolution(tmp_path, blank):
    work = "print(os.environ['OMP_THREAD_LIMIT'], sys.argv[1:], len(picture) > 120 * 160)"
    with pool(fake_tesseract(tmp_path / "bin", work)) as opened:
        told = (opened.recognise(*blank).result().alto or b"").decode().strip()
    assert told == "1 ['stdin', 'stdout', '-l', 'vie', '-c', 'tessedit_create_alto=1'] True"


def test_a_page_read_in_a_smaller_size_says_so(tmp_path):
    file, page = page_of(tmp_path, tiff(tmp_path / "1.tif", photo(32_100, 8)[:, :, 0]))
    with pool(fake_tesseract(tmp_path / "bin", "print('<alto/>')")) as opened:
        [finding] = opened.recognise(file, page).result().findings
    assert (finding.code, finding.values["size"]) == ("ocr-reduced", "16050x4")


def test_as_many_pages_are_read_at_a_time_as_there_are_jobs(tmp_path, blank):
    """Each waits for the other: with one job they would wait for ever."""
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    work = (
        f"open(os.path.join({str(meeting)!r}, str(os.getpid())), 'w').close()\n"
        f"while len(os.listdir({str(meeting)!r})) < 2: time.sleep(0.02)\n"
        "print('<alto/>')"
    )
    with pool(fake_tesseract(tmp_path / "bin", work)) as opened:
        both = [opened.recognise(*blank) for _ in range(2)]
        assert [result.result().alto for result in both] == [b"<alto/>\n"] * 2


def test_a_pool_that_is_left_by_an_exception_waits_for_nothing(tmp_path, blank):
    opened = pool(fake_tesseract(tmp_path / "bin", "time.sleep(9999)"), jobs=1)
    with suppress(KeyboardInterrupt), opened:
        first, second = opened.recognise(*blank), opened.recognise(*blank)
        raise KeyboardInterrupt
    assert second.cancelled()
    assert first.cancelled() or first.result().alto is None


def test_a_pool_is_opened_for_languages_as_people_write_them():
    with open_pool("vie+fra", Settings(), 1) as opened:
        assert opened.engine.languages == "vie+fra"
    assert "OMP_THREAD_LIMIT" not in os.environ
