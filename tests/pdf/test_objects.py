"""The objects of a PDF: where they are said to be, and how values are written."""

import re
import zlib

import pytest

from server.pdf.objects import PdfWriter, number, text


def test_the_table_says_where_each_object_begins_whatever_the_order_they_were_written_in() -> None:
    writer = PdfWriter()
    first, second, third = (writer.number() for _ in range(3))
    content = writer.head() + writer.plain(third, "<<>>") + writer.packed(first, b"words") + writer.plain(second, "[]")
    file = content + b"".join(writer.tail(second, third, "0" * 32))

    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n$", file)[0])
    assert file[start:].startswith(b"xref\n0 4\n0000000000 65535 f \n")
    places = [int(row[:10]) for row in file[start:].split(b"\n")[3:6]]
    assert [file[place:].split(b" ", 1)[0] for place in places] == [b"1", b"2", b"3"]


def test_the_length_of_a_stream_is_that_of_its_bytes() -> None:
    writer = PdfWriter()
    written = writer.stream(writer.number(), "/A/B", (b"one", memoryview(b"two")))
    assert written == b"1 0 obj\n<</A/B/Length 6>>\nstream\nonetwo\nendstream\nendobj\n"
    packed = writer.packed(writer.number(), b"words" * 100)
    body = packed.partition(b"stream\n")[2].partition(b"\nendstream")[0]
    assert zlib.decompress(body) == b"words" * 100
    assert f"/Length {len(body)}>>".encode() in packed


def test_a_table_of_many_objects_comes_in_parts() -> None:
    writer = PdfWriter()
    for _ in range(10_000):
        writer.plain(writer.number(), "<<>>")
    parts = list(writer.tail(1, 1, "0" * 32))
    assert max(map(len, parts)) < 100_000
    assert b"".join(parts).count(b" n \n") == 10_000


@pytest.mark.parametrize("value", ["", "Truyện Kiều", "(a) \\ )", "𠊛", "a\nb"])
def test_a_text_is_written_so_that_nothing_in_it_is_syntax(value: str) -> None:
    written = text(value)
    assert re.fullmatch("<[0-9A-Fa-f]*>", written)
    assert bytes.fromhex(written[1:-1]).decode("utf-16") == value


def test_half_a_pair_of_surrogates_breaks_no_text() -> None:
    assert bytes.fromhex(text("a\ud840b")[1:-1]).decode("utf-16") == "a?b"


@pytest.mark.parametrize(
    ("value", "written"), [(1, "1"), (0.5, "0.5"), (100, "100"), (-0.0004, "-0"), (1e9, "1000000000"), (1 / 3, "0.333")]
)
def test_a_number_has_no_exponent(value: float, written: str) -> None:
    assert number(value) == written
