"""Several records as one: who wins, thing by thing, and who is said to have won."""

from dataclasses import fields

from manifests.metadata.merging import FOLDER, STRENGTH, merged
from manifests.metadata.record import Entry, PageNote, Record, SourceRecord
from tests.metadata.record_samples import FULL


def source(name: str, **said: object) -> SourceRecord:
    return SourceRecord(name, f"of {name}", Record(**said))  # type: ignore[arg-type]


def test_what_one_record_says_is_said_whole() -> None:
    told = merged([SourceRecord("mods", "mods.xml", FULL, "MODS")])
    assert told.record == FULL
    assert [f.name for f in fields(Record) if not getattr(FULL, f.name)] == []
    assert set(told.origins.values()) == {"mods.xml"}


def test_the_stronger_source_says_a_thing_alone_and_the_weaker_fills_what_is_left() -> None:
    strong = source("work.toml", label={"vi": ("Kiều",)}, entries=(Entry("creator", {"vi": ("N. Du",)}),))
    told = merged([SourceRecord("dublin-core", "dc.xml", FULL), strong])
    assert told.record.label == {"vi": ("Kiều",)}
    assert [(entry.field, entry.values) for entry in told.record.entries] == [
        ("creator", {"vi": ("N. Du",)}),
        ("Thợ khắc", {"none": ("Một người",)}),
    ]
    assert told.origins["label"] == told.origins["metadata:creator"] == "of work.toml"
    assert told.origins["metadata:Thợ khắc"] == told.origins["rights"] == "dc.xml"


def test_the_order_of_the_sources_does_not_matter() -> None:
    sources = [source(name, label={"none": (name,)}) for name in STRENGTH]
    assert merged(sources) == merged(reversed(sources))
    assert merged(sources).record.label == {"none": ("work.toml",)}


def test_the_folder_gives_the_title_where_no_record_does() -> None:
    told = merged([source(FOLDER, label={"none": ("Kieu 1",)}), source("mods", rights=FULL.rights)])
    assert (told.record.label, told.record.rights) == ({"none": ("Kieu 1",)}, FULL.rights)


def test_each_page_is_described_by_the_strongest_that_knows_it() -> None:
    strong = source("table", pages=(PageNote("1", {"none": ("1a",)}),))
    weak = source("mets", pages=(PageNote("1", {"none": ("[1]",)}), PageNote("2", {"none": ("[2]",)})))
    told = merged([weak, strong])
    assert {note.page: note.label["none"] for note in told.record.pages} == {"1": ("1a",), "2": ("[2]",)}
    assert told.origins["pages:2"] == "of mets"


def test_known_lines_stand_in_the_order_of_a_catalogue_card() -> None:
    lines = tuple(Entry(name, {"none": ("x",)}) for name in ("Khác", "subject", "date", "creator", "title"))
    told = merged([source("mods", entries=lines)])
    assert [entry.field for entry in told.record.entries] == ["creator", "date", "subject", "Khác"]


def dated(*lines: str, **stated: str) -> Record:
    return Record(entries=tuple(Entry("date", {"none": (line,)}) for line in lines), **stated)


def test_a_date_follows_from_its_line_and_a_moment_from_the_date() -> None:
    found = merged([SourceRecord("mods", "mods.xml", dated("Tự Đức 19 (1866)"))])
    assert (found.record.date, found.record.nav_date) == ("1866", "1866-01-01T00:00:00Z")
    assert (found.origins["date"], found.origins["nav_date"]) == ("mods.xml", "mods.xml")


def test_a_date_that_is_stated_counts_and_a_doubtful_one_has_no_moment() -> None:
    stated = SourceRecord("table", "metadata.csv:2", Record(date="1866~"))
    found = merged([SourceRecord("mods", "mods.xml", dated("1870")), stated])
    assert (found.record.date, found.record.nav_date, found.origins["date"]) == ("1866~", "", "metadata.csv:2")
    assert "nav_date" not in found.origins


def test_a_line_that_is_no_date_gives_none() -> None:
    assert merged([SourceRecord("mods", "mods.xml", dated("s.d."))]).record.date == ""
