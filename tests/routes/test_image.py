"""The Image API as HTTP: what its answers carry, which mistake is which status, and when no file is opened."""

import asyncio
import json
import logging
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from manifests.settings import Settings
from server.app import create
from server.front_door import http_errors
from server.get import ask
from tests.routes.fakes import OneWork, carved, straight_door

Answer = tuple[int, dict[str, str], bytes]
SIZE = (1501, 1001)
TILE = "512,512,512,489/512,489/0/default.jpg"
SPELLINGS = (
    TILE,
    "512,512,512,489/max/0/default.jpg",
    "512,512,512,489/512,/0/default.jpg",
    "512,512,512,489/,489/0/default.jpg",
    "512,512,512,489/!512,489/0/default.jpg",
    "512,512,512,489/pct:100/0/color.jpg",
    "512,512,512,489/512,489/360/default.jpg",
)


class Room:
    """Asks one library; the addresses are below the image's base URI."""

    def __init__(self, library: OneWork) -> None:
        self.library = library
        self._door = straight_door(create(library), library.settings)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        given = [(name.replace("_", "-"), value) for name, value in headers.items()]
        status, answered, body = asyncio.run(ask(self._door, path, given, method))
        return status, dict(answered), body

    def picture(self, rest: str, method: str = "GET", version: int = 3, **headers: str) -> Answer:
        return self.get(f"/iiif/image/{version}/book~0001/{rest}", method, **headers)


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def room(page_folder: Path) -> Room:
    return Room(OneWork(page_folder, carved(page_folder, "book", "0001", *SIZE)))


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_base_uri_leads_to_the_info(room: Room, version: int, method: str) -> None:
    status, headers, _ = room.get(f"/iiif/image/{version}/book~0001", method, Host="library.example.org")
    assert status == 303
    assert headers["location"] == f"http://library.example.org/iiif/image/{version}/book~0001/info.json"
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("version", "name"), [(3, "id"), (2, "@id")])
def test_the_info_names_the_address_it_was_asked_by(room: Room, version: int, name: str) -> None:
    for host in ("one.example", "two.example:8000"):
        status, headers, body = room.picture("info.json", version=version, Host=host)
        assert status == 200
        assert json.loads(body)[name] == f"http://{host}/iiif/image/{version}/book~0001"
        assert headers["link"] == f'<http://iiif.io/api/image/{version}/level2.json>;rel="profile"'


def test_an_identifier_may_be_percent_encoded_and_its_slash_is_none(room: Room) -> None:
    for spelling in ("book~0001", "book%7E0001", "book%7e0001", "%62ook~%30001"):
        status, _, body = room.get(f"/iiif/image/3/{spelling}/info.json")
        assert status == 200
        assert json.loads(body)["id"] == "http://localhost/iiif/image/3/book~0001"
    for other in ("book%2F0001", "book%252F0001", "x/book~0001", "book~0001%2Finfo.json"):
        assert room.get(f"/iiif/image/3/{other}/info.json")[0] == 404


def test_every_spelling_of_a_stored_tile_is_that_tile_under_one_tag(room: Room) -> None:
    answers = [room.picture(spelling) for spelling in SPELLINGS]
    assert [status for status, _, _ in answers] == [200] * len(SPELLINGS)
    assert len({body for _, _, body in answers}) == 1
    assert len({headers["etag"] for _, headers, _ in answers}) == 1
    assert Image.open(BytesIO(answers[0][2])).size == (512, 489)


def test_a_picture_says_what_it_is_and_where_it_should_be_asked(room: Room) -> None:
    status, headers, body = room.picture(SPELLINGS[2])
    assert status == 200
    assert headers["content-type"] == "image/jpeg"
    assert int(headers["content-length"]) == len(body)
    assert headers["cache-control"] == "public, max-age=3600"
    assert headers["etag"].startswith('"')
    canonical = f"http://localhost/iiif/image/3/book~0001/{TILE.replace('512,489/0', 'max/0')}"
    profile = "http://iiif.io/api/image/3/level2.json"
    assert headers["link"] == f'<{canonical}>;rel="canonical", <{profile}>;rel="profile"'
    assert {"ETag", "Link"} <= set(headers["access-control-expose-headers"].replace(" ", "").split(","))


@pytest.mark.parametrize(
    ("rest", "media_type", "kind", "size"),
    [
        ("full/max/0/default.png", "image/png", "PNG", SIZE),
        ("0,0,512,512/max/90/gray.webp", "image/webp", "WEBP", (512, 512)),
        ("square/100,/!180/bitonal.png", "image/png", "PNG", (100, 100)),
        ("pct:10,10,50,50/^1000,/0/color.jpg", "image/jpeg", "JPEG", (1000, 667)),
        ("512,512,512,489/512,489/90/default.jpg", "image/jpeg", "JPEG", (489, 512)),
        ("full/300,/0/default.avif", "image/avif", "AVIF", (300, 200)),
        ("full/300,/0/gray.tif", "image/tiff", "TIFF", (300, 200)),
        ("full/300,/0/default.gif", "image/gif", "GIF", (300, 200)),
        ("full/300,/0/default.jp2", "image/jp2", "JPEG2000", (300, 200)),
        ("full/300,200/45/default.png", "image/png", "PNG", (354, 354)),
    ],
)
def test_what_is_computed_has_the_size_and_format_asked_for(
    room: Room, rest: str, media_type: str, kind: str, size: tuple[int, int]
) -> None:
    status, headers, body = room.picture(rest)
    made = Image.open(BytesIO(body))
    assert (status, headers["content-type"], made.format, made.size) == (200, media_type, kind, size)


def test_a_pdf_is_sent_as_one_with_a_name_of_its_own(room: Room) -> None:
    status, headers, body = room.picture("full/300,/0/default.pdf")
    assert (status, headers["content-type"], body[:5]) == (200, "application/pdf", b"%PDF-")
    assert ".pdf" in headers["content-disposition"]


@pytest.mark.parametrize("rest", [TILE, "full/300,/0/default.png"])
def test_who_has_it_is_told_so_without_a_file_being_opened(room: Room, rest: str) -> None:
    tag = room.picture(rest)[1]["etag"]
    room.library.folder = Path("/nowhere")
    for held in (tag, f'"x", W/{tag}', "*"):
        status, headers, body = room.picture(rest, If_None_Match=held)
        assert (status, body, headers["etag"]) == (304, b"", tag)
        assert headers["cache-control"] == "public, max-age=3600"


def test_tags_differ_where_the_bytes_do(room: Room) -> None:
    asked = ("full/300,/0/default.png", "full/300,/0/default.jpg", "full/300,/90/default.jpg", TILE)
    assert len({room.picture(rest)[1]["etag"] for rest in asked}) == len(asked)


def test_head_of_a_tile_is_complete_and_of_a_computed_picture_costs_nothing(room: Room) -> None:
    got, headed = room.picture(TILE), room.picture(TILE, "HEAD")
    assert headed == (200, got[1], b"")
    rest = "full/300,/0/default.png"
    got = room.picture(rest)
    room.library.folder = Path("/nowhere")
    status, headers, body = room.picture(rest, "HEAD")
    assert (status, body) == (200, b"")
    assert headers == {name: value for name, value in got[1].items() if name != "content-length"}


def test_every_wrong_part_is_named_in_one_answer(room: Room) -> None:
    status, headers, body = room.picture("ful/maxx/400/defaultt.jpgg")
    assert status == 400
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert all(part in body.decode() for part in ("ful", "maxx", "400", "defaultt", "jpgg", "^^^"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/iiif/image/3/none~x/ful/maxx/400/x.y", 404),
        ("/iiif/image/3/none~x", 404),
        ("/iiif/image/3/none~x/info.json", 404),
        ("/iiif/image/3/book~0001/full/max/0/default.xyz", 400),
        ("/iiif/image/3/book~0001/full/full/0/default.jpg", 400),
        ("/iiif/image/2/book~0001/full/full/0/default.jpg", 200),
        ("/iiif/image/3/book~0001/full/2000,/0/default.jpg", 400),
        ("/iiif/image/3/book~0001/full/!2000,2000/0/default.jpg", 200),
        ("/iiif/image/3/book~0001/1501,0,1,1/max/0/default.jpg", 400),
        ("/iiif/image/3/book~0001/full/max/45/default.jpg", 200),
        ("/iiif/image/3/book~0001/full/max/0/default.tif", 200),
        ("/iiif/image/3/book~0001/full/max/0", 404),
        ("/iiif/image/3/book~0001/", 404),
        ("/iiif/image/3/book~0001//max/0/default.jpg", 404),
        ("/iiif/image/3/a/b/full/max/0/default.jpg", 404),
        ("/iiif/image/03/book~0001/info.json", 404),
        ("/iiif/image/1/book~0001/info.json", 404),
        ("/iiif/image/3/", 404),
    ],
)
def test_each_mistake_has_its_status(room: Room, path: str, status: int) -> None:
    answer = room.get(path)
    assert answer[0] == status
    assert answer[1]["access-control-allow-origin"] == "*"
    assert status == 200 or answer[1]["cache-control"] == "no-store"


def test_what_costs_too_much_is_refused_unopened_and_what_is_named_instead_is_served(room: Room) -> None:
    pyramids, room.library.folder = room.library.folder, Path("/nowhere")
    status, headers, body = room.picture("full/^999999,1/0/default.png")
    assert status == 400
    assert "retry-after" not in headers
    room.library.folder = pyramids
    served = body.decode().split()[-1]
    assert served.startswith("http://localhost/iiif/image/3/book~0001/")
    assert room.get(served.removeprefix("http://localhost"))[0] == 200


def test_where_it_is_wished_an_image_says_how_it_was_planned(page_folder: Path) -> None:
    page = carved(page_folder, "book", "0001", *SIZE)
    room = Room(OneWork(page_folder, page, settings=Settings(languages=("en",), server_timing=True)))
    assert room.picture(TILE)[1]["server-timing"] == 'plan;desc="stored tile, level 0"'
    assert (
        'plan;desc="computed from level 1, quick, about' in room.picture("full/300,/0/default.png")[1]["server-timing"]
    )


def test_a_withdrawn_image_is_gone_in_every_form(room: Room) -> None:
    room.library.withdrawn = {"book~0001"}
    for rest in ("", "/info.json", f"/{TILE}", "/x/x/x/x.x"):
        assert room.get(f"/iiif/image/3/book~0001{rest}")[0] == 410


def test_a_limit_is_kept_and_told(page_folder: Path) -> None:
    page = carved(page_folder, "book", "0001", *SIZE)
    room = Room(OneWork(page_folder, page, settings=Settings(languages=("en",), max_width=800)))
    assert json.loads(room.picture("info.json")[2])["maxWidth"] == 800
    assert room.picture("full/801,/0/default.jpg")[0] == 400
    assert Image.open(BytesIO(room.picture("full/max/0/default.jpg")[2])).width == 800


def test_a_page_scanned_anew_while_the_old_one_was_believed_is_answered_from_the_new(tmp_path: Path) -> None:
    old, new = (carved(tmp_path, "book", "0001", *SIZE, seed=seed) for seed in (1, 2))
    library = OneWork(tmp_path, old)
    library.scanned_anew = {new.image: new}
    (tmp_path / old.pyramid.file).unlink()
    room, fresh = Room(library), Room(OneWork(tmp_path, new))
    for rest in (TILE, "full/300,/0/default.png"):
        library.pages[old.image] = old
        assert room.picture(rest) == fresh.picture(rest)


@pytest.mark.parametrize("rest", [TILE, "full/300,/0/default.png", "0,0,512,512/max/90/default.jpg"])
def test_a_pyramid_that_is_gone_is_our_failure_said_in_a_sentence(
    tmp_path: Path, rest: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = carved(tmp_path, "book", "0001", *SIZE)
    (tmp_path / page.pyramid.file).unlink()
    with caplog.at_level(logging.ERROR, http_errors.log.name):
        status, headers, body = Room(OneWork(tmp_path, page)).picture(rest)
    assert status == 500
    assert headers["access-control-allow-origin"] == "*"
    assert b"Ingest" in body
    assert str(tmp_path).encode() not in body
    assert len([record for record in caplog.records if record.name == http_errors.log.name]) == 1


def test_a_reader_is_told_in_his_language(page_folder: Path) -> None:
    page = carved(page_folder, "book", "0001", *SIZE)
    room = Room(OneWork(page_folder, page, settings=Settings()))
    told = {tag: room.picture("x/max/0/default.jpg", Accept_Language=tag)[1:] for tag in ("vi", "en")}
    assert told["vi"][0]["content-language"] == "vi"
    assert told["en"][0]["content-language"] == "en"
    assert told["en"][0]["vary"] == "Accept, Accept-Language"
