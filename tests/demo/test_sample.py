"""The sample library: whole or not at all, the same every time, and every box where its word is."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageOps

from manifests.errors import Missing
from manifests.ids import slug
from manifests.metadata import work_toml
from server.demo import book, letters, sample, typeset, wallmap
from server.demo.sample import SampleWork
from server.demo.transcript import ALTO, Leaf

# Two pages half as large, a map of a tenth, the portfolio at half.
SMALL_PAGE = (1418, 2244)
SMALL = (
    SampleWork(
        book.TITLE, partial(book.draw, verses=book.poem()[:28], width=SMALL_PAGE[0], height=SMALL_PAGE[1]), "book.toml"
    ),
    SampleWork(wallmap.TITLE, partial(wallmap.draw, width=900, height=700), "wallmap.toml"),
    SampleWork(letters.TITLE, partial(letters.draw, scale=0.5), "letters.toml"),
)
BOOK, MAP, PORTFOLIO = SMALL


def digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def heard(works: Sequence[SampleWork], folder: Path) -> list[str]:
    """The titles that a build says it draws."""
    titles: list[str] = []
    sample.build(folder, titles.append, works)
    return titles


def set_words(alto: Path) -> list[tuple[str, list[int]]]:
    """Text and box of each word."""
    strings = ElementTree.parse(alto).getroot().iter(f"{{{ALTO}}}String")  # noqa: S314 -- written by ourselves
    return [(s.attrib["CONTENT"], [int(s.attrib[a]) for a in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]) for s in strings]


def pages_of(library: Path, work: SampleWork) -> list[dict[str, list[dict[str, object]]]]:
    truth = json.loads((library / "truth" / work.title / "truth.json").read_text(encoding="utf-8"))
    return list(truth["pages"])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    sample.build(folder, lambda _: None, SMALL)
    return folder


def test_it_names_what_to_ingest(library: Path) -> None:
    masters = sample.build(library, lambda _: None, SMALL)
    assert {folder.name for folder in masters.iterdir()} == {work.title for work in SMALL}


def test_what_stands_is_not_drawn_again(library: Path) -> None:
    before = digests(library)
    assert heard(SMALL, library) == []
    assert digests(library) == before


def test_it_is_the_same_every_time(library: Path, tmp_path: Path) -> None:
    assert heard(SMALL, tmp_path) == [work.title for work in SMALL]
    assert digests(tmp_path) == digests(library)


def test_a_work_that_was_taken_away_is_drawn_again(library: Path, tmp_path: Path) -> None:
    sample.build(tmp_path, lambda _: None, [PORTFOLIO])
    (tmp_path / "masters" / PORTFOLIO.title).rename(tmp_path / "elsewhere")
    assert heard([PORTFOLIO], tmp_path) == [PORTFOLIO.title]


def test_a_build_that_was_killed_leaves_nothing_half(tmp_path: Path) -> None:
    def dies(folder: Path) -> Sequence[Leaf]:
        (folder / "0001.tif").write_bytes(b"half a master")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sample.build(tmp_path, lambda _: None, [SampleWork(PORTFOLIO.title, dies, PORTFOLIO.record)])
    assert not (tmp_path / "masters").exists()
    sample.build(tmp_path, lambda _: None, [PORTFOLIO])
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["masters", "truth"]


@pytest.mark.parametrize("work", SMALL, ids=lambda work: slug(work.title))
def test_a_work_comes_with_a_record_that_can_be_read_and_keeps_its_title(work: SampleWork, library: Path) -> None:
    reading = work_toml.read((library / "masters" / work.title / work_toml.NAME).read_bytes())
    assert reading.record.label["vi"] == (work.title,)
    assert all(reading.record.summary[language] for language in ("vi", "en"))
    assert not reading.findings


def test_a_missing_typeface_is_named() -> None:
    with pytest.raises(Missing, match="make install"):
        typeset.font("EBGaramond-Regular", 20, package="server")


@pytest.mark.parametrize("work", SMALL, ids=lambda work: slug(work.title))
def test_the_alto_says_what_the_truth_says(work: SampleWork, library: Path) -> None:
    compared = 0
    for page in pages_of(library, work):
        alto = library / "masters" / work.title / "alto" / f"{page['page']}.xml"
        if alto.exists():
            assert set_words(alto) == [(word["text"], word["box"]) for word in page["words"]]
            compared += 1
    assert compared


def test_every_verse_is_in_the_text_of_the_book(tmp_path: Path) -> None:
    drawn = book.pages(book.poem(), *SMALL_PAGE)
    lines: dict[tuple[int, int], list[str]] = {}
    for number, sheet in enumerate(drawn):
        for word in sheet.words:
            lines.setdefault((number, word.line), []).append(word.text)
    assert {verse.text for verse in book.poem()} <= {" ".join(words) for words in lines.values()}


def test_the_poem_goes_by_sixes_and_eights() -> None:
    counted = [len(verse.text.split()) for verse in book.poem()]
    assert counted == [6, 8] * 126


def darkness(file: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """How far each pixel of the upright picture is from white, 0 to 255."""
    with Image.open(file, formats=("TIFF", "JPEG", "PNG")) as image:
        return 255 - np.asarray(ImageOps.exif_transpose(image).convert("L"), dtype=np.float64)


def edges(box: list[int]) -> dict[str, tuple[slice, slice]]:
    """A strip inside each of the four edges of a box: where the ink must begin."""
    x, y, w, h = box
    depth, width = min(max(h // 4, 8), h), min(max(w // 4, 8), w)
    return {
        "top": (slice(y, y + depth), slice(x, x + w)),
        "bottom": (slice(y + h - depth, y + h), slice(x, x + w)),
        "left": (slice(y, y + h), slice(x, x + width)),
        "right": (slice(y, y + h), slice(x + w - width, x + w)),
    }


def test_ink_reaches_every_edge_of_a_box_and_ends_there(library: Path) -> None:
    for page in pages_of(library, BOOK):
        dark = darkness(library / "masters" / BOOK.title / str(page["file"]))
        for word in page["words"]:
            box = [int(n) for n in word["box"]]  # type: ignore[attr-defined]
            x, y, w, h = box
            paper = np.median(dark[y - 9 : y + h + 9, x - 9 : x + w + 9])
            assert all(dark[strip].max() > paper + 45 for strip in edges(box).values()), word
            beside = np.concatenate([dark[y : y + h, x - 3], dark[y : y + h, x + w + 2]])
            assert beside.max() < paper + 45, word


@pytest.mark.parametrize("stem", ["1 Thư tiếng Pháp (TIFF 1 bit)", "2 Vịnh buổi sớm (JPEG nằm ngang)"])
def test_boxes_lie_on_the_upright_picture(stem: str, library: Path) -> None:
    page = next(page for page in pages_of(library, PORTFOLIO) if page["page"] == stem)
    dark = darkness(library / "masters" / PORTFOLIO.title / str(page["file"]))
    assert dark.shape == (page["height"], page["width"])
    for word in page["words"]:
        x, y, w, h = (int(n) for n in word["box"])  # type: ignore[attr-defined]
        assert dark[y : y + h, x : x + w].max() > 120, word


KINDS: dict[str, Callable[[Image.Image], bool]] = {
    "1": lambda image: image.mode == "1" and image.info["compression"] == "group4",
    "2": lambda image: (
        image.format == "JPEG" and image.getexif()[letters.ORIENTATION] == 6 and image.width < image.height
    ),
    "3": lambda image: image.mode == "I;16",
    "4": lambda image: image.mode == "RGBA" and image.getpixel((1, 1))[3] == 0,  # type: ignore[index]
    "5": lambda image: image.format == "PNG" and image.mode == "P",
    "6": lambda image: image.format == "JPEG" and image.mode == "CMYK" and "icc_profile" in image.info,
}


@pytest.mark.parametrize("number", KINDS)
def test_the_portfolio_is_of_mixed_formats(number: str, library: Path) -> None:
    [file] = [f for f in (library / "masters" / PORTFOLIO.title).glob(f"{number} *") if f.suffix != ".txt"]
    with Image.open(file) as image:
        assert KINDS[number](image)


def test_the_book_says_its_resolution_and_its_profile(library: Path) -> None:
    with Image.open(library / "masters" / BOOK.title / "0001.tif") as image:
        assert [round(float(n)) for n in image.info["dpi"]] == [600, 600]
        assert image.info["icc_profile"]


def test_no_two_names_of_the_map_cover_each_other(tmp_path: Path) -> None:
    [leaf] = wallmap.draw(tmp_path, 3000, 2333)
    boxes = np.array([word.box for word in leaf.words])
    left, top, right, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    right, bottom = right - 2, bottom - 2  # letters of neighbours may touch: ế and what follows it
    meet = (left[:, None] < right) & (left < right[:, None]) & (top[:, None] < bottom) & (top < bottom[:, None])
    assert len(boxes) > 500
    assert meet.sum() == len(boxes)
