"""What is found where: which folders make up a work, which file is its page, and that nothing is lost unsaid."""

import os
import socket
from pathlib import Path

import pytest

from manifests.ingest.format_folders import FORMAT_FOLDERS
from tests.ingest.trees import plant, refused, said, walked, works


def test_a_folder_of_page_files_is_a_work_and_its_folders_of_text_are_its_text(tmp_path: Path) -> None:
    plant(tmp_path, "Book/1.tif", "Book/1.txt", "Book/ALTO/1.xml", "Book/annex/1.tif", "papers/readme.doc")
    assert works(tmp_path) == {"Book": ["Book/1.tif"], "Book/annex": ["Book/annex/1.tif"]}
    assert [text.name for text in walked(tmp_path)["Book"].texts] == ["1.txt", "1.xml"]
    assert said(tmp_path) == {"papers/readme.doc": "unused"}


def test_images_in_a_folder_of_text_are_refused_and_what_lies_deeper_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "cover.png", "page/1.png", "page/1.xml", "page/old/1.xml", "page/old/2.tif", "page/old/a.pdf")
    assert works(tmp_path) == {".": ["cover.png"]}
    assert refused(tmp_path) == {"page/1.png": "image-among-texts", "page/old/2.tif": "image-among-texts"}
    assert said(tmp_path) == {**refused(tmp_path), "page/old/1.xml": "unused", "page/old/a.pdf": "unused"}


def test_a_folder_named_page_is_a_work_where_no_pages_stand_beside_it(tmp_path: Path) -> None:
    assert works(plant(tmp_path, "Book/page/1.png")) == {"Book/page": ["Book/page/1.png"]}


@pytest.mark.parametrize("name", [*FORMAT_FOLDERS, "TIF", "Master"])
def test_a_folder_named_by_a_format_or_a_use_gives_its_pages_to_the_folder_above(tmp_path: Path, name: str) -> None:
    plant(tmp_path, f"Book/{name}/1.tif", "Book/alto/1.xml", f"Book/{name}/ocr/1.txt", "Book/bia/1.png")
    assert works(tmp_path) == {"Book": [f"Book/{name}/1.tif"], "Book/bia": ["Book/bia/1.png"]}
    assert [text.name for text in walked(tmp_path)["Book"].texts] == ["1.txt", "1.xml"]


def test_the_first_of_them_gives_the_pages_and_the_others_are_derivatives(tmp_path: Path) -> None:
    plant(tmp_path, "Book/tif/1.tif", "Book/jpg/1.jpg", "Book/access/1.jpg", "Book/jpg/small/1.jpg", "Book/jpg/x.doc")
    assert works(tmp_path) == {"Book": ["Book/tif/1.tif"]}
    assert said(tmp_path) == {"Book/jpg": "derivatives", "Book/access": "derivatives"}


def test_page_files_beside_them_make_them_works_of_their_own(tmp_path: Path) -> None:
    plant(tmp_path, "Book/cover.tif", "Book/tif/1.tif")
    assert works(tmp_path) == {"Book": ["Book/cover.tif"], "Book/tif": ["Book/tif/1.tif"]}


def test_without_page_files_in_it_such_a_folder_is_like_any_other(tmp_path: Path) -> None:
    assert works(plant(tmp_path, "Book/tif/first/1.tif")) == {"Book/tif/first": ["Book/tif/first/1.tif"]}


def test_pages_that_only_derivatives_have_are_counted_and_the_first_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "Book/tif/1.tif", "Book/jpg/1.jpg", "Book/jpg/10.jpg", "Book/jpg/2.jpg", "Book/png/2.png")
    [work] = walked(tmp_path).values()
    [(folder, finding)] = work.refused
    assert (folder.name, finding.code, finding.values["number"]) == ("tif", "stems-missing", 2)
    assert finding.values["first"] == "png/2.png"


def test_letter_case_does_not_make_a_page_missing(tmp_path: Path) -> None:
    assert refused(plant(tmp_path, "tif/IMG_1.TIF", "jpg/img_1.jpg")) == {}


def test_of_several_formats_the_first_of_the_table_gives_the_pages(tmp_path: Path) -> None:
    plant(tmp_path, "A/jp2/1.jp2", "A/jpg/1.jpg", "B/1.jp2", "B/1.jpg", "C/jp2/1.jp2")
    assert works(tmp_path) == {"A": ["A/jp2/1.jp2"], "B": ["B/1.jp2"], "C": ["C/jp2/1.jp2"]}
    assert said(tmp_path) == {"A/jpg": "derivatives", "B/1.jpg": "derivative"}


def test_of_one_stem_the_first_format_is_the_page(tmp_path: Path) -> None:
    plant(tmp_path, "1.jpg", "1.tif", "1.png", "2.jpg", "2.png", "3.jpg", "3.gif")
    assert works(tmp_path) == {".": ["1.tif", "2.png", "3.jpg"]}
    assert said(tmp_path) == dict.fromkeys(("1.jpg", "1.png", "2.jpg", "3.gif"), "derivative")


@pytest.mark.parametrize("images", ["Book/tif/1.tif", "Book/data/tif/1.tif"])
def test_a_pdf_above_a_folder_of_images_is_no_page_either(tmp_path: Path, images: str) -> None:
    plant(tmp_path, images, "Book/Book.pdf", "Book/bagit.txt")
    assert works(tmp_path) == {"Book": [images]}


def test_a_pdf_above_folders_without_images_is_the_work(tmp_path: Path) -> None:
    plant(tmp_path, "Book/Book.pdf", "Book/access/part.pdf", "Book/old/1.tif")
    assert works(tmp_path) == {
        "Book": ["Book/Book.pdf"],
        "Book/access": ["Book/access/part.pdf"],
        "Book/old": ["Book/old/1.tif"],
    }


def test_beside_images_a_pdf_is_no_page(tmp_path: Path) -> None:
    plant(tmp_path, "A/1.tif", "A/1.pdf", "A/book.pdf", "B/1.pdf", "C/access/book.pdf", "C/tif/1.tif")
    assert works(tmp_path) == {"A": ["A/1.tif"], "B": ["B/1.pdf"], "C": ["C/tif/1.tif"]}
    assert said(tmp_path) == {"C/access": "derivatives"}  # what they hold may be text, which others say


def test_a_bag_is_a_work_where_its_payload_would_be_one(tmp_path: Path) -> None:
    plant(tmp_path, "flat/bagit.txt", "flat/manifest-sha512.txt", "flat/data/1.tif")
    plant(tmp_path, "deep/bagit.txt", "deep/data/tif/1.tif", "deep/data/jpg/1.jpg", "deep/data/alto/1.xml")
    plant(tmp_path, "many/bagit.txt", "many/data/a/1.tif", "many/data/b/1.tif", "none/data/1.tif")
    assert works(tmp_path) == {
        "deep": ["deep/data/tif/1.tif"],
        "flat": ["flat/data/1.tif"],
        "many/data/a": ["many/data/a/1.tif"],
        "many/data/b": ["many/data/b/1.tif"],
        "none/data": ["none/data/1.tif"],
    }
    assert said(tmp_path)["deep/data/jpg"] == "derivatives"
    assert [sums.name for sums in walked(tmp_path)["flat"].checksums] == ["manifest-sha512.txt"]


def test_the_checksum_lists_of_the_folders_above_are_handed_down(tmp_path: Path) -> None:
    plant(tmp_path, "all.md5", "a/1.tif", "a/a.SHA256", "b/1.tif")
    assert {name: [sums.name for sums in work.checksums] for name, work in walked(tmp_path).items()} == {
        "a": ["all.md5", "a.SHA256"],
        "b": ["all.md5"],
    }


def test_a_checksum_list_of_nothing_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "all.md5", "a/1.tif", "b/c/sums.md5", "b/sums.md5")
    assert said(tmp_path) == {"b/sums.md5": "unused", "b/c/sums.md5": "unused"}


@pytest.mark.parametrize(
    ("known", "right"),
    [
        (["Book/tif"], {"Book/tif": ["Book/tif/1.tif"]}),
        (["Book/jpg"], {"Book": ["Book/tif/1.tif"], "Book/jpg": ["Book/jpg/1.jpg"]}),
        (["Book/tif", "Book/jpg"], {"Book/tif": ["Book/tif/1.tif"], "Book/jpg": ["Book/jpg/1.jpg"]}),
        (["Book", "Book/tif"], {"Book": ["Book/jpg/1.jpg"], "Book/tif": ["Book/tif/1.tif"]}),
        (["Book/jpg/s"], {"Book": ["Book/tif/1.tif"], "Book/jpg/s": ["Book/jpg/s/1.jpg"]}),
    ],
    ids=lambda known: "+".join(known),
)
def test_a_folder_that_is_a_work_already_stays_one(
    tmp_path: Path, known: list[str], right: dict[str, list[str]]
) -> None:
    plant(tmp_path, "Book/tif/1.tif", "Book/jpg/1.jpg", "Book/jpg/s/1.jpg", "Book/alto/1.xml")
    found = works(tmp_path, is_work=lambda path: path in [tmp_path / name for name in known])
    assert {name: pages for name, pages in found.items() if name in right} == right
    assert all("alto" not in name for name in found)


def test_each_file_can_be_a_work_with_the_text_of_its_stem(tmp_path: Path) -> None:
    plant(tmp_path, "maps/1.tif", "maps/2.tif", "maps/1.txt", "maps/ocr/2.xml", "maps/9.txt", "maps/notes.doc")
    found = walked(tmp_path, each_file=True)
    assert {name: [text.name for text in work.texts] for name, work in found.items() if work.is_file} == {
        "maps/1.tif": ["1.txt"],
        "maps/2.tif": ["2.xml"],
    }
    assert said(tmp_path, each_file=True) == {"maps/9.txt": "unused", "maps/notes.doc": "unused"}


def test_a_single_file_is_a_work_with_the_text_of_its_stem(tmp_path: Path) -> None:
    plant(tmp_path, "map.tif", "map.txt", "other.tif", "alto/map.xml")
    [work] = walked(tmp_path / "map.tif").values()
    assert (work.is_file, [text.name for text in work.texts]) == (True, ["map.txt", "map.xml"])
    assert said(tmp_path / "map.txt") == {".": "unused"}


def test_records_describe_a_work_and_other_files_are_named(tmp_path: Path) -> None:
    plant(tmp_path, "book/1.tif", "book/work.toml", "book/notes.doc", "work.toml", "text/text/work.toml")
    book = walked(tmp_path)["book"]
    assert [file.name for file in book.records] == ["work.toml"]
    assert said(tmp_path) == dict.fromkeys(("book/notes.doc", "work.toml", "text/text/work.toml"), "unused")


def test_records_beside_a_folder_of_masters_come_before_those_in_it(tmp_path: Path) -> None:
    plant(tmp_path, "book/tif/1.tif", "book/tif/work.toml", "book/work.toml", "book/alto/work.toml")
    book = walked(tmp_path)["book"]
    assert [file.parent.name for file in book.records] == ["book", "tif"]
    assert said(tmp_path) == {"book/alto/work.toml": "unused"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in the file system")
def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    plant(tmp_path, "1.tif")
    os.mkfifo(tmp_path / "2.tif"), os.mkfifo(tmp_path / "2.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "3.tif"))
        assert said(tmp_path) == {"2.tif": "no-file", "3.tif": "no-file", "2.txt": "unused"}
