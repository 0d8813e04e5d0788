"""What a decoder's complaint means: something to say of a page that is taken in, or that it is refused, or nothing.

A decoder's own words are never shown: they are matched here against what libjpeg, libpng and libtiff are known to say,
and stand for the few things that a librarian can act on.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding
from server.libvips import complaints, pyvips
from server.masters.refusal import MasterRefused, master_refused

T = TypeVar("T")
STRICT, LENIENT = "warning", "error"
"""What stops libvips."""
WHAT_A_DECODER_RAISES = (pyvips.Error, UnicodeDecodeError)
"""pyvips cannot even say what is wrong where libvips quotes bytes of the file."""

DAMAGED = N_("its compressed data is damaged")
NO_END = N_("the mark at its end is missing")

_NO_MEMORY = re.compile(r"out of memory|insufficient memory|(failed|unable) to allocate|no space for", re.I)
_NO_END = re.compile(r"premature end of JPEG image", re.I)
_BREAKS_OFF = re.compile(r"premature end of JPEG image|Not enough data|got \d+ bytes, expected", re.I)
_HARMLESS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"extraneous bytes before marker", re.I), N_("there are stray bytes between its parts")),
    (re.compile(r"unknown JFIF|Unknown Adobe color|Invalid SOS parameters", re.I), N_("its header says something odd")),
    (re.compile(r"bad ICC marker", re.I), N_("its colour profile is broken")),
    (re.compile(r"Inconsistent progression", re.I), N_("its scans follow in an odd order")),
)
_FAX = ("fax G3", "fax G4")
_OLD_CODES = "lzw"
"""The one thing libtiff warns of in LZW is that its codes are as they were before 1988, and it decodes them."""

WITHOUT_END = (make_finding("odd-data", reason=NO_END),)
WITHOUT_SCANS = (make_finding("odd-data", reason=N_("some of its scans are missing, so that it is not sharp")),)


class Complaint(Exception):
    """`text` is empty where libtiff only warned; `finished` says that every pixel was given all the same."""

    def __init__(self, text: str, *, finished: bool) -> None:
        super().__init__(text)
        self.text, self.finished = text, finished

    @property
    def lacks_memory(self) -> bool:
        return bool(_NO_MEMORY.search(self.text))

    @property
    def lacks_the_end(self) -> bool:
        return not self.finished and bool(_NO_END.search(self.text))


def attempt(task: Callable[[], T], fail_on: str) -> T:
    """What the task gives; Complaint where a decoder stopped, and when it is to be strict, where it complained."""
    complaints()
    try:
        done = task()
    except WHAT_A_DECODER_RAISES as error:
        complaint = Complaint(_said(error), finished=False)
        raise MemoryError if complaint.lacks_memory else complaint from error
    left = complaints()
    if left and fail_on == STRICT:
        raise Complaint(left, finished=True)
    return done


def _said(error: Exception) -> str:
    return str(error.detail).strip() if isinstance(error, pyvips.Error) else "bytes that are no text"


def remarks(complaint: Complaint, compression: str | None) -> Sequence[Finding]:
    """What to say of the page when it is decoded once more with less care; raises MasterRefused where it is not."""
    if not complaint.text and not complaint.finished:
        return _warned(complaint, compression)
    harmless = next((meaning for words, meaning in _HARMLESS if words.search(complaint.text)), None)
    if harmless is None and not complaint.finished:
        raise refusal(complaint)
    return (make_finding("odd-data", reason=harmless or DAMAGED),)


def _warned(complaint: Complaint, compression: str | None) -> Sequence[Finding]:
    """Only of its pixels: libtiff is shown no tag that it could warn of."""
    if compression == _OLD_CODES:
        return ()
    if compression in _FAX:  # rows that libtiff could not fill would hold whatever the memory held
        raise refusal(complaint)
    return (make_finding("odd-data", reason=DAMAGED),)


def refusal(complaint: Complaint) -> MasterRefused:
    if _BREAKS_OFF.search(complaint.text):
        return master_refused("truncated")
    return master_refused("unreadable", reason=DAMAGED)
