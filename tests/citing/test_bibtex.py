"""BibTeX, read back by another program, and harmless to be typeset."""

import re
from dataclasses import replace

import pytest
from pybtex.database import Entry, parse_string

from manifests.citing import bibtex
from manifests.citing.kinds import Kind
from manifests.citing.reference import Reference
from tests.citing.make import an_issue, hostile, refer_to


def read(of: Reference) -> Entry:
    [entry] = parse_string(bibtex.write(of), "bibtex").entries.values()
    return entry


def test_a_program_reads_what_the_record_says() -> None:
    entry = read(refer_to())
    assert (entry.type, entry.key) == ("book", "Kieu")
    assert [str(person) for person in entry.persons["author"]] == ["{Nguyễn Du}"]
    fields = entry.fields
    assert (fields["title"], fields["year"], fields["publisher"]) == ("{Truyện Kiều}", "1866", "Liễu Văn đường")
    assert (fields["note"], fields["url"]) == ("Thư viện tỉnh, VNb.60", "https://library.example/works/Kieu")


def test_a_name_that_the_record_turns_has_a_family_and_others_stay_whole() -> None:
    names = ("Balzac, Honoré de", "Nguyễn Du", "Smith and Sons", "Viện Sử học, Ban Hán, Nôm")
    written = read(replace(refer_to(), authors=names)).persons["author"]
    assert [str(person) for person in written] == [
        "Balzac, Honoré de",
        "{Nguyễn Du}",
        "{Smith and Sons}",
        "{Viện Sử học, Ban Hán, Nôm}",
    ]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [(Kind.BOOK, "book"), (Kind.MANUSCRIPT, "unpublished"), (Kind.THESIS, "phdthesis"), (Kind.MAP, "misc")],
)
def test_a_kind_is_a_type_that_every_style_knows(kind: Kind, type_: str) -> None:
    assert read(replace(refer_to(), kind=kind)).type == type_


def test_a_date_of_more_than_one_year_stands_as_it_is_written() -> None:
    assert read(replace(refer_to(), date="1866–1870")).fields["year"] == "1866–1870"


def test_a_key_holds_what_a_key_may() -> None:
    assert read(replace(refer_to(), work="Sach_co.1")).key == "Sach-co.1"


def test_nothing_in_a_record_is_obeyed() -> None:
    written = bibtex.write(hostile())
    entry = read(hostile())
    assert "forged" in entry.fields["title"]
    assert entry.fields["note"].startswith("a \\textbraceright{}")
    assert not re.search(r"\\(?!text(backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|[#$%&_])", written)
    assert written.count("{") == written.count("}")
    assert len(written.splitlines()) == len(entry.fields) + 3  # and the author, the first line and the last


def test_an_issue_has_its_day_and_the_newspaper_that_it_is_of() -> None:
    fields = read(an_issue()).fields
    assert (fields["year"], fields["date"], fields["journal"]) == ("1917", "1917-07-01", "Nam Phong")
