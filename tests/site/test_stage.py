"""What a viewer is told, and what stands there before it."""

import pytest
from flask.testing import FlaskClient

from tests.site.asking import Reader, client


def opened(asking: FlaskClient, path: str) -> dict[str, str | None]:
    return next(a for a in Reader(asking.get(path).text).all("div") if a.get("id") == "viewer")


def test_a_work_opens_in_the_viewer_that_was_chosen_last() -> None:
    asking = client()
    assert opened(asking, "/works/Kieu")["class"] == "viewer mirador"
    assert opened(asking, "/works/Kieu?viewer=uv")["class"] == "viewer uv"
    assert opened(asking, "/works/Kieu")["class"] == "viewer uv"
    assert opened(asking, "/works/Kieu?viewer=none")["class"] == "viewer mirador"


def test_the_viewer_is_told_the_page_the_words_and_the_box() -> None:
    told = opened(client(), "/works/Kieu/pages/2?q=thư viện&xywh=1,2,3,4")
    assert told["data-manifest"] == "http://localhost/iiif/presentation/3/Kieu/manifest"
    assert (told["data-index"], told["data-query"], told["data-xywh"]) == ("1", "thư viện", "1,2,3,4")
    assert "data-index" not in opened(client(), "/works/Kieu")


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,2,3,4,5", "-1,2,3,4", '"><script>', "1,2,3,99999999999"])
def test_a_box_that_is_none_is_left_out(box: str) -> None:
    assert "data-xywh" not in opened(client(), f"/works/Kieu/pages/2?xywh={box}")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("pixel:1,2,3,4", "1,2,3,4"),
        ("1400,1900,400,400", "1400,1900,101,101"),
        ("0,0,999999999,999999999", "0,0,1501,2001"),
        ("1501,0,10,10", None),
        ("5,5,0,0", None),
    ],
)
@pytest.mark.parametrize("viewer", ["mirador", "uv"])
def test_a_viewer_is_led_to_what_of_a_box_lies_on_the_page(viewer: str, asked: str, told: str | None) -> None:
    assert opened(client(), f"/works/Kieu/pages/2?viewer={viewer}&xywh={asked}").get("data-xywh") == told


def test_what_the_viewer_asks_first_is_fetched_ahead() -> None:
    page = Reader(client().get("/works/Kieu/pages/2?viewer=uv&lang=vi").text)
    ahead = [str(a["href"]).partition("?")[0] for a in page.all("link") if a["rel"] == "preload"]
    assert ahead == [
        "http://localhost/iiif/presentation/3/Kieu/manifest",
        "http://localhost/iiif/image/3/Kieu~2/info.json",
        "/static/uv.vi.json",
        "/static/uv.js",
    ]
    assert not [a for a in page.all("script") if "uv.js" in str(a.get("src"))]


def test_the_page_is_a_picture_before_its_viewer_has_come() -> None:
    asking = client()
    picture = next(a for a in Reader(asking.get("/works/Kieu").text).all("img") if "/iiif/" in str(a["src"]))
    assert picture["src"] == "/iiif/image/3/Kieu~1/full/751,1001/0/default.jpg"
    assert (picture["width"], picture["height"]) == ("751", "1001")
    found = Reader(asking.get("/works/Kieu/pages/2?xywh=700,300,90,40").text)
    assert found.all("image")[1]["href"] == "/iiif/image/3/Kieu~2/145,0,1200,680/1000,567/0/default.webp"
    assert found.all("rect") == [{"x": "700", "y": "300", "width": "90", "height": "40"}]
