"""ALTO as it is written: our own reader finds in it what is stored, and others what the standard asks."""

from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from hypothesis import given
from lxml import etree

from manifests import text
from manifests.addresses import Addresses
from manifests.model import Block, PageText, Word
from manifests.text.hyphens import ONE, TWO
from manifests.text.reader import PageImage
from manifests.text.store import WorkText
from manifests.transcript.alto import PROFILE, page_alto
from tests.presentation.make import page as page_of
from tests.text.text_samples import PRINTED_WORKS, page, work, write

HERE = Addresses("https://example.org")
ALTO = f"{{{PROFILE}}}"


def written(made: WorkText, name: str = "p1", size: tuple[int, int] = (2000, 3000)) -> bytes:
    return page_alto(made, page_of(name, size), HERE)


@given(PRINTED_WORKS)
def test_what_is_written_reads_as_what_is_stored(tmp_path_factory: object, pages: list[list[str]]) -> None:
    made = work(*pages)
    file = Path(str(tmp_path_factory.mktemp("alto"))) / "1.xml"  # type: ignore[attr-defined]
    for name in made.pages:
        found, findings = text.read(write(file, written(made, name)), PageImage(2000, 3000))
        assert findings == ()
        assert found is not None
        stored = [replace(word, text=normalize("NFC", word.text)) for word in made.words(name)]  # as a reader gives it
        assert list(found.words) == stored


def test_words_broken_at_a_lines_end_are_read_as_they_were_told(tmp_path: Path) -> None:
    made = work([f"biblio-{ONE}", f"thèque thư-{TWO}", "viện"])
    found, _ = text.read(write(tmp_path / "1.xml", written(made)), PageImage(2000, 3000))
    assert found is not None
    assert list(found.words) == made.words("p1")
    strings = list(etree.fromstring(written(made)).iter(f"{ALTO}String", f"{ALTO}HYP"))
    assert [(one.get("CONTENT"), one.get("SUBS_TYPE"), one.get("SUBS_CONTENT")) for one in strings] == [
        ("biblio", "HypPart1", "bibliothèque"),
        ("-", None, None),
        ("thèque", "HypPart2", "bibliothèque"),
        ("thư", "HypPart1", "thư-viện"),
        ("-", None, None),
        ("viện", "HypPart2", "thư-viện"),
    ]


def test_it_says_its_unit_the_size_of_the_canvas_and_which_image_it_is_of() -> None:
    root = etree.fromstring(written(work(["một hai"]), size=(1501, 1001)))
    assert root.findtext(f".//{ALTO}MeasurementUnit") == "pixel"
    assert root.findtext(f".//{ALTO}fileIdentifier") == HERE.image(3, "Sach-co~p1")
    sides = [(one.get("WIDTH"), one.get("HEIGHT")) for one in root.iter(f"{ALTO}Page", f"{ALTO}PrintSpace")]
    assert sides == [("1501", "1001")] * 2


def test_a_blank_stands_where_one_is_printed_and_nowhere_else() -> None:
    root = etree.fromstring(written(work(["một hai 南 國"])))
    (line,) = root.iter(f"{ALTO}TextLine")
    assert [etree.QName(part).localname for part in line] == ["String", "SP", "String", "SP", "String", "String"]


def test_words_without_places_are_written_without_them() -> None:
    made = WorkText.build([("p1", page("một hai", boxes=False))])
    assert b"HPOS" not in written(made).replace(b'<PrintSpace HPOS="0"', b"")


def test_what_xml_cannot_hold_is_replaced_and_what_it_reads_as_its_own_is_not_read() -> None:
    words = [Word("<&\"'>", 0), Word("a\x0cb\ufffe", 0)]
    root = etree.fromstring(written(WorkText.build([("p1", PageText("plain", words))])))
    assert [one.get("CONTENT") for one in root.iter(f"{ALTO}String")] == ["<&\"'>", "a\ufffdb\ufffd"]


def test_a_page_without_words_is_a_page_without_a_block() -> None:
    root = etree.fromstring(written(work(["một"]), "p2"))
    assert not list(root.iter(f"{ALTO}TextBlock"))


def test_blocks_are_written_as_they_were_read_with_their_language(tmp_path: Path) -> None:
    told = [Block(0, "vi"), Block(1), Block(2, "fr", "ltr")]
    made = WorkText.build([("p1", replace(page("thư viện", "x", "deux mots", "trois"), blocks=told))])
    content = written(made)
    found = [
        (block.get("ID"), block.get("LANG"), len(block)) for block in etree.fromstring(content).iter(f"{ALTO}TextBlock")
    ]
    assert found == [("B1", "vi", 1), ("B2", None, 1), ("B3", "fr", 2)]
    again, _ = text.read(write(tmp_path / "1.xml", content), PageImage(2000, 3000))
    assert again is not None
    assert list(again.blocks) == [Block(0, "vi"), Block(1), Block(2, "fr")]
