"""What can be seen of a page of the book in a viewer: its picture, and what is marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops
from playwright.sync_api import Page

from manifests.model import Box
from tests.browser.book import Printed
from tests.browser.conftest import BOOK, Seen, until

# What a viewer says on its console as an error, by no fault of ours: (viewer and version, what, cause).
KNOWN = (
    ("mirador 4.0.0", "Accessing element.ref was removed in React 19", "Material UI 5 reads it under React 19"),
    ("universalviewer 4.4.0", "/data:image/gif;base64", "a data address is taken for a path of this site"),
    ("universalviewer 4.4.0", "/full/90,/0/default.jpg", "it asks for the thumbnail of a page that has no picture"),
)


def is_known(error: str) -> bool:
    return any(what in error for _, what, _ in KNOWN)


def assert_clean(seen: Seen) -> None:
    assert not seen.uncaught
    assert not seen.elsewhere()
    assert not [error for error in seen.errors if not is_known(error)]
    assert not [(r.status, r.url) for r in seen.responses if r.status >= 400 and not is_known(r.url)]


def picture_of(page: Page) -> Image.Image:
    shown = page.locator(".viewer .openseadragon-canvas").first.screenshot()
    return Image.open(BytesIO(shown)).convert("RGB")


def until_shown(page: Page, seen: Seen, number: str = "1") -> None:
    """A page of the book has been asked for and its print is on the screen: paper and ink have many shades.

    The server's picture of it lies over the viewer until the viewer has drawn, and is waited for to go.
    """
    until(page, "the viewer's own picture", lambda: not page.locator(".page-picture").count())
    page.locator(".viewer .openseadragon-canvas canvas").first.wait_for(state="attached")
    until(page, f"page {number} asked for", lambda: [r for r in seen.images() if f"{BOOK}~{number}/" in r.url])
    until(page, f"page {number} drawn", lambda: len(picture_of(page).getcolors(1 << 24) or []) > 50)


def until_marked(page: Page, box: Box) -> None:
    """The mark has the proportions of the box and is where both viewers were told to go: in the middle of the view."""
    until(page, f"a mark on {box}", lambda: (mark := mark_in(picture_of(page))) is not None and mark.lies_on(box))


def around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)


def box_of(printed: Sequence[Printed], word: str, words: int = 1) -> Box:
    first = next(index for index, word_there in enumerate(printed) if word_there.word == word)
    return around([word_there.box for word_there in printed[first : first + words]])


@dataclass(frozen=True, slots=True)
class Mark:
    """The size of what is marked, and how far it is from each side of the view."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int

    def lies_on(self, box: Box) -> bool:
        is_like = abs(self.width / self.height / (box.w / box.h) - 1) < 0.08
        return is_like and abs(self.left - self.right) <= 8 and abs(self.top - self.bottom) <= 8


def coloured(picture: Image.Image) -> Image.Image:
    """White where a mark is: paper and ink differ by little between red and blue, whatever their lightness."""
    red, _, blue = picture.split()
    return ImageChops.difference(red, blue).point(lambda difference: 255 if difference > 55 else 0)


def mark_in(picture: Image.Image) -> Mark | None:
    width, height = picture.size
    middle = coloured(picture).crop((width // 8, height // 5, width - width // 8, height - height // 5))
    found = middle.getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    return Mark(right - left, bottom - top, left, top, middle.width - right, middle.height - bottom)
