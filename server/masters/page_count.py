"""How many pages a master holds: told by its directories or its catalogue, no pixel read. And with that what identifies
it, where it has to be read whole.
"""

from dataclasses import replace
from pathlib import Path

from manifests.model import MasterHash, PageCount
from server.masters.decoding import count_pages
from server.masters.hashing import hash_master, why_unread
from server.masters.refusal import MasterRefused


def count(file: Path) -> PageCount:
    """Never raises for what is wrong with the file: its pages say that, or a finding that it is not to be had."""
    try:
        return PageCount(count_pages(file))
    except MasterRefused:
        return PageCount(None)
    except OSError as error:
        return PageCount(None, why_unread(error))


def hash_and_count(file: Path) -> MasterHash:
    found = hash_master(file)
    return replace(found, pages=count(file).pages) if found.sha256 is not None else found
