"""Every kind of page for people, in both languages, judged by the W3C's checker of HTML (`vnu`): not a word from it.

One process of Java reads all pages. The library holds what makes pages long: titles in two scripts, chapters, a
missing page, text with boxes, collections, a withdrawn work.
"""

import asyncio
import json
import subprocess
from pathlib import Path

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.app import create
from server.get import ask
from tests.browser.book import alto, typeset
from tests.metadata.record_samples import WORK_TOML
from tests.patience import GUARD
from tests.routes.fakes import straight_door
from tests.routes.filled import draw, filled, ingest

pytestmark = pytest.mark.conformance

CHECKER = Path(__file__).parents[2] / ".cache/readers/vnu/vnu.jar"
CHAPTERS = """
[[chapters]]
label = { vi = "Hồi <một>", en = "Canto one" }
first = "0001"
[[chapters.chapters]]
label = "Tự"
first = "0002"
"""
MISSING = '0005 = { label = "3b", missing = true }\n'
COLLECTIONS = '[Nom]\nlabel = { vi = "Sách <Nôm> & \\"thơ\\"" }\n[Tho]\nlabel = { vi = "Thơ" }\nparent = "Nom"\n'
PATHS = (
    "/",
    "/?date=18XX",
    "/?after=zzz",
    "/collections/Nom",
    "/collections/Tho?language=vi",
    "/search",
    "/search?q=tr%C4%83m+n%C4%83m",
    "/search?q=tram+nam&work=Truyen-Kieu",
    "/search?q=truyen&titles=1",
    "/search?q=%3Cscript%3E",
    "/works/Truyen-Kieu?viewer=mirador",
    "/works/Truyen-Kieu?viewer=uv",
    "/works/Truyen-Kieu/pages/0001?q=tram+nam",
    "/works/Truyen-Kieu/pages/0002?xywh=10,10,60,60&viewer=uv",
    "/works/book/pages/0001",
    "/works/nowhere",
    "/works/gone",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each page as a file, named by its number in `PATHS` and its language."""
    folder = tmp_path_factory.mktemp("html")
    library = filled(folder, 1, Settings(languages=("vi", "en")))
    work = folder / "scans" / "Truyen-Kieu"
    work.mkdir()
    for number in range(1, 5):
        draw(work / f"{number:04}.tif", shade=20 * number)
    (work / "0001.xml").write_text(alto(typeset("Trăm năm trong cõi người ta")[1]), encoding="utf-8")
    record = WORK_TOML.replace("[metadata]\n", '[metadata]\ncollection = "Tho"\n') + MISSING + CHAPTERS
    (work / "work.toml").write_text(record, encoding="utf-8")
    (folder / "scans" / "collections.toml").write_text(COLLECTIONS, encoding="utf-8")
    (folder / "scans" / "gone").mkdir()
    draw(folder / "scans" / "gone" / "1.tif", shade=200)
    ingest(library, folder / "scans")
    library.withdraw("gone")
    write(library, folder / "pages")
    library.close()
    return folder / "pages"


def write(library: Library, folder: Path) -> None:
    folder.mkdir()
    door = straight_door(create(library), library.settings)
    for number, path in enumerate(PATHS):
        for language in ("vi", "en"):
            headers = [("Accept", "text/html"), ("Accept-Language", language)]
            status, told, body = asyncio.run(ask(door, path, headers=headers))
            assert status == {"/works/nowhere": 404, "/works/gone": 410}.get(path, 200), path
            assert dict(told)["content-type"].startswith("text/html"), path
            (folder / f"{number:02}-{language}.html").write_bytes(body)


def complaints(*files: Path) -> list[str]:
    """What the checker says, with the page and its line; it ends with 1 where it says something."""
    command = ["java", "-Xmx256m", "-jar", CHECKER, "--format", "json", "--exit-zero-always", *files]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=GUARD, check=True)
    told = json.loads(ran.stderr)["messages"]
    return [f"{page_of(row['url'])}, line {row.get('lastLine')}: {row['message']}" for row in told]


def page_of(url: str) -> str:
    number, _, language = Path(url).stem.partition("-")
    return f"{PATHS[int(number)]} ({language})"


def test_each_page_is_valid_html(pages: Path) -> None:
    files = sorted(pages.glob("*.html"))
    assert len(files) == 2 * len(PATHS)
    assert complaints(*files) == []


def test_a_fault_would_be_found(pages: Path, tmp_path: Path) -> None:
    broken = tmp_path / "00-vi.html"
    broken.write_text((pages / "00-vi.html").read_text(encoding="utf-8").replace("</main>", "<p></main>", 1) + "<p>")
    assert complaints(broken) != []
