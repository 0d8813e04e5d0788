"""Pictures are made once, in their lane, within their time, and not at all for those who have gone."""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from manifests.errors import Busy, Damaged
from server.derivatives.maker import Picture, PictureMaker
from server.derivatives.picture_cache import PictureCache
from server.image.cost import Cost
from tests.derivatives.drawings import COSTLY, LARGE, QUICK, Easel, Sketch, done, maker_of
from tests.patience import GUARD


@pytest.fixture
def easel() -> Easel:
    return Easel()


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(GUARD):
        while not is_so():
            await asyncio.sleep(0)


def asked(maker: PictureMaker, sketch: Sketch) -> "asyncio.Task[Picture]":
    return asyncio.create_task(maker.picture(sketch))


async def settled(*tasks: "asyncio.Task[Picture]") -> None:
    """Each has gone as far as it goes by itself."""
    for _ in range(5 * len(tasks) + 5):
        await asyncio.sleep(0)


def test_a_picture_is_what_was_drawn(easel: Easel) -> None:
    assert asyncio.run(maker_of().picture(done("a", easel))).content == b"a"


def test_what_many_ask_for_at_once_is_drawn_once(easel: Easel) -> None:
    async def story() -> None:
        maker, sketch = maker_of(), Sketch("a", easel)
        tasks = [asked(maker, sketch) for _ in range(8)]
        await until(lambda: easel.begun)
        sketch.finished.set()
        assert [picture.content for picture in await asyncio.gather(*tasks)] == [b"a"] * 8
        assert easel.begun == ["a"]

    asyncio.run(story())


def test_what_is_asked_for_again_later_is_drawn_again(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of()
        for _ in range(2):
            await maker.picture(done("a", easel))
        assert easel.begun == ["a", "a"]

    asyncio.run(story())


def test_one_costly_picture_is_drawn_at_a_time_and_quick_ones_pass_it(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of()
        costly = [Sketch(f"costly {number}", easel) for number in range(3)]
        waiting = [asked(maker, sketch) for sketch in costly]
        await until(lambda: easel.begun)
        for number in range(20):
            assert (await maker.picture(done(f"quick {number}", easel, QUICK))).content
        assert [key for key in easel.begun if "costly" in key] == ["costly 0"]
        for sketch in costly:
            sketch.finished.set()
        await asyncio.gather(*waiting)
        assert [key for key in easel.begun if "costly" in key] == [sketch.key for sketch in costly]
        assert easel.most_at_work == 2

    asyncio.run(story())


def test_beyond_the_seconds_that_may_wait_the_next_is_told_to_come_again(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of(max_image_seconds=20)
        sketches = [Sketch(str(number), easel) for number in range(24)]
        tasks = [asked(maker, sketch) for sketch in sketches]
        await settled(*tasks)
        refused = [task for task in tasks if task.done()]
        assert len(tasks) - len(refused) == 20 // COSTLY.seconds
        assert all(isinstance(task.exception(), Busy) for task in refused)
        for sketch in sketches:
            sketch.finished.set()
        await asyncio.gather(*(set(tasks) - set(refused)))
        assert (await maker.picture(done("later", easel))).content == b"later"

    asyncio.run(story())


def test_who_waits_and_goes_away_is_never_drawn_for(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of()
        first, second, third = (Sketch(name, easel) for name in ("first", "second", "third"))
        tasks = [asked(maker, sketch) for sketch in (first, second, third)]
        await until(lambda: easel.begun)
        tasks[1].cancel()
        first.finished.set()
        third.finished.set()
        await asyncio.gather(tasks[0], tasks[2])
        assert easel.begun == ["first", "third"]

    asyncio.run(story())


def test_it_is_drawn_for_the_one_who_stays_when_the_other_goes(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of()
        ahead, wanted = Sketch("ahead", easel), done("wanted", easel)
        tasks = [asked(maker, ahead), asked(maker, wanted), asked(maker, wanted)]
        await until(lambda: easel.begun)
        tasks[1].cancel()
        await settled(*tasks)
        ahead.finished.set()
        assert (await tasks[2]).content == b"wanted"

    asyncio.run(story())


def test_who_asks_anew_after_all_others_have_gone_is_drawn_for(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of()
        ahead, wanted = Sketch("ahead", easel), done("wanted", easel)
        tasks = [asked(maker, ahead), asked(maker, wanted)]
        await until(lambda: easel.begun)
        tasks[1].cancel()
        again = asked(maker, wanted)
        await settled(*tasks)
        ahead.finished.set()
        assert (await again).content == b"wanted"

    asyncio.run(story())


def test_what_is_begun_is_drawn_to_its_end_though_nobody_waits_for_it(easel: Easel) -> None:
    async def story() -> None:
        maker, sketch = maker_of(), Sketch("a", easel)
        task = asked(maker, sketch)
        await until(lambda: easel.begun)
        task.cancel()
        await settled(task)
        next_one = asked(maker, done("b", easel))
        await settled(next_one)
        assert easel.begun == ["a"]
        sketch.finished.set()
        assert (await next_one).content == b"b"

    asyncio.run(story())


def test_what_takes_too_long_is_stopped_and_the_next_one_begins(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of(max_image_seconds=1)
        endless = Sketch("endless", easel, error=Busy("The picture took too long."))
        with pytest.raises(Busy):
            await maker.picture(endless)
        assert (await maker.picture(done("next", easel))).content == b"next"

    asyncio.run(story())


def test_all_who_ask_are_told_what_went_wrong(easel: Easel) -> None:
    async def story() -> None:
        maker = maker_of()
        broken = Sketch("a", easel, error=Damaged("It cannot be read."))
        tasks = [asked(maker, broken) for _ in range(3)]
        await settled(*tasks)
        broken.finished.set()
        assert all(isinstance(found, Damaged) for found in await asyncio.gather(*tasks, return_exceptions=True))

    asyncio.run(story())


def read(picture: Picture) -> bytes:
    if isinstance(picture.content, bytes):
        return picture.content
    with picture.content.file as file:
        return file.read(picture.content.length)


@pytest.mark.parametrize("cost", [QUICK, COSTLY, LARGE])
def test_what_was_drawn_once_is_never_drawn_again_by_any_worker(tmp_path: Path, easel: Easel, cost: Cost) -> None:
    async def story() -> None:
        for _ in range(3):
            worker = maker_of(PictureCache(tmp_path, 10**9, 10**6))
            assert read(await worker.picture(done("a", easel, cost))) == b"a"
        assert easel.begun == ["a"]

    asyncio.run(story())


def test_a_large_picture_goes_from_the_disk_to_each_who_asked(tmp_path: Path, easel: Easel) -> None:
    async def story() -> None:
        maker, sketch = maker_of(PictureCache(tmp_path, 10**9, 10**6)), Sketch("a", easel, LARGE)
        tasks = [asked(maker, sketch) for _ in range(3)]
        await until(lambda: easel.begun)
        sketch.finished.set()
        pictures = await asyncio.gather(*tasks)
        assert not any(isinstance(picture.content, bytes) for picture in pictures)
        assert [read(picture) for picture in pictures] == [b"a"] * 3

    asyncio.run(story())


@pytest.mark.parametrize("cost", [QUICK, LARGE])
def test_a_disk_that_takes_nothing_costs_only_the_keeping(
    tmp_path: Path, easel: Easel, cost: Cost, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a file").touch()
    maker = maker_of(PictureCache(tmp_path / "a file" / "cache", 10**9, 10**6))
    with caplog.at_level(logging.WARNING, "mocban"):
        assert [read(asyncio.run(maker.picture(done("a", easel, cost)))) for _ in range(3)] == [b"a"] * 3
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_disk_that_fills_up_while_it_is_written_to_costs_only_the_keeping(
    tmp_path: Path, easel: Easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, os.strerror(28))

    cache = PictureCache(tmp_path, 10**9, 10**6)
    monkeypatch.setattr(os, "write", full)
    assert asyncio.run(maker_of(cache).picture(done("a", easel, LARGE))).content == b"a"
    monkeypatch.undo()
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and file.name != "lock"] == []


def test_what_the_cache_is_too_small_for_is_drawn_into_memory(tmp_path: Path, easel: Easel) -> None:
    maker = maker_of(PictureCache(tmp_path, LARGE.answer * 5, 10**6))
    assert asyncio.run(maker.picture(done("a", easel, LARGE))).content == b"a"
    assert easel.begun == ["a"]
