"""How long each kind of thing may be kept without asking again (RFC 9111 section 5.2.2).

Three kinds are settings, because a library may know better. Two are not: what bears the digest of its content in its
address never changes there, and a page of ours speaks the language of one reader. An error is never kept: a work that
is published now must show now.
"""

from dataclasses import dataclass

from manifests.settings import Settings

DAY = 24 * 3600
YEAR = 365 * DAY

NAMED_BY_CONTENT = f"public, max-age={YEAR}, immutable"
"""A file of ours whose address holds the digest of its content."""
FILES = f"public, max-age={DAY}"
"""One whose address holds none: the fonts, which style sheets name."""
PAGES = "private, no-cache"
ERRORS = "no-store"


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """The words of Cache-Control for each kind."""

    documents: str
    """info.json, manifests, canvases, collections, answers to a search."""
    tiles: str
    """What is sent as it lies in a pyramid."""
    images: str
    """What is computed from one."""


def cache_policy(settings: Settings) -> CachePolicy:
    return CachePolicy(
        documents=kept_for(settings.keep_documents),
        tiles=kept_for(settings.keep_tiles),
        images=kept_for(settings.keep_images),
    )


def kept_for(seconds: int) -> str:
    """0: kept, but shown only after asking, so that a change to the library shows at once."""
    return f"public, max-age={seconds}" if seconds else "public, no-cache"
