"""What a digest says of a file, held against the catalogue."""

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manifests.fixity.held_files import HeldFile
from manifests.fixity.judgement import judge
from manifests.fixity.reading import FileDigest
from manifests.model import FileKind, Fixity

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def judged(kind: FileKind, found: FileDigest | OSError) -> tuple[Fixity, str | None]:
    def read(_: Path) -> FileDigest:
        if isinstance(found, OSError):
            raise found
        return found

    held = HeldFile(kind, "", "file", Path("file"), "abc", length=10, mtime=7)
    verdict = judge(held, read, lambda: NOW)
    assert (verdict.check.checked, verdict.check.digest) == (NOW, "abc")
    return verdict.check.verdict, verdict.finding.code if verdict.finding is not None else None


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_with_the_digest_it_had_is_sound_whatever_its_time(kind: FileKind) -> None:
    assert judged(kind, FileDigest("abcdef", 10, 9)) == (Fixity.SOUND, None)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (FileKind.MASTER, "master-damaged"),
        (FileKind.PYRAMID, "pyramid-damaged"),
        (FileKind.TEXT, "words-damaged"),
        (FileKind.OCR, "ocr-damaged"),
    ],
)
def test_a_file_that_nobody_wrote_and_that_is_another_one_is_damaged(kind: FileKind, code: str) -> None:
    assert judged(kind, FileDigest("abd", 10, 7)) == (Fixity.DAMAGED, code)


@pytest.mark.parametrize("found", [FileDigest("abd", 11, 7), FileDigest("abd", 10, 8)])
def test_a_master_with_another_length_or_time_has_been_replaced(found: FileDigest) -> None:
    assert judged(FileKind.MASTER, found) == (Fixity.CHANGED, "master-changed")


def test_what_is_ours_alone_is_damaged_whatever_its_time() -> None:
    assert judged(FileKind.PYRAMID, FileDigest("abd", 11, 8)) == (Fixity.DAMAGED, "pyramid-damaged")


@pytest.mark.parametrize("code", [errno.ENOENT, errno.ENOTDIR])
def test_what_is_not_there_is_missing(code: int) -> None:
    assert judged(FileKind.MASTER, OSError(code, "gone")) == (Fixity.MISSING, "master-missing")
    assert judged(FileKind.PYRAMID, OSError(code, "gone")) == (Fixity.MISSING, "pyramid-missing")


def test_what_the_disk_does_not_give_is_damaged() -> None:
    assert judged(FileKind.MASTER, OSError(errno.EIO, "Input/output error")) == (Fixity.DAMAGED, "disk-unread")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.ESTALE, errno.ELOOP, errno.EMFILE, errno.ETIMEDOUT])
def test_of_what_the_system_does_not_let_be_read_nothing_is_known(code: int) -> None:
    assert judged(FileKind.MASTER, OSError(code, "refused")) == (Fixity.UNREAD, "not-read")
    assert judged(FileKind.PYRAMID, OSError(code, "refused")) == (Fixity.UNREAD, "not-read")
