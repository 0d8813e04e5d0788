"""What `show` tells of a record: each thing with the source that says it."""

from manifests.metadata.merging import merged
from manifests.metadata.record import Entry, Place, Record, SourceRecord
from server.cli.described import PROPERTIES, record_lines, record_row
from server.language.translator import Translator
from tests.metadata.record_samples import FULL

TOLD = merged(
    [
        SourceRecord("mods", "mods.xml", FULL),
        SourceRecord("table", "metadata.csv:3", Record(entries=(Entry("date", {"vi": ("1866",)}),))),
    ]
)


def test_each_thing_is_told_with_its_source() -> None:
    lines = record_lines(Translator("vi"), TOLD)
    assert "  Tác giả: Nguyễn Du  [mods.xml]" in lines
    assert "  Năm xuất bản: 1866 (vi)  [metadata.csv:3]" in lines
    pages = len(FULL.pages)  # of one source: one line
    among_the_pages = len(["targets"])
    assert len(lines) == len(TOLD.origins) - pages + 1 - among_the_pages


def test_every_property_of_a_record_has_its_line() -> None:
    assert PROPERTIES.keys() | {"entries", "pages", "files", "targets"} == {*Record.__dataclass_fields__}


def test_a_program_is_told_the_record_and_its_sources() -> None:
    row = record_row(TOLD)
    assert row is not None
    assert row["label"] == {"vi": ["Truyện Kiều"]}
    assert row["sources"]["metadata:date"] == "metadata.csv:3"
    assert record_row(merged([])) is None


def test_nothing_in_a_record_moves_the_cursor_of_a_terminal() -> None:
    lines = record_lines(Translator("en"), merged([SourceRecord("mods", "m", Record(label={"none": ("\x1b[2J",)}))]))
    assert "\x1b" not in "".join(lines)


def test_coordinates_are_told_as_they_are_written() -> None:
    point, box = Place(107.5909, 16.4637, 107.5909, 16.4637), Place(102.1, 8.5, 109.5, 23.4)
    told = merged([SourceRecord("mods", "mods.xml", Record(places=(point, box)))])
    assert record_lines(Translator("vi"), told) == [
        "  Tọa độ: 16.4637, 107.5909 | 8.5, 102.1 – 23.4, 109.5  [mods.xml]"
    ]
