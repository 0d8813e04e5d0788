"""The cache on disk: what is found, what is not, what leaves, and that it may be spoilt or deleted at any time."""

import os
import shutil
from pathlib import Path

import pytest

from server.derivatives.picture_cache import CachedImage, PictureCache

DAY = 24 * 3600.0
IMAGE, KEY = "book~0001", "0123456789abcdef" * 2


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> PictureCache:
    return PictureCache(tmp_path / "pictures", 10_000, 30 * DAY, clock)


def keep(cache: PictureCache, key: str, length: int = 100, image: str = IMAGE) -> None:
    assert cache.keep(image, key, lambda file: file.write(b"x" * length))


def content(cache: PictureCache, key: str, image: str = IMAGE) -> bytes | None:
    found = cache.find(image, key)
    if found is None:
        return None
    with found.file as file:
        return file.read(found.length)


def anybody(_image: str) -> bool:
    return True


def files(cache: PictureCache) -> list[Path]:
    return [file for file in cache.folder.rglob("*") if file.is_file() and len(file.name) == len(KEY)]


def test_what_is_kept_is_found_byte_for_byte_by_every_process(cache: PictureCache, tmp_path: Path) -> None:
    assert content(cache, KEY) is None
    keep(cache, KEY)
    assert content(cache, KEY) == b"x" * 100
    assert content(PictureCache(tmp_path / "pictures", 10_000, DAY), KEY) == b"x" * 100


def test_each_image_and_each_key_has_its_own(cache: PictureCache) -> None:
    keep(cache, KEY)
    assert content(cache, KEY, "book~0002") is None
    assert content(cache, KEY[::-1]) is None


@pytest.mark.parametrize("kept", [0, 1, 99, 100, 101, 115])
def test_a_file_that_a_crash_broke_off_is_not_found(cache: PictureCache, kept: int) -> None:
    keep(cache, KEY)
    os.truncate(files(cache)[0], kept)
    assert content(cache, KEY) is None
    keep(cache, KEY)
    assert content(cache, KEY) == b"x" * 100


def test_what_fails_while_it_is_written_leaves_nothing(cache: PictureCache) -> None:
    with pytest.raises(ZeroDivisionError):
        cache.keep(IMAGE, KEY, lambda _file: 1 / 0)
    assert [file for file in cache.folder.rglob("*") if file.is_file()] == []


def test_no_identifier_becomes_a_path(cache: PictureCache, tmp_path: Path) -> None:
    keep(cache, KEY, image="../../../etc~passwd")
    assert [file.name for file in tmp_path.iterdir()] == ["pictures"]
    assert [image.image for image in cache.images()] == ["../../../etc~passwd"]


def test_what_nobody_asked_for_in_its_time_leaves(cache: PictureCache, clock: Clock) -> None:
    keep(cache, "a" * 32)
    keep(cache, "b" * 32)
    clock.now += 29 * DAY
    content(cache, "b" * 32)
    clock.now += 2 * DAY
    cache.sweep(anybody)
    assert content(cache, "a" * 32) is None
    assert content(cache, "b" * 32) is not None


def test_what_was_asked_for_longest_ago_leaves_first_when_there_is_no_more_room(
    cache: PictureCache, clock: Clock
) -> None:
    names = [letter * 32 for letter in "abcdefghijkl"]
    for name in names:
        clock.now += DAY
        keep(cache, name, 900)
    content(cache, names[0])
    cache.sweep(anybody)
    left = [name for name in names if content(cache, name) is not None]
    assert left == [names[0], *names[-8:]]


def test_as_long_as_there_is_room_nothing_leaves(cache: PictureCache) -> None:
    for letter in "abcdefghij":
        keep(cache, letter * 32, 900)
    cache.sweep(anybody)
    assert len(files(cache)) == 10


def test_pictures_of_what_is_no_longer_shown_leave(cache: PictureCache) -> None:
    keep(cache, KEY)
    keep(cache, KEY, image="book~0002")
    cache.sweep(lambda image: image == IMAGE)
    assert [image.image for image in cache.images()] == [IMAGE]


def test_what_another_process_left_half_written_leaves(cache: PictureCache, clock: Clock) -> None:
    keep(cache, KEY)
    (stray := cache.folder / "new" / "tmp123").touch()
    os.utime(stray, (clock.now, clock.now))
    cache.sweep(anybody)
    assert stray.exists()
    clock.now += DAY
    cache.sweep(anybody)
    assert not stray.exists()


def test_two_processes_do_not_sweep_at_a_time(cache: PictureCache, tmp_path: Path, clock: Clock) -> None:
    keep(cache, KEY)
    other = PictureCache(tmp_path / "pictures", 10_000, 30 * DAY, clock)
    asked: list[str] = []

    def meanwhile(image: str) -> bool:
        asked.append(image)
        other.sweep(meanwhile)
        return True

    cache.sweep(meanwhile)
    assert asked == [IMAGE]


def test_it_is_swept_after_a_share_of_its_room_was_written_or_when_time_has_gone(
    cache: PictureCache, clock: Clock
) -> None:
    assert cache.must_be_swept()
    keep(cache, "a" * 32, 400)
    assert not cache.must_be_swept()
    keep(cache, "b" * 32, 400)
    assert cache.must_be_swept()
    assert not cache.must_be_swept()
    clock.now += 3600
    assert cache.must_be_swept()


def test_what_there_is_is_told_by_image_and_cleared_by_image(cache: PictureCache) -> None:
    for image, key in ((IMAGE, "a"), (IMAGE, "b"), ("book~0002", "a")):
        keep(cache, key * 32, image=image)
    mark = 16
    assert {image.image: (image.pictures, image.bytes) for image in cache.images()} == {
        IMAGE: (2, 2 * (100 + mark)),
        "book~0002": (1, 100 + mark),
    }
    assert list(cache.clear(IMAGE)) == [CachedImage(IMAGE, 2, 2 * (100 + mark))]
    assert [image.image for image in cache.images()] == ["book~0002"]
    assert [image.image for image in cache.clear()] == ["book~0002"]
    assert list(cache.images()) == []
    assert list(cache.clear(IMAGE)) == []


def test_it_may_be_deleted_at_any_time(cache: PictureCache) -> None:
    assert list(cache.images()) == []
    cache.sweep(anybody)
    keep(cache, KEY)
    found = cache.find(IMAGE, KEY)
    shutil.rmtree(cache.folder)
    assert found is not None
    with found.file as file:
        assert file.read(found.length) == b"x" * 100
    cache.sweep(anybody)
    assert content(cache, KEY) is None
    keep(cache, KEY)


def test_without_room_nothing_is_kept(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", 0, DAY)
    assert not cache.takes(0)
    assert not cache.must_be_swept()
    assert content(cache, KEY) is None
