"""`serve` from outside: it opens, refuses clearly, and ends when it is told to."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from manifests.errors import Busy, Missing, Misused
from manifests.library import Library
from manifests.settings import Settings
from server.serve import serve
from tests.patience import GUARD
from tests.routes.serving import START, free_port, running


@pytest.fixture
def library(tmp_path: Path) -> Path:
    Library.create(tmp_path / "library", Settings()).close()
    return tmp_path / "library"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0_while_a_reader_is_connected(library: Path, tmp_path: Path, number: int) -> None:
    with (
        running(library, tmp_path / "log", MOCBAN_WORKERS="2") as served,
        socket.create_connection(("127.0.0.1", served.port)) as reader,
    ):
        reader.sendall(f"GET /health HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode())
        assert reader.recv(15).endswith(b"200 OK")
        served.process.send_signal(number)
        assert served.process.wait(timeout=GUARD) == 0
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert log.splitlines()[-1].endswith("INFO The reading room is closed")
    assert log.count("The reading room is closed") == 1


def test_health_says_status_version_and_works(library: Path, tmp_path: Path) -> None:
    with running(library, tmp_path / "log") as served:
        answer = served.ask("/health")
        health = json.loads(answer.body)
        assert health["status"] == "ok"
        assert health["works"] == 0
        assert health["version"]


def test_health_says_503_with_the_reason_when_the_catalogue_is_gone(library: Path, tmp_path: Path) -> None:
    with running(library, tmp_path / "log") as served:
        (library / "catalog.sqlite").write_bytes(b"this is no catalogue" * 1000)
        for leftover in library.glob("catalog.sqlite-*"):
            leftover.unlink()
        answer = served.ask("/health")
        assert answer.status == 503
        assert json.loads(answer.body)["reason"]


def test_a_proxy_in_front_decides_the_base_only_where_it_is_trusted(library: Path, tmp_path: Path) -> None:
    said = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "library.example.org", "X_Forwarded_Prefix": "/lib"}
    top = "/iiif/presentation/3/collection/top"
    with running(library, tmp_path / "log", MOCBAN_TRUSTED_PROXIES="127.0.0.1") as served:
        assert json.loads(served.ask(top, **said).body)["id"] == f"https://library.example.org/lib{top}"
    with running(library, tmp_path / "log") as served:
        assert json.loads(served.ask(top, **said).body)["id"] == f"http://{served.host}{top}"


def test_only_one_line_says_where_it_is_open(library: Path, tmp_path: Path) -> None:
    with running(library, tmp_path / "log", LC_ALL="C.UTF-8") as served:
        assert served.log.read_text().count(f"http://{served.host}/") == 1


def test_it_warns_when_addresses_would_move(library: Path, tmp_path: Path) -> None:
    with running(library, tmp_path / "log", MOCBAN_HOST="0.0.0.0") as served:  # noqa: S104 -- what is warned of
        assert "base_url" in served.log.read_text()
    told = {"MOCBAN_HOST": "0.0.0.0", "MOCBAN_BASE_URL": "https://library.example.org"}  # noqa: S104 -- as above
    with running(library, tmp_path / "log", **told) as served:
        assert "base_url" not in served.log.read_text()


def test_it_warns_of_an_index_that_another_version_made(library: Path, tmp_path: Path) -> None:
    with running(library, tmp_path / "log") as served:
        assert "mocban reindex" not in served.log.read_text()
    (library / "index" / "MAIN_1.toc").write_bytes(b"of a version without editions")
    with running(library, tmp_path / "log") as served:
        assert "mocban reindex" in served.log.read_text()


def test_a_process_that_has_loaded_libvips_does_not_fork(library: Path) -> None:
    script = f"import pyvips\n{START}"
    ended = subprocess.run(
        [sys.executable, "-c", script, str(library), str(free_port())], text=True, capture_output=True, check=False
    )
    assert ended.returncode == 1
    assert "whose threads do not live through a fork" in ended.stderr.splitlines()[-1]


def test_a_port_that_is_taken_is_refused_by_name(library: Path) -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(Busy, match=str(port)):
            serve(library, Settings(port=port))


@pytest.mark.parametrize("host", ["thư..vn", "ư" * 64])
def test_a_host_that_is_no_name_is_refused(library: Path, host: str) -> None:
    with pytest.raises(Misused, match="host"):
        serve(library, Settings(port=free_port(), host=host))


def test_a_folder_that_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        serve(tmp_path, Settings(port=free_port()))


def test_a_folder_that_cannot_be_written_is_refused(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # chmod does not stop root, which tests may run as
    monkeypatch.setattr("os.access", lambda _file, _mode: False)
    with pytest.raises(Misused, match="written"):
        serve(library, Settings(port=free_port()))


def test_a_base_url_that_is_no_address_is_refused(library: Path) -> None:
    with pytest.raises(Misused, match="base_url"):
        serve(library, Settings(port=free_port(), base_url="library"))
