"""Reading a file for its digest: all of it, block by block, no faster than is allowed."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from manifests.fixity.reading import BLOCK, FileDigest, Pace, digest_of


def test_the_digest_is_that_of_the_whole_file_and_each_block_is_told(tmp_path: Path) -> None:
    content = b"ab" * BLOCK + b"c"
    file = tmp_path / "file"
    file.write_bytes(content)
    told: list[int] = []
    seen = file.stat()
    assert digest_of(file, told.append) == FileDigest(
        hashlib.sha256(content).hexdigest(), len(content), seen.st_mtime_ns
    )
    assert sum(told) == len(content)
    assert max(told) <= BLOCK


def test_an_empty_file_has_a_digest_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert digest_of(tmp_path / "file", lambda _: None).sha256 == hashlib.sha256().hexdigest()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda file: file.symlink_to("/dev/zero")])
def test_what_is_no_file_is_not_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.tif")
    with pytest.raises(FileNotFoundError):
        digest_of(tmp_path / "a.tif", lambda _: None)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest_of(tmp_path / "file", lambda _: None)


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_no_more_is_read_in_a_time_than_the_pace_allows() -> None:
    time = Time()
    pace = Pace(100, lambda: time.now, time.sleep)
    for _ in range(10):
        pace.read(50)
    assert time.now == pytest.approx(5)


def test_time_that_was_not_used_is_not_saved_up() -> None:
    time = Time()
    pace = Pace(100, lambda: time.now, time.sleep)
    time.now = 60.0
    pace.read(100)
    assert time.now == pytest.approx(61)


def test_without_a_pace_nobody_waits() -> None:
    time = Time()
    Pace(0, lambda: time.now, time.sleep).read(10**9)
    assert time.now == 0
