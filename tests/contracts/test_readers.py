"""What every reader of a text format must do. A new one brings its sample here, and the rest runs by itself."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manifests.model import PageText
from manifests.text import TEXT_READERS, read
from manifests.text.reader import HEAD, PageImage, TextReader, Unreadable
from tests.text.text_samples import SIZE, alto, hocr, page, page_xml, write


def plain(text: PageText) -> str:
    lines: dict[int, list[str]] = {}
    for word in text.words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(words) for words in lines.values())


SAMPLES: Mapping[str, tuple[str, bool, Callable[[PageText], str]]] = {
    "alto": ("0001.xml", True, alto),
    "page": ("0001.page.xml", True, page_xml),
    "hocr": ("0001.hocr", True, hocr),
    "plain": ("0001.txt", False, plain),
}
"""By format: the usual name of a file, whether it has places, and how a page is written in it."""

LINES = ("Thư viện Quốc gia", "“Việt Nam”, 1926", "南國山河 𠊛")

every_reader = pytest.mark.parametrize("reader", TEXT_READERS, ids=lambda reader: reader.NAME)


def sample(reader: TextReader, folder: Path) -> tuple[Path, PageText]:
    name, has_places, written = SAMPLES[reader.NAME]
    printed = page(*LINES, boxes=has_places)
    return write(folder / name, written(printed)), PageText(reader.NAME, printed.words)


@every_reader
def test_a_page_is_read_as_it_was_printed(reader: TextReader, tmp_path: Path) -> None:
    file, printed = sample(reader, tmp_path)
    (only,) = reader.pages(file)
    found = only.read(SIZE)
    assert (list(found.words or ()), tuple(found.findings)) == (list(printed.words), ())


@every_reader
def test_it_knows_its_own_and_nothing_of_the_others(reader: TextReader, tmp_path: Path) -> None:
    for other in TEXT_READERS:
        file, _ = sample(other, tmp_path / other.NAME)
        assert reader.sniff(file.read_bytes()[:HEAD], file.name) == (other is reader)


@every_reader
def test_the_format_is_named_in_what_is_kept(reader: TextReader, tmp_path: Path) -> None:
    file, printed = sample(reader, tmp_path)
    assert read(file, SIZE) == (printed, ())


@every_reader
def test_boxes_lie_on_the_canvas(reader: TextReader, tmp_path: Path) -> None:
    file, _ = sample(reader, tmp_path)
    (only,) = reader.pages(file)
    found, cut = only.read(SIZE), only.read(PageImage(250, 130))
    for read_on, image in ((found, SIZE), (cut, PageImage(250, 130))):
        for box in (word.box for word in read_on.words or () if word.box is not None):
            assert 0 <= box.x < box.x + box.w <= image.width
            assert 0 <= box.y < box.y + box.h <= image.height


@every_reader
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_unreadable_or_shorter_and_nothing_else(
    reader: TextReader, tmp_path: Path, data: st.DataObject
) -> None:
    file, _ = sample(reader, tmp_path)
    whole = file.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    rubbish = data.draw(st.binary(max_size=8))
    damaged = write(tmp_path / f"damaged-{file.name}", whole[:start] + rubbish + whole[start + len(rubbish) * 3 :])
    with suppress(Unreadable):
        assert all(one.read(SIZE).words is not None for one in reader.pages(damaged))


@every_reader
def test_a_file_that_cannot_be_opened_is_unreadable(reader: TextReader, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        reader.pages(tmp_path / "gone")
