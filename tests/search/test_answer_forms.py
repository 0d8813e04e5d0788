"""One page of an answer in the words of both versions of Content Search: its place among others, and its texts."""

from typing import Any

import pytest

from manifests.errors import Unsupported
from manifests.model import Box, Hit, Tier
from manifests.search.answer_forms import of_version
from manifests.search.answer_page import AnswerPage, Manifest, PlacedHit


def worded(version: int, hit: Hit, manifest: Manifest | None = None, **ways: Any) -> dict[str, Any]:
    page = {"start": 0, "total": 1, "address": "a", "first": "f", "last": None, "next": None, "previous": None}
    placed = [PlacedHit(hit, ["canvas#xywh=1,2,3,4"], manifest)]
    return of_version(version, AnswerPage(placed, **(page | {"ignored": []} | ways)))


def hit(text: str) -> Hit:
    return Hit("sach", "1", Tier.EXACT, (Box(1, 2, 3, 4),), text, text, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <b> c", "a &lt;b> c"),
        ("1 < 2 & 3", "1 &lt; 2 & 3"),
        ("&lt;", "&amp;lt;"),
        ("&#60; R&D;", "&amp;#60; R&amp;D;"),
    ],
)
@pytest.mark.parametrize("manifest", [None, Manifest("m", {"none": ["Sách"]})])
def test_what_mirador_would_take_for_html_is_escaped_in_version_1_alone(
    text: str, shown: str, manifest: Manifest | None
) -> None:
    (old,) = worded(1, hit(text), manifest)["hits"]
    assert (old["before"], old["match"], old["after"]) == (shown, shown, shown)
    (match,) = worded(2, hit(text), manifest)["annotations"][0]["items"]
    assert match["target"]["selector"][0]["exact"] == text


def test_the_manifest_of_a_canvas_is_named_where_there_is_one() -> None:
    label = {"vi": ["Sách"], "fr": ["Livre"]}
    old, new = (worded(version, hit("x"), Manifest("m", label)) for version in (1, 2))
    said = [{"@value": "Sách", "@language": "vi"}, {"@value": "Livre", "@language": "fr"}]
    assert old["resources"][0]["on"]["within"] == {"@id": "m", "@type": "sc:Manifest", "label": said}
    assert new["items"][0]["target"]["partOf"] == {"id": "m", "type": "Manifest", "label": label}
    assert worded(1, hit("x"))["resources"][0]["on"] == worded(2, hit("x"))["items"][0]["target"]


@pytest.mark.parametrize("version", [1, 2])
def test_a_page_of_which_neither_total_nor_last_is_known_says_neither(version: int) -> None:
    found = worded(version, hit("x"), next="n", total=None)
    whole = found["within" if version == 1 else "partOf"]
    assert ("total" in whole, "last" in whole, "first" in whole) == (False, False, True)
    assert found["next"] == ("n" if version == 1 else {"id": "n", "type": "AnnotationPage"})
    assert "prev" not in found


def test_there_is_no_third_version() -> None:
    with pytest.raises(Unsupported):
        worded(3, hit("x"))
