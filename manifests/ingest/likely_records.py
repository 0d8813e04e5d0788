"""Files that nothing reads and that look like records: under which name, or in which format, they would be read.

A record is read under one name (`RECORD_FILES`, `SHEET_FILES`), for a file beside the scans may be anything; programs
call their exports by the number of the record or by the library's own words.
"""

from collections.abc import Mapping
from pathlib import Path

from manifests.metadata import RECORD_FILES, SHEET_FILES
from manifests.text.xml import root_name

_HEAD = 8192
_DSPACE = "metadata_"
"""Further schemas of DSpace beside `dublin_core.xml`: another name would take its place."""
_BY_ENDING: Mapping[str, str] = {
    ".mrc": "marc.mrc",
    ".marc": "marc.mrc",
    ".mrk": "marc.xml, marc.mrc",
    ".json": "marc.xml, marc.mrc",
    ".xls": "metadata.xlsx",
    ".xlsx": "metadata.xlsx",
    ".ods": "metadata.xlsx",
    ".csv": "metadata.csv",
    ".tsv": "metadata.csv",
}
_BY_ROOT: Mapping[str, str] = {
    "mets": "mets.xml",
    "mods": "mods.xml",
    "modsCollection": "mods.xml",
    "record": "marc.xml",
    "dublin_core": "dublin_core.xml",
    "dc": "dc.xml",
}


def name_for(file: Path) -> str | None:
    """Under which name it would be read, one of several with commas; None where it looks like no record."""
    name, ending = file.name.lower(), file.suffix.lower()
    if name in RECORD_FILES or name in SHEET_FILES:
        return None
    if (ending == ".json" and "marc" not in name) or name.startswith(_DSPACE):
        return None
    return _by_root(file) if ending == ".xml" else _BY_ENDING.get(ending)


def _by_root(file: Path) -> str | None:
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            root = root_name(stream.read(_HEAD))
    except OSError:
        return None  # whoever reads it says so
    return _BY_ROOT.get(root or "")
