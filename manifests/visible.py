"""What of the library the public may see: a draft is as if it never was, what was taken away says so, and what was
renamed leads on.

`asked` is the id that somebody asked by, which the work may only have had. Nobody is led to what he may not see.
"""

from dataclasses import dataclass
from datetime import datetime

from manifests.catalog import FoundPage
from manifests.errors import Missing, Renamed, Withdrawn
from manifests.ids import split_image
from manifests.model import LanguageMap, Page, PageState, State, Work


@dataclass(frozen=True, slots=True)
class FoundImage:
    """A page as the Image API shows it. `updated`: when the public last saw its work change."""

    page: Page
    work_label: LanguageMap
    updated: datetime


def _must_be_public(state: State, name: str, nothing: Missing) -> None:
    """`nothing` is what is said of what never was: of a draft too, word for word."""
    if state == State.DRAFT:
        raise nothing
    if state in (State.WITHDRAWN, State.REMOVED):
        raise Withdrawn("{work} has been withdrawn from the library.", work=name)


def as_asked(work: Work, asked: str) -> Work:
    """The work. Raises Renamed where it is not called so any more."""
    if work.id != asked:
        raise _renamed(asked, work.id)
    return work


def _renamed(asked: str, now: str) -> Renamed:
    return Renamed("{work} has another id now: {now}.", work=asked, now=now)


def shown(work: Work, asked: str) -> Work:
    """The work. Raises Missing where nobody may know of it, Withdrawn where it has been taken away, else Renamed."""
    _must_be_public(work.state, asked, Missing("There is no work {work}.", work=asked))
    if not work.pages:
        raise Withdrawn("{work} has been withdrawn from the library.", work=asked)  # its pages have all gone
    return as_asked(work, asked)


def visible(found: FoundPage, asked: str, nothing: Missing) -> Page:
    """The page by the id of its image, on the same terms."""
    if found.record.page.is_target:
        raise nothing
    return visible_image(found, asked, nothing)


def visible_image(found: FoundPage, asked: str, nothing: Missing) -> Page:
    """The page whose image it is; that of a target answers too, to whoever was told its address."""
    known = found.record
    _must_be_public(found.work_state, asked, nothing)
    if known.state == PageState.PRUNED:
        raise Withdrawn("{work} has been withdrawn from the library.", work=asked)
    if known.page.image != asked:
        was, now = (work for work, _ in filter(None, map(split_image, (asked, known.page.image))))
        raise _renamed(was, now)
    return known.page
