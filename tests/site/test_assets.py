"""Files that go out as they are."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from server.site import assets
from tests.site.asking import client


def test_assets_are_kept_for_a_year_and_come_compressed_where_a_twin_stands(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"whole")
    (tmp_path / "a.js.gz").write_bytes(b"packed")
    for accepted, body in (("identity", b"whole"), ("gzip", b"packed"), ("gzip;q=0", b"whole")):
        with (
            Flask("assets").test_request_context(headers={"Accept-Encoding": accepted}),
            closing(assets.send("a.js", tmp_path)) as answer,
        ):
            assert answer.get_data() == body
            assert answer.mimetype == "text/javascript"
            assert ("Content-Encoding" in answer.headers) == (body == b"packed")
            assert "max-age=31536000" in answer.headers["Cache-Control"]
            assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize("name", ["../pages.py", "..%2fpages.py", "/etc/passwd", "none.css", "viewers"])
def test_nothing_outside_the_assets_is_sent(name: str) -> None:
    assert client().get(f"/static/{name}").status_code == 404
