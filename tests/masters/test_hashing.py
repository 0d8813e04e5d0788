"""The hash of a master: of its bytes, with the length and time that go with them; what cannot be read is a finding."""

import hashlib
from pathlib import Path

from server.masters.hashing import hash_master


def test_a_master_is_known_by_its_bytes_length_and_time(tmp_path: Path) -> None:
    file = tmp_path / "1.tif"
    file.write_bytes(b"bytes")
    found = hash_master(file)
    assert (found.sha256, found.finding) == (hashlib.sha256(b"bytes").hexdigest(), None)
    assert (found.length, found.mtime) == (5, file.stat().st_mtime_ns)


def test_what_has_gone_or_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    loop = tmp_path / "loop.tif"
    loop.symlink_to(loop)
    for file, code in ((tmp_path / "gone.tif", "vanished"), (loop, "no-access"), (tmp_path, "no-access")):
        found = hash_master(file)
        assert (found.sha256, found.finding and found.finding.code) == (None, code)
