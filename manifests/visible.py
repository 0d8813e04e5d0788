"""What of the library the public may see: a draft is as if it never was, and what was taken away says so."""

from manifests.catalog import FoundPage
from manifests.errors import Missing, Withdrawn
from manifests.model import Page, PageState, State, Work


def _must_be_public(state: State, name: str, nothing: Missing) -> None:
    """`nothing` is what is said of what never was: of a draft too, word for word."""
    if state == State.DRAFT:
        raise nothing
    if state in (State.WITHDRAWN, State.REMOVED):
        raise Withdrawn("{work} has been withdrawn from the library.", work=name)


def shown(work: Work) -> Work:
    """The work. Raises Missing where nobody may know of it, Withdrawn where it has been taken away."""
    _must_be_public(work.state, work.id, Missing("There is no work {work}.", work=work.id))
    if not work.pages:
        raise Withdrawn("{work} has been withdrawn from the library.", work=work.id)  # its pages have all gone
    return work


def visible(found: FoundPage, nothing: Missing) -> Page:
    """The page, on the same terms."""
    known = found.record
    if known.page.is_target:
        raise nothing
    return visible_image(found, nothing)


def visible_image(found: FoundPage, nothing: Missing) -> Page:
    """The page whose image it is; that of a target answers too, to whoever was told its address."""
    known = found.record
    _must_be_public(found.work_state, known.page.image, nothing)
    if known.state == PageState.PRUNED:
        raise Withdrawn("{work} has been withdrawn from the library.", work=known.page.image)
    return known.page
