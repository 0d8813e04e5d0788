"""A work and a page for search engines: what the record says, and nothing else."""

from dataclasses import replace

import pytest

from manifests.citing import schema_org
from manifests.citing.kinds import Kind
from manifests.metadata.record import Record
from tests.citing.make import an_issue, refer_to

HOME = "https://library.example/"


def test_a_work_is_told_with_its_makers_languages_licence_and_collections() -> None:
    told = schema_org.of_work(refer_to(), "Thư viện số", HOME, 10, "https://library.example/1.jpg")
    assert (told["@context"], told["@type"], told["@id"]) == (
        "https://schema.org",
        "Book",
        "https://library.example/works/Kieu",
    )
    assert (told["name"], told["alternateName"]) == ("Truyện Kiều", ["傳翹", "Kim-Vân-Kiều"])
    assert told["author"] == [{"@type": "Person", "name": "Nguyễn Du"}]
    assert told["contributor"][1] == {"@type": "Organization", "name": "Viện Văn học"}
    assert (told["datePublished"], told["numberOfPages"], told["inLanguage"]) == ("1866", 10, ["vi-Hani", "fr"])
    assert told["license"] == "http://creativecommons.org/publicdomain/mark/1.0/"
    assert told["provider"] == {"@type": "Library", "name": "Thư viện tỉnh"}
    assert told["isPartOf"] == [
        {"@type": "Collection", "name": "Thư viện số", "@id": HOME, "url": HOME},
        {"@type": "Collection", "name": "Truyện Nôm"},
    ]


def test_nothing_is_claimed_that_the_record_does_not_say() -> None:
    told = schema_org.of_work(refer_to(Record(), {"none": ("Bản đồ",)}), "Thư viện số", HOME, 1)
    assert set(told) == {
        "@context", "@type", "@id", "url", "name", "provider", "isAccessibleForFree", "isPartOf",
    }  # fmt: skip
    assert told["@type"] == "CreativeWork"


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_type(kind: Kind) -> None:
    told = schema_org.of_work(replace(refer_to(), kind=kind), "x", HOME, 3)
    assert told["@type"][0].isupper()
    assert ("numberOfPages" in told) == (kind is Kind.BOOK)  # schema.org knows it of books alone


def test_a_page_is_part_of_its_work() -> None:
    told = schema_org.of_page(refer_to(), "https://library.example/works/Kieu/pages/2", "Trang 2", 2)
    assert (told["name"], told["position"]) == ("Trang 2", 2)
    assert told["isPartOf"] == {"@type": "Book", "@id": "https://library.example/works/Kieu", "name": "Truyện Kiều"}


def test_an_issue_is_told_with_its_day_and_the_newspaper_that_it_is_of() -> None:
    told = schema_org.of_work(an_issue(), "Thư viện số", HOME, 4)
    assert (told["@type"], told["datePublished"]) == ("PublicationIssue", "1917-07-01")
    assert {"@type": "Periodical", "name": "Nam Phong"} in told["isPartOf"]
