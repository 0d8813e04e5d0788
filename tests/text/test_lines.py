"""Which lines belong together, in what language and direction: as each format tells it."""

from pathlib import Path

import pytest
from lxml import etree

from manifests import text
from manifests.model import Block
from manifests.text.lines import Inherited
from tests.text.text_samples import SIZE, write

ALTO = """<alto><Description/><Layout><Page WIDTH="2000" HEIGHT="3000" BASEDIRECTION="ltr"><PrintSpace>
<TextBlock LANG="vie"><TextLine><String CONTENT="mot"/></TextLine><TextLine><String CONTENT="hai"/></TextLine>
<TextLine><String CONTENT="un" LANG="fre"/><String CONTENT="deux" LANG="fre"/></TextLine></TextBlock>
<TextBlock LANG="vie" BASEDIRECTION="ttb"><TextLine><String CONTENT="ba"/></TextLine></TextBlock>
<ComposedBlock LANG="en"><TextBlock><TextLine LANG="zz"><String CONTENT="x"/></TextLine></TextBlock></ComposedBlock>
</PrintSpace></Page></Layout></alto>"""
HOCR = """<html lang="en"><body><div class="ocr_page" title="bbox 0 0 2000 3000" dir="ltr">
<p class="ocr_par" lang="vie"><span class="ocr_line"><span class="ocrx_word">mot</span></span>
<span class="ocr_line"><span class="ocrx_word">hai</span></span></p>
<p class="ocr_par" lang="chi_tra_vert" dir="rtl"><span class="ocr_line"><span class="ocrx_word">南</span></span></p>
<p class="ocr_par"><span class="ocr_line"><span class="ocrx_word">x</span></span></p></div></body></html>"""
PAGE = """<PcGts><Page imageWidth="2000" imageHeight="3000" primaryLanguage="Vietnamese">
<TextRegion id="a"><TextLine><TextEquiv><Unicode>mot hai</Unicode></TextEquiv></TextLine>
<TextLine primaryLanguage="French"><TextEquiv><Unicode>deux</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="b" readingDirection="top-to-bottom"><TextLine><Word language="Chinese"><TextEquiv><Unicode>南</Unicode>
</TextEquiv></Word></TextLine></TextRegion></Page></PcGts>"""


def blocks(folder: Path, name: str, content: str) -> list[Block]:
    found, _ = text.read(write(folder / name, content), SIZE)
    assert found is not None
    return list(found.blocks)


def test_alto_tells_it_of_words_lines_blocks_and_pages(tmp_path: Path) -> None:
    assert blocks(tmp_path, "1.xml", ALTO) == [
        Block(0, "vi", "ltr"),
        Block(2, "fr", "ltr"),
        Block(3, "vi", "ttb"),
        Block(4, None, "ltr"),
    ]


def test_hocr_tells_it_of_anything_but_the_document(tmp_path: Path) -> None:
    assert blocks(tmp_path, "1.hocr", HOCR) == [
        Block(0, "vi", "ltr"),
        Block(2, "zh-Hant", "rtl"),
        Block(3, None, "ltr"),
    ]


def test_page_tells_it_in_words_of_english(tmp_path: Path) -> None:
    assert blocks(tmp_path, "1.xml", PAGE) == [Block(0, "vi"), Block(1, "fr"), Block(2, "zh", "ttb")]


def test_plain_text_and_a_single_block_tell_nothing(tmp_path: Path) -> None:
    bare = (
        "<alto><Layout><Page><TextBlock><TextLine><String CONTENT='a'/></TextLine></TextBlock></Page></Layout></alto>"
    )
    assert blocks(tmp_path, "1.xml", bare) == []
    assert blocks(tmp_path, "2.txt", "mot\nhai") == []


@pytest.mark.parametrize("depth", [1, 5000])
def test_each_element_is_asked_once_however_deep_they_stand(depth: int) -> None:
    root = at = etree.Element("a", told="so")
    for _ in range(depth):
        at = etree.SubElement(at, "a")
    asked: list[etree._Element] = []

    def own(element: etree._Element) -> str | None:
        asked.append(element)
        return element.get("told")

    inherited = Inherited(own)
    assert {inherited.of(element) for element in root.iter()} == {"so"}
    assert inherited.of(at) == "so"
    assert len(asked) == depth + 1
