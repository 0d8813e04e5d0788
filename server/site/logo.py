"""The logo of whoever gives a work or a collection, which may lie on a server of theirs, in the security policy."""

import re
from urllib.parse import quote, urlsplit

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


def logo_source(logo: str) -> str:
    """What lets the logo of whoever gives a work be seen, which lies on a server of theirs; empty where there is none.

    That one picture is allowed, and nothing else from there: a record is no place to name hosts that are to hear of
    every reader. A source of the policy knows no query (CSP 3, section 6.7.2.8).
    """
    try:
        parts = urlsplit(logo)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}{quote(parts.path, safe='/%~')}"
