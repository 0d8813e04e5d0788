"""info.json and images as values: their times, how long they are kept, what cannot wait. The rest is asked over HTTP in
`tests/routes/test_image.py`."""

from dataclasses import replace
from pathlib import Path

import pytest

from manifests.errors import Damaged, Misused
from manifests.settings import Settings
from server.answers.document_cache import DocumentCache
from server.answers.http_date import http_date
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime
from server.responders.images import ImageResponder, Parts
from tests.routes.fakes import OneWork, carved

IMAGE = "book~0001"
TILE = ("512,512,512,489", "512,489", "0", "default.jpg")
OTHER = ("full", "300,", "0", "default.png")
FIELDS = RequestFields()


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def library(page_folder: Path) -> OneWork:
    return OneWork(page_folder, carved(page_folder, "book", "0001", 1501, 1001))


def responder(library: OneWork) -> ImageResponder:
    return ImageResponder(library, DocumentCache())  # type: ignore[arg-type]


def header(answer: ReadyAnswer, name: str) -> str:
    return dict(answer.headers)[name]


def test_a_tile_is_as_old_as_its_work_and_the_rest_no_older_than_the_settings(library: OneWork) -> None:
    library.settled = library.updated.replace(year=library.updated.year + 1)
    library.updated = library.updated.replace(year=2019)
    ours = responder(library)
    held = FIELDS._replace(if_modified_since=http_date(library.updated))
    assert ours.picture(3, IMAGE, TILE, held).status == 304
    assert ours.picture(3, IMAGE, OTHER, held._replace(method="HEAD")).status == 200
    assert ours.information(3, IMAGE, held).status == 200
    held = FIELDS._replace(if_modified_since=header(ours.information(3, IMAGE, FIELDS), "Last-Modified"))
    assert ours.picture(3, IMAGE, OTHER, held).status == 304
    assert ours.information(3, IMAGE, held).status == 304


def test_the_tag_of_a_tile_is_the_tiles_in_every_version_under_every_base_and_setting(library: OneWork) -> None:
    tags = {header(responder(library).picture(version, IMAGE, TILE, FIELDS), "ETag") for version in (2, 3)}
    library.settings = replace(Settings(), quality=40)
    elsewhere = FIELDS._replace(base="https://elsewhere.example")
    tags.add(header(responder(library).picture(3, IMAGE, TILE, elsewhere), "ETag"))
    assert len(tags) == 1


@pytest.mark.parametrize(
    ("setting", "value", "extension"),
    [
        ("quality", 40, "jpg"),
        ("quality", 40, "pdf"),
        ("webp_quality", 40, "webp"),
        ("avif_quality", 40, "avif"),
        ("jp2_quality", 30, "jp2"),
        ("png_compression", 9, "png"),
        ("tif_compression", "none", "tif"),
    ],
)
def test_the_tag_of_what_is_computed_changes_with_the_quality_of_its_format_alone(
    library: OneWork, setting: str, value: int | str, extension: str
) -> None:
    def tag(last: str) -> str:
        head = FIELDS._replace(method="HEAD")
        return header(responder(library).picture(3, IMAGE, (*OTHER[:3], f"default.{last}"), head), "ETag")

    library.settings = Settings()
    before, of_gif = tag(extension), tag("gif")
    library.settings = replace(Settings(), **{setting: value})
    assert tag(extension) != before
    assert tag("gif") == of_gif


def test_a_slip_of_the_pen_in_the_preferred_formats_is_refused(library: OneWork) -> None:
    library.settings = replace(Settings(), preferred_formats=("wepb",))
    with pytest.raises(Misused, match="webp"):
        responder(library)


def test_how_long_pictures_are_kept_is_a_setting(library: OneWork) -> None:
    library.settings = replace(Settings(), keep_tiles=86_400, keep_images=60, keep_documents=5)
    ours, head = responder(library), FIELDS._replace(method="HEAD")
    assert header(ours.picture(3, IMAGE, TILE, head), "Cache-Control") == "public, max-age=86400"
    assert header(ours.picture(3, IMAGE, OTHER, head), "Cache-Control") == "public, max-age=60"
    assert header(ours.information(3, IMAGE, head), "Cache-Control") == "public, max-age=5"


def test_what_cannot_wait_is_a_tile_or_needs_no_pixels(library: OneWork) -> None:
    ours = responder(library)
    assert ours.picture(3, IMAGE, TILE, FIELDS, may_wait=False).status == 200
    tag = header(ours.picture(3, IMAGE, OTHER, FIELDS._replace(method="HEAD"), may_wait=False), "ETag")
    assert ours.picture(3, IMAGE, OTHER, FIELDS._replace(if_none_match=tag), may_wait=False).status == 304
    for ask in (
        lambda: ours.picture(3, IMAGE, OTHER, FIELDS, may_wait=False),
        lambda: ours.information(3, IMAGE, FIELDS, may_wait=False),
    ):
        with pytest.raises(NeedsTime):
            ask()
    prepared = ours.information(3, IMAGE, FIELDS)
    assert ours.information(3, IMAGE, FIELDS, may_wait=False) == prepared


def test_another_state_than_is_wanted_opens_no_file(library: OneWork) -> None:
    library.folder = Path("/nowhere")
    for parts in (TILE, OTHER):
        answer = responder(library).picture(3, IMAGE, parts, FIELDS._replace(if_match='"another"'))
        assert (answer.status, answer.body, header(answer, "Content-Length")) == (412, b"", "0")
    with pytest.raises(Damaged):
        responder(library).picture(3, IMAGE, TILE, FIELDS)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (OTHER, "S%C3%A1ch%20c%E1%BB%95%2C%200001.png"),
        (("full", "100,", "0", "default.jpg"), "S%C3%A1ch%20c%E1%BB%95%2C%200001.jpg"),
        (("full", "376,251", "0", "default.jpg"), "S%C3%A1ch%20c%E1%BB%95%2C%200001.jpg"),
        (("0,0,9,8", "max", "0", "gray.webp"), "S%C3%A1ch%20c%E1%BB%95%2C%200001%2C%200%2C0%2C9%2C8.webp"),
        (TILE, None),
    ],
)
def test_what_may_be_saved_bears_the_title_of_its_work(library: OneWork, parts: Parts, name: str | None) -> None:
    answer = responder(library).picture(3, IMAGE, parts, FIELDS._replace(method="HEAD"))
    said = dict(answer.headers).get("Content-Disposition")
    assert said is None if name is None else str(said).endswith(f"; filename*=UTF-8''{name}")


def test_a_page_without_a_label_is_saved_under_its_works_and_one_label_is_not_said_twice(library: OneWork) -> None:
    head = FIELDS._replace(method="HEAD")
    for label in ({}, {"vi": []}, {"none": ["Sách cổ"]}):
        library.pages = {name: replace(page, label=label) for name, page in library.pages.items()}
        said = header(responder(library).picture(3, IMAGE, OTHER, head), "Content-Disposition")
        assert said == "inline; filename=\"Sach-co.png\"; filename*=UTF-8''S%C3%A1ch%20c%E1%BB%95.png"


def test_nothing_about_a_tile_varies(library: OneWork) -> None:
    varied = FIELDS._replace(accept="image/webp", accept_encoding="gzip")
    plain, asked = (responder(library).picture(3, IMAGE, TILE, fields) for fields in (FIELDS, varied))
    assert (plain.status, plain.headers, plain.pieces()) == (asked.status, asked.headers, asked.pieces())
    assert "Vary" not in dict(plain.headers)
