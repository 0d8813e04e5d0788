"""Files that go out as they are."""

import gzip
import hashlib
import os
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.exceptions import NotFound

from server.site import assets
from server.site.assets import JOINED
from tests.site.asking import Reader, client


def sent(name: str, folder: Path, query: str = "", method: str = "GET", **headers: str) -> Response:
    given = {key.replace("_", "-"): value for key, value in headers.items()}
    with Flask("assets").test_request_context(f"/?{query}", method=method, headers=given):
        return assets.send(name, folder)


def test_a_file_goes_out_as_its_twin_to_who_takes_it_so(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"whole")
    (tmp_path / "a.js.gz").write_bytes(b"packed")
    for accepted, body in (
        *(("identity", b"whole"), ("gzip", b"packed"), ("gzip;q=0", b"whole")),
        *(("gzip, br", b"packed"), ("br", b"whole")),  # nobody waits until a file so large that it has a twin is coded
    ):
        answer = sent("a.js", tmp_path, Accept_Encoding=accepted)
        assert answer.get_data() == body
        assert answer.headers["Content-Length"] == str(len(body))
        assert answer.mimetype == "text/javascript"
        assert ("Content-Encoding" in answer.headers) == (body == b"packed")
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_of_two_twins_the_one_that_is_liked_better_goes_out(tmp_path: Path) -> None:
    for name, content in (("a.js", b"whole"), ("a.js.gz", b"gzip"), ("a.js.br", b"br")):
        (tmp_path / name).write_bytes(content)
    for accepted, coding in (("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0.5, gzip", "gzip")):
        answer = sent("a.js", tmp_path, Accept_Encoding=accepted)
        assert (answer.headers["Content-Encoding"], answer.get_data()) == (coding, coding.encode())


def test_text_without_a_twin_is_packed_here_and_what_is_no_text_never(tmp_path: Path) -> None:
    for name, is_packed in (("a.css", True), ("a.woff2", False), ("a.unknown", False)):
        (tmp_path / name).write_bytes(b"a" * 5000)
        answer = sent(name, tmp_path, Accept_Encoding="gzip")
        assert ("Content-Encoding" in answer.headers) == ("Vary" in answer.headers) == is_packed
        assert (gzip.decompress(answer.get_data()) if is_packed else answer.get_data()) == b"a" * 5000


def test_an_address_that_holds_the_digest_is_kept_for_a_year_and_another_for_a_day(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"first")
    (tmp_path / "1000.bef5c329c0fd159c772a.js").write_bytes(b"named by its builder")
    digest = hashlib.sha256(b"first").hexdigest()[:8]
    year, day = "public, max-age=31536000, immutable", "public, max-age=86400"
    for name, query, kept in (
        ("a.js", f"v={digest}", year),
        ("a.js", "v=00000000", day),
        ("a.js", "", day),
        ("1000.bef5c329c0fd159c772a.js", "", year),
    ):
        assert sent(name, tmp_path, query).headers["Cache-Control"] == kept


def test_who_has_a_file_is_not_sent_it_again_until_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_bytes(b"first")
    first = sent("a.js", tmp_path)
    again = sent("a.js", tmp_path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.get_data()) == (304, b"")
    file.write_bytes(b"second")
    os.utime(file, ns=(1, 1))
    changed = sent("a.js", tmp_path, If_None_Match=first.headers["ETag"])
    assert (changed.status_code, changed.get_data()) == (200, b"second")


def test_a_file_has_a_date_for_who_has_no_tag(tmp_path: Path) -> None:
    file = Path(assets.__file__)
    first = sent(file.name, file.parent)
    said = parsedate_to_datetime(first.headers["Last-Modified"])
    assert said == datetime.fromtimestamp(int(max(file.stat().st_mtime, file.stat().st_ctime)), UTC)
    again = sent(file.name, file.parent, If_Modified_Since=first.headers["Last-Modified"])
    assert (again.status_code, again.get_data()) == (304, b"")
    before = sent(file.name, file.parent, If_Modified_Since=format_datetime(said - timedelta(seconds=1), usegmt=True))
    assert before.status_code == 200


def test_an_older_file_that_is_put_back_is_sent_again(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_bytes(b"older")
    os.utime(file, (86_400, 86_400))
    day = format_datetime(datetime.fromtimestamp(2 * 86_400, UTC), usegmt=True)
    assert sent("a.js", tmp_path, If_Modified_Since=day).status_code == 200


def test_head_says_the_length_of_what_get_sends(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_bytes(b"a" * 5000)
    got, headed = (sent("a.css", tmp_path, method=method, Accept_Encoding="gzip") for method in ("GET", "HEAD"))
    assert headed.headers == got.headers
    assert headed.get_data() == b""


def test_the_style_sheet_goes_out_in_one_piece_which_changes_with_any_of_its_parts(tmp_path: Path) -> None:
    parts = [tmp_path / part for part in JOINED["style.css"]]
    parts[0].parent.mkdir()
    for part in parts:
        part.write_text(f".{part.stem} {{}}\n", encoding="utf-8")
    first = sent("style.css", tmp_path)
    assert first.get_data(as_text=True).split() == [word for part in parts for word in (f".{part.stem}", "{}")]
    assert first.headers["Content-Type"].startswith("text/css")
    parts[-1].write_text(".other {}", encoding="utf-8")
    second = sent("style.css", tmp_path)
    assert second.get_data().endswith(b".other {}")
    assert second.headers["ETag"] != first.headers["ETag"]
    parts[-1].unlink()
    with pytest.raises(NotFound):
        sent("style.css", tmp_path)


def test_every_part_of_what_is_joined_is_sent() -> None:
    folders = {part.partition("/")[0] for parts in JOINED.values() for part in parts}
    written = {f"{folder}/{part.name}" for folder in folders for part in (assets.STATIC / folder).iterdir()}
    assert written == {part for parts in JOINED.values() for part in parts}


def test_the_addresses_that_we_give_out_are_kept_for_a_year() -> None:
    asking = client()
    page = Reader(asking.get("/works/Kieu").text)
    given = [found.get(name) for tag, name in (("script", "src"), ("link", "href")) for found in page.all(tag)]
    files = [address for address in given if address and address.startswith("/static/")]
    assert files
    for address in files:
        assert asking.get(address).headers["Cache-Control"].endswith("immutable"), address


@pytest.mark.parametrize("name", ["../pages.py", "..%2fpages.py", "/etc/passwd", "none.css", "viewers", "style.css/"])
def test_nothing_outside_the_assets_is_sent(name: str) -> None:
    assert client().get(f"/static/{name}").status_code == 404
