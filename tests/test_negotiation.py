"""A document on its way out: media type, public base, compression, tags and 304; one document, two dialects."""

import asyncio
import gzip

import brotli
import pytest
from flask import Flask, Response

from manifests.addresses import PLACEHOLDER
from server.answers.coded import coding_for
from server.answers.document_cache import encode
from server.answers.documents import IMAGE, PRESENTATION, ApiVersion, Document, document_answer
from server.get import ask
from server.negotiation import as_response, base, request_fields
from tests.routes.fakes import straight_door

BODY = f'{{"id": "{PLACEHOLDER}/iiif/x", "filler": "{"ế" * 600}"}}'.encode()
JSON_LD_3 = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
JSON_LD_IMAGE = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'


def app() -> Flask:
    made = Flask("documents")

    def answered(body: bytes, digest: str, api: ApiVersion) -> Response:
        fields = request_fields()
        encoded = encode(body, digest, base(), coding_for(fields))
        document = Document(api, encoded.tag, links=["<x>;rel=y"])
        return as_response(document_answer(fields, document, "public, no-cache", lambda: encoded.body))

    made.add_url_rule("/three", "three", lambda: answered(BODY, "d1", PRESENTATION[3]))
    made.add_url_rule("/two", "two", lambda: answered(BODY, "d2", PRESENTATION[2]))
    made.add_url_rule("/image", "image", lambda: answered(b"{}", "d3", IMAGE[3]))
    return made


def get(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    given = [(name.replace("_", "-"), value) for name, value in headers.items()]
    status, answered, body = asyncio.run(ask(straight_door(app()), path, given, method))
    return status, dict(answered), body


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/three", None, JSON_LD_3),
        ("/three", "*/*", "application/json"),
        ("/three", "application/json", "application/json"),
        ("/three", "application/ld+json", JSON_LD_3),
        ("/three", JSON_LD_3, JSON_LD_3),
        ("/three", "application/ld+json;q=0.5, application/json", "application/json"),
        ("/three", "application/json;q=0.5, application/ld+json;q=0.9", JSON_LD_3),
        ("/three", "application/ld+json;q=0", "application/json"),
        ("/three", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("/three", "text/html", "application/json"),
        ("/two", None, "application/json"),
        ("/two", "application/ld+json", "application/ld+json"),
        ("/image", None, JSON_LD_IMAGE),
        ("/image", "application/json", "application/json"),
    ],
)
def test_the_media_type_follows_accept(path: str, accept: str | None, media_type: str) -> None:
    _, headers, _ = get(path, **({"Accept": accept} if accept is not None else {}))
    assert headers["content-type"] == media_type
    assert "Accept" in headers["vary"]


def test_the_placeholder_becomes_the_base_of_this_request() -> None:
    _, _, one = get("/three", Host="one.example")
    _, _, two = get("/three", Host="two.example:8000")
    assert b'"http://one.example/iiif/x"' in one
    assert b'"http://two.example:8000/iiif/x"' in two


def test_gzip_is_the_same_document_under_a_tag_of_its_own() -> None:
    _, plain_headers, plain = get("/three")
    _, packed_headers, packed = get("/three", Accept_Encoding="gzip")
    assert packed_headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    assert int(packed_headers["content-length"]) == len(packed) < len(plain)
    assert plain_headers["etag"] != packed_headers["etag"]
    assert "Accept-Encoding" in plain_headers["vary"]


def test_brotli_goes_before_gzip_to_who_likes_both() -> None:
    _, headers, packed = get("/three", Accept_Encoding="gzip, deflate, br, zstd")
    assert headers["content-encoding"] == "br"
    assert brotli.decompress(packed) == get("/three")[2]
    assert get("/three", Accept_Encoding="gzip, br;q=0.1")[1]["content-encoding"] == "gzip"


@pytest.mark.parametrize("accept_encoding", ["identity", "gzip;q=0", "deflate"])
def test_who_does_not_take_gzip_gets_none(accept_encoding: str) -> None:
    assert "content-encoding" not in get("/three", Accept_Encoding=accept_encoding)[1]


def test_what_the_asker_has_is_not_sent_again() -> None:
    tag = get("/three")[1]["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', f'"a",W/"b" , W/{tag}', "*"):
        status, headers, body = get("/three", If_None_Match=held)
        assert (status, body) == (304, b""), held
        assert headers["etag"] == tag
        assert headers["cache-control"] == "public, no-cache"
        assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("held", ['"other"', 'W/"other"', "", "nonsense", '"'])
def test_another_tag_gets_the_document(held: str) -> None:
    assert get("/three", If_None_Match=held)[0] == 200


def test_tags_differ_by_base_and_by_form_and_stay_between_processes() -> None:
    tags = {
        get("/three")[1]["etag"],
        get("/three", Host="other.example")[1]["etag"],
        get("/three", Accept="application/json")[1]["etag"],
        get("/two")[1]["etag"],
    }
    assert len(tags) == 4
    assert get("/three")[1]["etag"] in tags


def test_head_says_what_get_says() -> None:
    got, headed = get("/three"), get("/three", "HEAD")
    assert headed[:2] == got[:2]
    assert headed[2] == b""
