"""What befalls files on a disk, and who looks on while they are read."""

import os
from pathlib import Path


def rot(file: Path) -> None:
    """One bit is another one; nobody has written the file, as far as its length and time tell."""
    seen = file.stat()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


class Onlooker:
    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def checking(self, done: int, of: int) -> None:
        self.steps.append((done, of))


class Stopped(Exception):
    """The check is ended from outside."""


class StopsBehind(Onlooker):
    """Ends the check when so many files have been read."""

    def __init__(self, files: int) -> None:
        super().__init__()
        self.files = files

    def checking(self, done: int, of: int) -> None:
        super().checking(done, of)
        if len(self.steps) > self.files:
            raise Stopped
