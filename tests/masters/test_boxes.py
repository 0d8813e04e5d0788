"""Boxes are read as far as the file goes, and what says that it is longer breaks off."""

import struct
from pathlib import Path

import pytest

from server.masters.boxes import boxes_of
from server.masters.refusal import MasterRefused


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def refused(file: Path) -> str:
    with pytest.raises(MasterRefused) as error:
        list(boxes_of(file))
    return error.value.findings[0].code


def test_boxes_follow_each_other_and_hold_others(tmp_path: Path) -> None:
    file = written(tmp_path / "a", box(b"aaaa", b"1234") + box(b"outs", b"\0\0\0\0" + box(b"inne", b"56")))
    first, outside = boxes_of(file)
    assert (first.kind, first.content()) == (b"aaaa", b"1234")
    assert [(inner.kind, inner.content()) for inner in outside.boxes(4)] == [(b"inne", b"56")]
    assert outside.first(b"none", 4) is None


def test_a_box_may_be_long_or_go_to_the_end(tmp_path: Path) -> None:
    long = struct.pack(">I4sQ", 1, b"long", 18) + b"56"
    file = written(tmp_path / "a", long + struct.pack(">I4s", 0, b"last") + b"to the end")
    assert [found.content() for found in boxes_of(file)] == [b"56", b"to the end"]


def test_a_box_longer_than_the_file_breaks_off(tmp_path: Path) -> None:
    assert refused(written(tmp_path / "a", struct.pack(">I4s", 100, b"mdat") + b"short")) == "truncated"
    assert refused(written(tmp_path / "a", struct.pack(">I4s", 1, b"mdat") + b"s")) == "truncated"


def test_a_box_shorter_than_its_head_is_none(tmp_path: Path) -> None:
    assert refused(written(tmp_path / "a", struct.pack(">I4s", 4, b"none") + b"short")) == "unreadable"


def test_a_few_bytes_behind_the_last_box_are_passed_over(tmp_path: Path) -> None:
    assert len(list(boxes_of(written(tmp_path / "a", box(b"aaaa", b"") + b"\0\0\0")))) == 1
