"""Plain text, for people and for programs that know no other: a line of print on each line, UTF-8, LF.

The text of a whole work begins with its title and its address. Above each page stands the page's name between dashes,
so that a reader knows where he is and a program can cut the text there.
"""

from collections.abc import Iterable

from manifests.addresses import Addresses
from manifests.model import LanguageMap, Page, Work
from manifests.text.store import WorkText
from manifests.transcript.printed import printed_lines

MEDIA_TYPE = "text/plain"
EXTENSION = "txt"


def page_text(text: WorkText, page: Page) -> bytes:
    return _lines(text, page).encode()


def work_text(work: Work, pages: Iterable[Page], text: WorkText, addresses: Addresses) -> bytes:
    """Pages without text are left out."""
    filled = set(text.pages)
    parts = [f"--- {first_of(page.label)} ---\n\n{_lines(text, page)}" for page in pages if page.id in filled]
    return "\n".join([f"{first_of(work.label)}\n{addresses.work_page(work.id)}\n", *parts]).encode()


def first_of(label: LanguageMap) -> str:
    """A label as it stands where no language is asked for."""
    return next((text for texts in label.values() for text in texts), "")


def _lines(text: WorkText, page: Page) -> str:
    return "".join(f"{line.text}\n" for line in printed_lines(text, page.id))
