"""Identifiers: what a name becomes, and that every address stands on it alone."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests import ids
from manifests.addresses import Addresses


@given(st.text(max_size=200))
def test_whatever_the_name_the_id_is_one_or_there_is_none(name: str) -> None:
    plain = ids.slug(name)
    assert plain == "" or ids.is_id(plain)
    assert ids.slug(plain) == plain


@given(st.text(max_size=60), st.text(max_size=120))
def test_a_name_told_apart_is_an_id_too(name: str, path: str) -> None:
    assert ids.is_id(ids.with_suffix(ids.slug(name) or "work", hashlib.sha256(path.encode()).hexdigest()[:6]))


@pytest.mark.parametrize("text", ["", "-a", ".a", "_a", "a b", "a/b", "a~b", "à", "x" * 101, "a\n"])
def test_what_is_no_identifier(text: str) -> None:
    assert not ids.is_id(text)


def test_an_image_is_a_work_and_a_page() -> None:
    assert ids.image_id("map", "map") == "map~map"
    assert ids.split_image("Sach-co~0001.tif") == ("Sach-co", "0001.tif")


@pytest.mark.parametrize("text", ["", "~", "map", "map~", "~map", "a~b~c", "map%7Emap", "../x~y", "a/b~c"])
def test_what_is_no_image(text: str) -> None:
    assert ids.split_image(text) is None


def test_every_address_begins_with_the_base_and_writes_the_tilde_bare() -> None:
    here = Addresses("https://library.example.org/mocban")
    made = [
        here.home(),
        here.work_page("map"),
        here.image(3, "map~map"),
        here.manifest(2, "map"),
        here.canvas("map", "map"),
        here.annotations("map", "map", "line"),
        here.collection(3, "top", after="map"),
        here.search(2, "map"),
    ]
    assert all(address.startswith(here.base + "/") for address in made)
    assert not any("%7E" in address for address in made)


def test_a_canvas_has_one_address_in_both_versions() -> None:
    assert Addresses("http://x").canvas("w", "p") == "http://x/iiif/presentation/3/w/canvas/p"


def test_stored_documents_carry_a_base_that_can_never_be_a_host() -> None:
    assert Addresses().home() == "http://mocban.invalid/"
