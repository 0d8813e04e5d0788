"""`config/nginx.conf` as it is shipped, in a real nginx before a real `serve`.

Only what must differ on a test's machine is put in its place: ports, certificates, the folder of the cache; and where a
test says so, a time or a rate, so that it need not wait.
"""

import http.client
import json
import os
import secrets
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from manifests.library import Library
from manifests.settings import Settings
from tests.patience import GUARD, until
from tests.routes.filled import SIZE, WORK, filled
from tests.routes.serving import Answer, Running, free_port, running

NAME = "library.example.org"
MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/mocban.conf;
}}
"""
IMAGE = f"/iiif/image/3/{WORK}~0001"
WHOLE = f"{IMAGE}/full/{SIZE[0]},{SIZE[1]}/0/default.jpg"
COMPUTED = f"{IMAGE}/full/max/90/default.png"
AT_ONCE = {"proxy_cache_valid 200 10s;": "proxy_cache_valid 200 1s;"}
"""What is cached is asked again after a second: the shortest time that nginx knows."""
FEW = {"rate=10r/s": "rate=1r/m"}


@dataclass(frozen=True, slots=True)
class Front:
    behind: Running
    http: int
    https: int
    errors: Path

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {NAME}:{self.https}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        with self.connect() as wire:
            wire.sendall("\r\n".join([*lines, "", ""]).encode())
            return read(wire, method)

    def connect(self, name: str = NAME, *protocols: str) -> ssl.SSLSocket:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE  # the certificate is the test's own
        trust.set_alpn_protocols(protocols or ("http/1.1",))
        bare = socket.create_connection(("127.0.0.1", self.https), timeout=GUARD)
        return trust.wrap_socket(bare, server_hostname=name)

    def lines(self, words: str) -> int:
        """How many lines of the library's own log hold these words by now."""
        return sum(words in line for line in self.behind.log.read_text().splitlines())

    def passed_on(self, words: str) -> int:
        """How many of the requests that have been answered reached the library, one of them surely."""
        until(lambda: self.lines(words), f"a line with {words}")
        last = f"/nothing-{secrets.token_hex(8)}"
        self.behind.ask(last)  # by its line those before it are written
        until(lambda: self.lines(last), "the line of the last request")
        return self.lines(words)


def read(wire: socket.socket, method: str = "GET") -> Answer:
    response = http.client.HTTPResponse(wire, method=method)
    response.begin()
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
    return Answer(response.status, headers, response.read())


@contextmanager
def front(folder: Path, **changes: str) -> Iterator[Front]:
    """The library of `folder`, served, and nginx in front of it."""
    with running(folder / "library", folder / "serve.log", MOCBAN_TRUSTED_PROXIES="127.0.0.1") as behind:
        ports = free_port(), free_port()
        (folder / "mocban.conf").write_text(shipped(folder, behind.port, *ports, **changes), encoding="utf-8")
        user = "user root root;" if os.getuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
        with (folder / "nginx.out").open("wb") as out:
            process = subprocess.Popen([nginx(), "-e", folder / "error.log", "-c", folder / "nginx.conf"], stderr=out)
        try:
            until(lambda: process.poll() is not None or is_open(ports[1]), "nginx to listen")
            assert process.poll() is None, (folder / "nginx.out").read_text()
            yield Front(behind, *ports, folder / "error.log")
        finally:
            process.terminate()
            process.wait(timeout=GUARD)


def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "nginx is not there; `make test` installs it"
    return found


def is_open(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def shipped(folder: Path, port: int, plain: int, secret: int, **changes: str) -> str:
    text = Path("config/nginx.conf").read_text(encoding="utf-8")
    certificate(folder)
    for was, becomes in {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{port};",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secret}",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": f"{folder}/cert.pem",
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": f"{folder}/key.pem",
        "/var/cache/nginx/mocban": f"{folder}/cache",
        **changes,
    }.items():
        assert was in text
        text = text.replace(was, becomes)
    return text


def certificate(folder: Path) -> None:
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(["openssl", "req", "-x509", *kind, *files], check=True, capture_output=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Of a library that nobody changes."""
    folder = tmp_path_factory.mktemp("nginx")
    filled(folder).close()
    with front(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    "path", ["/", f"/works/{WORK}", "/health", "/robots.txt", f"{IMAGE}/info.json", WHOLE, COMPUTED, "/nothing"]
)
def test_an_answer_is_that_of_the_library(site: Front, path: str) -> None:
    """But for what names the address, and what each server says of itself."""
    alone, through = site.behind.ask(path), site.ask(path)
    here, there = f"https://{NAME}:{site.https}", f"http://{site.behind.host}"
    body = through.body.replace(here.encode(), there.encode())
    body = body.replace(quote(here).encode(), quote(there).encode())
    assert (through.status, body) == (alone.status, alone.body)
    left = ["date", "server", "connection", "content-length", *(["etag"] if there.encode() in alone.body else [])]
    said = {name: value.replace(here, there) for name, value in through.headers.items()}
    assert without(said, *left) == without(alone.headers, *left)


def without(headers: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in names}


def test_browsers_are_offered_http_2(site: Front) -> None:
    with site.connect(NAME, "h2", "http/1.1") as wire:
        assert wire.selected_alpn_protocol() == "h2"


def test_plain_http_leads_to_tls_and_another_name_to_nobody(site: Front) -> None:
    def ask(host: str) -> bytes:
        with socket.create_connection(("127.0.0.1", site.http), timeout=GUARD) as wire:
            wire.sendall(f"GET /works/a%2Fb?q=%C4%91 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: wire.recv(65536), b""))

    assert f"Location: https://{NAME}/works/a%2Fb?q=%C4%91\r\n".encode() in ask(NAME)
    assert ask("elsewhere.example.org") == b""
    with pytest.raises(ssl.SSLError):
        site.connect("elsewhere.example.org")


def test_documents_bear_the_address_that_the_reader_used(site: Front) -> None:
    top = "/iiif/presentation/3/collection/top"
    lies = {"X_Forwarded_Host": "evil.example.org", "X_Forwarded_Port": "1", "X_Forwarded_Prefix": "/evil"}
    for said in ({}, lies):
        assert json.loads(site.ask(top, **said).body)["id"] == f"https://{NAME}:{site.https}{top}"


@pytest.mark.parametrize("path", ["/iiif/image/3/a%2Fb/info.json", "/iiif/image/3/a%2F%2Fb%25/full/max/0/default.jpg"])
def test_an_encoded_slash_is_passed_on_as_it_came(site: Front, path: str) -> None:
    assert site.ask(path).status == 404
    assert site.passed_on(f"path={path} status=404") == 1


def test_two_slashes_stay_two(site: Front) -> None:
    assert site.ask("//iiif/image/3/x/info.json").status == 404
    assert site.passed_on("path=//iiif/image/3/x/info.json ") == 1


def test_a_picture_is_asked_of_the_library_once(site: Front) -> None:
    path = f"{IMAGE}/10,10,100,100/50,50/0/default.jpg"
    first, second = site.ask(path), site.ask(path)
    assert without(first.headers, "date") == without(second.headers, "date")
    assert first.body == second.body
    assert second.headers["access-control-allow-origin"] == "*"
    assert site.passed_on(f"path={path} status=200") == 1
    known = site.ask(path, If_None_Match=first.headers["etag"])
    assert (known.status, known.body) == (304, b"")
    assert known.headers["access-control-allow-origin"] == "*"


def test_head_is_asked_as_head(site: Front) -> None:
    path = f"{IMAGE}/20,20,100,100/60,60/0/default.jpg"
    assert site.ask(path, "HEAD").body == b""
    assert site.passed_on(f"method=HEAD path={path} status=200") == 1
    assert site.lines(f"method=GET path={path} ") == 0


def test_of_many_who_ask_at_once_one_asks_the_library(site: Front) -> None:
    path = f"{IMAGE}/30,30,100,90/70,63/0/default.webp"
    with ThreadPoolExecutor(8) as askers:
        answers = list(askers.map(site.ask, [path] * 8))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert site.passed_on(f"path={path} status=200") == 1


def test_documents_come_compressed_under_the_librarys_own_tag(site: Front) -> None:
    path = f"/iiif/presentation/3/{WORK}/manifest"
    packed, plain = site.ask(path, Accept_Encoding="gzip"), site.ask(path)
    assert packed.headers["content-encoding"] == "gzip"
    assert not packed.headers["etag"].startswith("W/")
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    assert site.ask(path, If_None_Match=plain.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("target", "status"), [("/nothing", 404), (f"{IMAGE}/full/0,/0/default.jpg", 400), ("/" + "x" * 20_000, 414)]
)
def test_every_error_bears_cors_once(site: Front, target: str, status: int) -> None:
    answer = site.ask(target)
    assert answer.status == status
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A library of this test alone."""
    filled(tmp_path).close()
    return tmp_path


def test_what_is_cached_is_asked_again_by_its_tag_and_goes_with_its_work(own: Path) -> None:
    with front(own, **AT_ONCE) as site:
        first = site.ask(WHOLE)
        until(lambda: site.ask(WHOLE) and site.lines(f"path={WHOLE} status=304"), "a question by tag")
        assert site.ask(WHOLE).body == first.body
        assert site.passed_on(f"path={WHOLE} status=200") == 1
        library = Library.open(own / "library", Settings())
        library.withdraw(WORK)
        library.close()
        until(lambda: site.ask(WHOLE).status == 410, "the end of a withdrawn picture")
        assert site.ask(WHOLE).headers["access-control-allow-origin"] == "*"


def test_an_address_that_asks_for_too_much_to_be_computed_still_gets_tiles_and_documents(own: Path) -> None:
    with front(own, **FEW) as site:
        statuses = [site.ask(COMPUTED).status for _ in range(40)]
        assert statuses[:31] == [200] * 31
        assert 429 in statuses[31:]
        refused = next(answer for answer in (site.ask(COMPUTED) for _ in range(9)) if answer.status == 429)
        assert refused.headers["access-control-allow-origin"] == "*"
        assert refused.headers["retry-after"]
        assert b"Tiles" in refused.body
        for path in (WHOLE, f"{IMAGE}/info.json", f"/works/{WORK}", f"{IMAGE}/full/!90,90/0/default.jpg"):
            assert {site.ask(path).status for _ in range(9)} == {200}
        for path in ("/search?q=th%C6%B0", f"/iiif/search/2/{WORK}?q=th%C6%B0"):
            assert 429 in {site.ask(path).status for _ in range(9)}


def test_while_the_library_is_away_it_says_so_and_shows_what_it_has(own: Path) -> None:
    with front(own, **AT_ONCE) as site:
        kept = site.ask(WHOLE)
        site.behind.process.terminate()
        assert site.behind.process.wait(timeout=GUARD) == 0
        away = site.ask("/")
        assert (away.status, away.headers["access-control-allow-origin"]) == (502, "*")
        assert away.headers["retry-after"]
        assert site.ask(WHOLE).body == kept.body
