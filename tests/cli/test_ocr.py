"""OCR by the command line: what it prints, its exit codes, and what is left of it after kill -9."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.asked import mocban
from tests.ocr.fake import fake_tesseract
from tests.ocr.pages import typeset
from tests.patience import until
from tests.test_cli import ENGLISH, lines

READS = """print('<alto><Page WIDTH="7" HEIGHT="9"><TextLine><String CONTENT="chu"/></TextLine></Page></alto>')"""


def run(*words: object, path: Path) -> "subprocess.CompletedProcess[str]":
    """With this folder alone as PATH."""
    command = [sys.executable, "-m", "server.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env={**ENGLISH, "PATH": str(path)}, check=False)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ocr")
    (place / "book").mkdir()
    for page in "123":
        typeset(place / "book" / f"{page}.tif", [f"Trang {page}"], width=700)
    assert mocban("ingest", place / "book", "--library", place / "library").returncode == 0
    return place


@pytest.fixture
def library(ingested: Path, tmp_path: Path) -> Path:
    """A copy, nothing of which has been read yet."""
    return Path(shutil.copytree(ingested / "library", tmp_path / "library"))


def test_a_printed_page_is_read_and_its_words_are_found_where_they_stand(tmp_path):
    scans = tmp_path / "scans"
    scans.mkdir()
    printed = typeset(scans / "1.tif")
    before = [(file.name, file.stat().st_mtime_ns) for file in scans.iterdir()]
    done = mocban("ingest", scans, "--library", tmp_path / "library", "--ocr", "vie", "--json")
    assert (done.returncode, [row["outcome"] for row in lines(done)]) == (0, ["added"])
    assert before == [(file.name, file.stat().st_mtime_ns) for file in scans.iterdir()]
    [hit] = lines(mocban("search", "coi nguoi", "--library", tmp_path / "library", "--json"))
    first, second = (next(word.box for word in printed if word.text == text) for text in ("cõi", "người"))
    [(x, y, w, h)] = hit["boxes"]
    assert abs(x - first.x) + abs(x + w - second.x - second.w) <= 8
    assert abs(y - min(first.y, second.y)) <= 5
    assert abs(y + h - max(first.y + first.h, second.y + second.h)) <= 5
    [work] = lines(mocban("show", "scans", "--library", tmp_path / "library", "--json"))
    source = work["pages"][0]["text_source"]
    assert (work["pages"][0]["text"], source["name"], source["languages"]) == ("alto", "tesseract", "vie")
    assert source["confidence"] > 80
    assert (tmp_path / "library" / source["file"]).is_file()
    told = mocban("show", "scans", "--library", tmp_path / "library").stdout
    assert f"read by tesseract {source['version']} (vie)" in told


def test_pages_on_which_it_fails_are_exit_3_and_the_rest_is_read(library, tmp_path):
    log = tmp_path / "log"
    fails = f"open({str(log)!r}, 'a').write('x')\nif len(open({str(log)!r}).read()) == 2: sys.exit('out of ink')\n"
    folder = fake_tesseract(tmp_path / "bin", fails + READS)
    done = run("ocr", "book", "--library", library, "--json", "--jobs", 1, path=folder)
    assert done.returncode == 3, done.stderr
    rows = lines(done)
    assert sorted(row["outcome"] for row in rows) == ["changed", "changed", "refused"]
    [failed] = [row for row in rows if row["outcome"] == "refused"]
    assert (failed["findings"][0]["code"], failed["work"]) == ("recognition-failed", "book")
    assert "out of ink" in failed["message"]
    assert "2 with new text, 0 left as they were, 1 failed" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["ocr", "book", "--lang", "vie+deu"], 2, "apt-get install tesseract-ocr-deu"),
        (["ocr", "book", "--lang", "vi"], 2, "vie"),
        (["ocr", "nobody"], 4, "nobody"),
        (["ocr", "book", "7"], 4, "no page 7"),
        (["ingest", "nowhere", "--ocr", "deu"], 2, "apt-get install tesseract-ocr-deu"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(library, tmp_path, words, code, told):
    done = run(*words, "--library", library, path=fake_tesseract(tmp_path / "bin", READS))
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert told in done.stderr


@pytest.mark.parametrize("words", [["ocr", "book"], ["ingest", "{scans}", "--ocr", "vie"]])
def test_without_tesseract_nothing_is_begun_and_what_to_install_is_said(ingested, tmp_path, words):
    words = [word.format(scans=ingested / "book") for word in words]
    library = ingested / "library" if words[0] == "ocr" else tmp_path / "library"
    done = run(*words, "--library", library, path=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("apt-get install tesseract-ocr tesseract-ocr-vie")
    assert not (tmp_path / "library").exists()


def recognitions(library: Path) -> int:
    with closing(sqlite3.connect(library / "catalog.sqlite")) as catalog:
        return int(catalog.execute("SELECT count(*) FROM recognitions").fetchone()[0])


def test_pages_that_were_read_before_kill_9_are_not_read_again(library, tmp_path):
    log = tmp_path / "log"
    noted = f"open({str(log)!r}, 'a').write(str(os.getpid()) + '\\n')\n"
    hangs = noted + f"if len(open({str(log)!r}).readlines()) == 2: time.sleep(9999)\n" + READS
    folder = fake_tesseract(tmp_path / "bin", hangs)
    command = [sys.executable, "-m", "server.cli", "ocr", "book", "--library", str(library), "--jobs", "1"]
    killed = subprocess.Popen(command, env={**ENGLISH, "PATH": str(folder)}, stderr=subprocess.DEVNULL)
    until(lambda: log.exists() and len(log.read_text().splitlines()) == 2, "the second page is in hand")
    until(lambda: recognitions(library) == 1, "the first page has been noted")
    killed.kill()
    killed.wait()
    hanging = int(log.read_text().splitlines()[1])
    until(lambda: not os.path.exists(f"/proc/{hanging}"), "Tesseract ends with it")
    done = run("ocr", "book", "--library", library, path=fake_tesseract(folder, noted + READS))
    assert done.returncode == 0, done.stderr
    assert len(log.read_text().splitlines()) == 4
    hits = lines(mocban("search", "chu", "--library", library, "--json"))
    assert [hit["page"] for hit in hits] == ["1", "2", "3"]
