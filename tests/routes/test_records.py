"""The files of records over HTTP: their bytes, as what, to whom, and that nothing in them acts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.library import Library
from manifests.model import ChangeKind
from manifests.settings import Settings
from server.app import create
from server.front_door.asgi import AsgiFrontend
from tests.metadata.record_samples import DUBLIN_CORE, METS, MODS, QUALIFIED, marc21, marcxml
from tests.routes.fakes import straight_door
from tests.routes.filled import WORK, filled, ingest
from tests.routes.test_presentation import get

FILES = {
    "mods.xml": MODS.encode(),
    "marc.xml": marcxml(),
    "marc.mrc": marc21(),
    "mets.xml": METS.encode(),
    "dc.xml": QUALIFIED.encode(),
}
ADDRESSES = {
    "mods.xml": ("record.mods.xml", "application/mods+xml"),
    "marc.xml": ("record.marc.xml", "application/marcxml+xml"),
    "marc.mrc": ("record.marc.mrc", "application/marc"),
    "mets.xml": ("record.mets.xml", "application/mets+xml"),
    "dc.xml": ("record.dcterms.xml", "application/xml"),
}
ATTACK = (
    '<?xml-stylesheet href="javascript:alert(1)"?>'
    '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Kiều</title></titleInfo>'
    '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></mods>'
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = filled(tmp_path, pages=1)
    yield opened
    opened.close()


def door_of(library: Library) -> AsgiFrontend:
    return straight_door(create(library), library.settings)


def write(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "scans" / WORK / name).write_bytes(content)


def test_every_record_is_given_out_byte_for_byte_and_named_by_the_manifest(library: Library, tmp_path: Path) -> None:
    for name, content in FILES.items():
        write(tmp_path, name, content)
    ingest(library, tmp_path / "scans" / WORK)
    for file in (tmp_path / "scans" / WORK).iterdir():
        file.unlink()  # the disk with the masters may be away
    door, named = door_of(library), set()
    for name, (address, media_type) in ADDRESSES.items():
        status, headers, body = get(door, f"/works/{WORK}/{address}")
        assert (status, headers["content-type"], body) == (200, media_type, FILES[name])
        assert headers["content-disposition"].startswith("attachment")
        named.add(f"http://library.example.org/works/{WORK}/{address}")
    for version, key in ((3, "id"), (2, "@id")):
        document = json.loads(get(door, f"/iiif/presentation/{version}/{WORK}/manifest")[2])
        assert {one[key] for one in document["seeAlso"]} == named


def test_who_has_it_is_sent_nothing_and_it_is_packed_for_who_can_unpack_it(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "mods.xml", FILES["mods.xml"])
    ingest(library, tmp_path / "scans" / WORK)
    door, path = door_of(library), f"/works/{WORK}/record.mods.xml"
    _, headers, whole = get(door, path)
    status, _, body = get(door, path, if_none_match=headers["etag"])
    assert (status, body) == (304, b"")
    _, packed, body = get(door, path, accept_encoding="gzip")
    assert packed["content-encoding"] == "gzip"
    assert len(body) < len(whole)
    assert get(door, path, "HEAD")[2] == b""


def test_what_is_written_in_it_does_not_act(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "mods.xml", ATTACK.encode())
    ingest(library, tmp_path / "scans" / WORK)
    status, headers, body = get(door_of(library), f"/works/{WORK}/record.mods.xml", accept="text/html")
    assert (status, body) == (200, ATTACK.encode())
    assert headers["content-type"] == "application/mods+xml"
    assert headers["content-disposition"].startswith("attachment")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_a_record_follows_its_work(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "mods.xml", FILES["mods.xml"])
    ingest(library, tmp_path / "scans" / WORK)
    door, path = door_of(library), f"/works/{WORK}/record.mods.xml"
    library.withdraw(WORK)
    assert get(door, path)[0] == 410
    library.publish(WORK)
    assert get(door, path)[0] == 200
    library.remove(WORK)
    assert get(door, path)[0] == 410


@pytest.mark.parametrize("address", ["record.mods.xml", "record.dc.xml", "record.toml", "record.", "record"])
def test_a_record_that_is_not_there_is_404(library: Library, tmp_path: Path, address: str) -> None:
    write(tmp_path, "dublin_core.xml", DUBLIN_CORE.encode())
    write(tmp_path, "work.toml", b'title = "x"')
    ingest(library, tmp_path / "scans" / WORK)
    assert get(door_of(library), f"/works/{WORK}/{address}")[0] == 404
    assert get(door_of(library), f"/works/no-such/{address}")[0] == 404


def test_a_record_that_has_gone_or_is_spoiled(library: Library, tmp_path: Path) -> None:
    """What it said before it was spoiled stays, and so do the bytes that said it."""
    write(tmp_path, "mods.xml", FILES["mods.xml"])
    ingest(library, tmp_path / "scans" / WORK)
    path = f"/works/{WORK}/record.mods.xml"
    write(tmp_path, "mods.xml", b"<mods")
    ingest(library, tmp_path / "scans" / WORK)
    assert get(door_of(library), path)[2] == FILES["mods.xml"]
    (tmp_path / "scans" / WORK / "mods.xml").unlink()
    ingest(library, tmp_path / "scans" / WORK)
    assert get(door_of(library), path)[0] == 404


def test_other_bytes_are_a_change_for_harvesters_even_where_no_line_differs(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "mods.xml", FILES["mods.xml"])
    ingest(library, tmp_path / "scans" / WORK)
    before = library.changes()
    ingest(library, tmp_path / "scans" / WORK)
    assert library.changes() == before
    write(tmp_path, "mods.xml", FILES["mods.xml"] + b"<!-- checked -->")
    ingest(library, tmp_path / "scans" / WORK)
    assert [change.kind for change in library.changes()[len(before) :]] == [ChangeKind.UPDATED]
    assert get(door_of(library), f"/works/{WORK}/record.mods.xml")[2].endswith(b"<!-- checked -->")


def test_a_library_may_keep_them_to_itself(tmp_path: Path) -> None:
    library = filled(tmp_path, pages=1, settings=Settings(languages=("en",), share_records=False))
    write(tmp_path, "mods.xml", FILES["mods.xml"])
    ingest(library, tmp_path / "scans" / WORK)
    door = door_of(library)
    assert get(door, f"/works/{WORK}/record.mods.xml")[0] == 404
    assert b"seeAlso" not in get(door, f"/iiif/presentation/3/{WORK}/manifest")[2]
    library.close()
