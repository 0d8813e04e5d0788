"""RIS, read back by another program."""

from dataclasses import replace

import pytest
import rispy

from manifests.citing import ris
from manifests.citing.kinds import Kind
from manifests.citing.reference import Reference
from tests.citing.make import an_issue, hostile, refer_to


def read(of: Reference) -> dict[str, object]:
    [entry] = rispy.loads(ris.write(of))
    assert isinstance(entry, dict)
    return entry


def test_a_program_reads_what_the_record_says() -> None:
    entry = read(refer_to())
    assert entry["type_of_reference"] == "BOOK"
    assert entry["authors"] == ["Nguyễn Du"]
    assert entry["secondary_authors"] == ["Đào Duy Anh", "Viện Văn học"]
    assert (entry["title"], entry["translated_title"]) == ("Truyện Kiều", "傳翹")
    assert (entry["place_published"], entry["publisher"], entry["year"]) == ("Hà Nội", "Liễu Văn đường", "1866")
    assert (entry["doi"], entry["call_number"]) == ("10.1234/vnb60", "VNb.60")
    assert entry["urls"] == ["https://library.example/works/Kieu"]
    assert entry["keywords"] == ["Thơ Nôm"]
    assert entry["notes"] == ["Tự Đức thập cửu niên (1866)"]


def test_an_issue_has_its_day_and_the_newspaper_that_it_is_of() -> None:
    entry = read(an_issue())
    assert (entry["type_of_reference"], entry["year"], entry["date"]) == ("NEWS", "1917", "1917/07/01/")
    assert entry["secondary_title"] == "Nam Phong"
    assert read(replace(an_issue(), date="7/1917"))["date"] == "1917/07//"


def test_what_the_record_does_not_say_has_no_line() -> None:
    assert all(len(line) > len("TY  - ") or line == "ER  - " for line in ris.write(refer_to()).splitlines())
    assert "notes" not in read(replace(refer_to(), date="1866"))


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_type(kind: Kind) -> None:
    assert read(replace(refer_to(), kind=kind))["type_of_reference"]


def test_no_text_of_a_record_makes_a_line_of_its_own() -> None:
    lines = ris.write(hostile()).splitlines()
    assert all(line[2:6] == "  - " for line in lines)
    assert [line[:2] for line in lines if line.startswith(("TY", "ER"))] == ["TY", "ER"]
    assert "forged" in str(read(hostile())["title"])
