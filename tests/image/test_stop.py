"""A drawing that is told to stop ends at the next piece of its image, in every format and at every step."""

from threading import Event, Thread

import pytest
import pyvips

from server.image.stop import Stop


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".v"])
def test_an_endless_picture_ends_when_it_is_told_to(ending: str) -> None:
    """256 megapixels, blurred: minutes."""
    image = pyvips.Image.gaussnoise(16_000, 16_000).cast("uchar").gaussblur(20)
    stop, failed = Stop(), Event()

    def draw() -> None:
        try:
            image.copy_memory() if ending == ".v" else image.write_to_buffer(ending)
        except pyvips.Error:
            failed.set()

    stop.watch(image)
    thread = Thread(target=draw)
    thread.start()
    stop.now()
    thread.join()
    assert failed.is_set()


def test_what_comes_to_be_watched_after_it_was_told_is_stopped_too() -> None:
    stop = Stop()
    stop.now()
    image = pyvips.Image.black(10, 10)
    stop.watch(image)
    with pytest.raises(pyvips.Error):
        image.write_to_buffer(".png")
