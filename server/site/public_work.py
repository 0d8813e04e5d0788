"""A work, or a page of it, as the public may see it; what is gone is named by its title, not by its id."""

from manifests.errors import Withdrawn
from manifests.library import Library
from manifests.model import Page, Work
from server.site import html_response


def public_work(library: Library, work: str) -> Work:
    """Raises Missing where nobody may know of it, Withdrawn where it has been taken away."""
    try:
        return library.work(work)
    except Withdrawn as error:
        title = html_response.request_translator().label(library.label(work))
        raise Withdrawn("{work} has been withdrawn from the library.", work=title) from error


def public_page(library: Library, work: Work, page: str) -> Page:
    """A page of a work that is shown. Raises Missing or Withdrawn."""
    try:
        return library.page(work.id, page)
    except Withdrawn as error:
        title = html_response.request_translator().label(work.label)
        raise Withdrawn("Page {page} of {work} is no longer in the library.", page=page, work=title) from error
