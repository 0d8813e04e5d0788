"""Which files the manifests name for people and for programs."""

from dataclasses import replace
from typing import Any

from manifests.addresses import Addresses
from manifests.presentation import v2, v3
from tests.presentation.make import page, work

HERE = Addresses("https://example.org")
WORK = replace(work(), text="book.words")


def both(text: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    leaves, of = [replace(page("p1"), text=text)], replace(WORK, text=text)
    return v3.manifest(of, leaves, HERE), v2.manifest(of, leaves, HERE)


def listed(value: Any) -> list[tuple[str, str]]:
    values = value if isinstance(value, list) else [value]
    return [(one.get("id") or one["@id"], one["format"]) for one in values]


def test_a_work_can_be_taken_home_as_a_pdf_and_as_text() -> None:
    files = [
        (f"{HERE.base}/works/Sach-co.pdf", "application/pdf"),
        (f"{HERE.base}/works/Sach-co/text.txt", "text/plain"),
    ]
    for manifest in both("alto"):
        assert listed(manifest["rendering"]) == files


def test_a_work_without_text_can_be_taken_home_as_a_pdf_alone() -> None:
    for manifest in both(None):
        assert listed(manifest["rendering"]) == [(f"{HERE.base}/works/Sach-co.pdf", "application/pdf")]


def test_a_page_offers_its_text_to_people_and_its_alto_to_programs_that_look_for_its_profile() -> None:
    pages = f"{HERE.base}/works/Sach-co/pages/p1"
    new, old = both("alto")
    canvases = new["items"][0], old["sequences"][0]["canvases"][0]
    for canvas in canvases:
        assert listed(canvas["rendering"]) == [(f"{pages}.txt", "text/plain")]
        assert listed(canvas["seeAlso"]) == [(f"{pages}.alto.xml", "application/xml")]
    for alto in (canvases[0]["seeAlso"][0], canvases[1]["seeAlso"]):
        assert alto["profile"].startswith("http://www.loc.gov/standards/alto/")


def test_text_that_never_had_places_is_not_offered_to_programs_that_would_place_it() -> None:
    new, old = both("plain")
    assert "seeAlso" not in new["items"][0]
    assert "seeAlso" not in old["sequences"][0]["canvases"][0]
