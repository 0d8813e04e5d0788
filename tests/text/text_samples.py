"""Pages as a printer would set them: words in lines, each with its box; and the same as files."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from hypothesis import strategies as st

from manifests.model import Box, PageText, Word
from manifests.text.reader import PageImage
from manifests.text.store import WorkText

SIZE = PageImage(2000, 3000)
LETTER, HEIGHT, LINE = 20, 40, 60


def page(*lines: str, boxes: bool = True) -> PageText:
    """A letter is 20 pixels wide, a line 40 high and 60 from the next; the print begins at 100, 100."""
    words = []
    for number, line in enumerate(lines):
        x = 100
        for text in line.split():
            box = Box(x, 100 + number * LINE, LETTER * len(text), HEIGHT)
            words.append(Word(text, number, box if boxes else None))
            x += LETTER * (len(text) + 1)
    return PageText("alto" if boxes else "plain", words)


def work(*pages: Sequence[str]) -> WorkText:
    """Pages `p1`, `p2` ... of these lines."""
    return WorkText.build((f"p{number}", page(*lines)) for number, lines in enumerate(pages, 1))


def string(word: Word) -> str:
    places = zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), word.box or (), strict=False)
    attributes = " ".join(f'{name}="{value}"' for name, value in places)
    return f'<String CONTENT="{word.text}" {attributes}/>'


def alto(text: PageText, namespace: str = "http://www.loc.gov/standards/alto/ns-v4#", unit: str = "pixel") -> str:
    """A whole file; an empty namespace is none."""
    lines = (
        f"<TextLine>{'<SP/>'.join(map(string, words))}</TextLine>"
        for _, words in groupby(text.words, key=lambda word: word.line)
    )
    return alto_of("".join(lines), namespace, unit)


def alto_of(lines: str, namespace: str = "", unit: str = "pixel", sides: str = "") -> str:
    """`sides` are the attributes of the page that say how large it is."""
    declared = f' xmlns="{namespace}"' if namespace else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto{declared}><Description><MeasurementUnit>{unit}</MeasurementUnit>'
        f"</Description><Layout><Page {sides}><PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page></Layout>"
        "</alto>"
    )


def hocr(text: PageText) -> str:
    """A whole file of one page, as Tesseract writes it."""
    lines = "".join(
        f"<span class='ocr_line'>{' '.join(map(ocrx_word, words))}</span>\n"
        for _, words in groupby(text.words, key=lambda word: word.line)
    )
    return hocr_of(f"<p class='ocr_par'>{lines}</p>")


def ocrx_word(word: Word) -> str:
    x, y, w, h = word.box or (0, 0, 0, 0)
    return f"<span class='ocrx_word' title='bbox {x} {y} {x + w} {y + h}; x_wconf 96'>{word.text}</span>"


def hocr_of(body: str, page: str = "bbox 0 0 2000 3000") -> str:
    """`page` are the properties of the page."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title/></head><body><div class='ocr_page' title='{page}'>{body}</div></body></html>"
    )


def page_xml(text: PageText) -> str:
    """A whole file with one region, as PAGE of 2019 has it."""
    lines = "".join(
        f"<TextLine>{''.join(map(page_word, words))}</TextLine>"
        for _, words in groupby(text.words, key=lambda word: word.line)
    )
    return page_of(f"<TextRegion id='r1'>{lines}</TextRegion>")


def page_word(word: Word) -> str:
    return f"<Word>{coords(word.box)}{equiv(word.text)}</Word>"


def coords(box: Sequence[int] | None) -> str:
    x, y, w, h = box or (0, 0, 0, 0)
    return f"<Coords points='{x},{y} {x + w},{y} {x + w},{y + h} {x},{y + h}'/>"


def equiv(text: str, attributes: str = "") -> str:
    return f"<TextEquiv {attributes}><Unicode>{text}</Unicode></TextEquiv>"


PAGE_2019 = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def page_of(regions: str, namespace: str = PAGE_2019, page: str = "imageWidth='2000' imageHeight='3000'") -> str:
    """An empty namespace is none; `page` are the attributes of the page."""
    declared = f' xmlns="{namespace}"' if namespace else ""
    return f'<?xml version="1.0" encoding="UTF-8"?><PcGts{declared}><Page {page}>{regions}</Page></PcGts>'


def write(file: Path, content: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


PRINT = "thư viện quốc gia Việt Nam hòa hoà thủy Thuỷ và của ở ý Đường ðường may to in a Huế 1926 南 國 𠊛 𡨸 lớn nhất"
SYLLABLES = st.sampled_from(PRINT.split())
PRINTED_WORDS = st.one_of(
    SYLLABLES,
    SYLLABLES.map(lambda word: f"“{word},"),
    st.lists(SYLLABLES, min_size=2, max_size=3).map("-".join),
    st.text(st.sampled_from("南國山河帝居𠊛𡨸"), min_size=1, max_size=6),
    st.sampled_from(["—", "...", "l’école", "tha\u0300nh", "Thu\u031b"]),
)
PRINTED_PAGES = st.lists(st.lists(PRINTED_WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=5)
PRINTED_WORKS = st.lists(PRINTED_PAGES, min_size=1, max_size=4)
