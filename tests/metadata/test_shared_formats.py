"""Which files of records others may have, and as what."""

import pytest

from manifests.metadata import RECORD_READERS
from manifests.metadata.shared_formats import SHARED_FORMATS, format_with, shared_as
from tests.metadata.record_samples import DUBLIN_CORE, METS, MODS, QUALIFIED, marc21, marcxml


@pytest.mark.parametrize(
    ("reader", "content", "name"),
    [
        ("mods", MODS.encode(), "MODS"),
        ("mets", METS.encode(), "METS"),
        ("marcxml", marcxml(), "MARCXML"),
        ("marc21", marc21(), "MARC 21"),
        ("dublin-core", QUALIFIED.encode(), "DCMI Metadata Terms"),
        ("dublin-core", QUALIFIED.replace("dcterms:", "dc:").encode(), "Dublin Core"),
    ],
)
def test_a_record_is_given_out_as_what_it_is(reader: str, content: bytes, name: str) -> None:
    assert shared_as(reader, content) == name


@pytest.mark.parametrize(
    ("reader", "content"),
    [
        ("dublin-core", DUBLIN_CORE.encode()),
        ("mods", MODS.replace("http://www.loc.gov/mods/v3", "urn:x").encode()),
        ("mods", b"<mods"),
        ("dublin-core", b""),
        ("work.toml", b'title = "x"'),
        ("table", b""),
    ],
)
def test_what_is_only_like_a_format_is_not_given_out_as_one(reader: str, content: bytes) -> None:
    """DSpace's export, for one, names who submitted the work."""
    assert shared_as(reader, content) == ""


def test_each_format_has_a_reader_and_an_address_of_its_own() -> None:
    assert {one.reader for one in SHARED_FORMATS.values()} <= {reader.NAME for reader in RECORD_READERS}
    assert [format_with(one.extension) for one in SHARED_FORMATS.values()] == list(SHARED_FORMATS.values())
    assert format_with("toml") is None


def test_the_profiles_are_those_of_the_registry_where_it_has_one() -> None:
    profiles = {name: one.profile for name, one in SHARED_FORMATS.items()}
    assert profiles["MODS"] == "http://www.loc.gov/mods/v3"
    assert profiles["MARCXML"] == "http://www.loc.gov/standards/marcxml"
    assert profiles["DCMI Metadata Terms"] == "http://purl.org/dc/terms/"
