"""A small book, typeset in code: its scans, its text in ALTO, and where each word really stands.

The truth is measured on the drawn letters, not taken from what the program says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from manifests.model import Box

WIDTH, HEIGHT = 1501, 2101
MARGIN, LINE, SIZE = 160, 96, 56
PAGES = (
    "Trăm năm trong cõi người ta chữ tài chữ mệnh khéo là ghét nhau trải qua một cuộc bể dâu những điều trông thấy "
    "mà đau đớn lòng lạ gì bỉ sắc tư phong trời xanh quen thói má hồng đánh ghen thư viện",
    "Cảo thơm lần giở trước đèn phong tình cổ lục còn truyền sử xanh rằng năm Gia Tĩnh triều Minh bốn phương phẳng "
    "lặng hai kinh vững vàng có nhà viên ngoại họ Vương gia tư nghĩ cũng thường thường bậc trung",
    "Một trai con thứ rốt lòng Vương Quan là chữ nối dòng nho gia đầu lòng hai ả tố nga Thúy Kiều là chị em là Thúy "
    "Vân mai cốt cách tuyết tinh thần mỗi người một vẻ mười phân vẹn mười",
)
FACE = Path(__file__).parents[2] / "server/demo/fonts/EBGaramond-Regular.ttf"
STRING = '<String CONTENT="{0}" HPOS="{1.x}" VPOS="{1.y}" WIDTH="{1.w}" HEIGHT="{1.h}"/>'
ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit></Description>
<Layout><Page ID="P" PHYSICAL_IMG_NR="1" WIDTH="{width}" HEIGHT="{height}">
<PrintSpace HPOS="0" VPOS="0" WIDTH="{width}" HEIGHT="{height}"><TextBlock ID="B">
{lines}
</TextBlock></PrintSpace></Page></Layout></alto>
"""


@dataclass(frozen=True, slots=True)
class Printed:
    word: str
    box: Box


def typeset(text: str) -> tuple[Image.Image, list[list[Printed]]]:
    """A page of paper with the words on it, line by line, and the box of the ink of each."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), (246, 240, 226))
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(FACE, SIZE)
    pen.rectangle((60, 60, WIDTH - 60, HEIGHT - 60), outline=(90, 60, 40), width=5)
    lines: list[list[Printed]] = [[]]
    left = MARGIN
    for word in text.split():
        width = int(pen.textlength(word, font=face))
        if left + width > WIDTH - MARGIN:
            lines.append([])
            left = MARGIN
        corner = (left, MARGIN + LINE * (len(lines) - 1))
        pen.text(corner, word, font=face, fill=(45, 30, 22))
        x, y, right, bottom = map(int, pen.textbbox(corner, word, font=face))
        lines[-1].append(Printed(word, Box(x, y, right - x, bottom - y)))
        left += width + SIZE // 3
    return sheet, lines


def alto(lines: Sequence[Sequence[Printed]]) -> str:
    rows = ["".join(STRING.format(printed.word, printed.box) for printed in line) for line in lines]
    body = "\n".join(f"<TextLine>{row}</TextLine>" for row in rows)
    return ALTO.format(width=WIDTH, height=HEIGHT, lines=body)


def write(folder: Path) -> dict[str, list[Printed]]:
    """The scans `1.png`, `2.png` ... with their texts; the words of each page by the page's id."""
    folder.mkdir(parents=True)
    truth = {}
    for number, text in enumerate(PAGES, 1):
        sheet, lines = typeset(text)
        sheet.save(folder / f"{number}.png", compress_level=1)
        (folder / f"{number}.xml").write_text(alto(lines), encoding="utf-8")
        truth[str(number)] = [printed for line in lines for printed in line]
    return truth
