"""Every sentence of the sources is translated; the catalogues hold nothing else."""

from collections.abc import Sequence
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from server.language.translator import SOURCE_LANGUAGE, catalogue_file, languages, read_catalogue
from server.language.update import collect, updated, waiting, written

OTHERS = [language for language in languages() if language != SOURCE_LANGUAGE]
MEND = "run `make translations`, then translate what it lists"


@pytest.fixture(scope="module")
def template() -> Catalog:
    return collect()


def strings(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def sentences(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_vietnamese_is_there() -> None:
    assert "vi" in OTHERS


def test_sentences_are_collected_from_errors_findings_code_and_templates(template: Catalog) -> None:
    collected = {strings(message.id)[0] for message in sentences(template)}
    assert {"There is no work {work}.", "Nothing is done with this file.", "As typed", "{count} page"} <= collected


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_waits_for_a_translator(language: str, template: Catalog) -> None:
    translated = {strings(message.id)[0] for message in sentences(read_catalogue(language))}
    missing = {strings(message.id)[0] for message in sentences(template)} - translated
    unfinished = [message.id for message in waiting(read_catalogue(language))]
    assert not missing, MEND
    assert not unfinished, MEND


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_kept_that_is_no_longer_said(language: str, template: Catalog) -> None:
    catalogue = read_catalogue(language)
    said = {strings(message.id)[0] for message in sentences(template)}
    assert not {strings(message.id)[0] for message in sentences(catalogue)} - said, MEND
    assert not catalogue.obsolete, MEND


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    for message in sentences(read_catalogue(language)):
        own = set().union(*map(placeholders, strings(message.id)))
        for string in strings(message.string):
            assert not string or placeholders(string) == own, message.id


@pytest.mark.parametrize("language", OTHERS)
def test_an_update_that_finds_nothing_new_changes_nothing(language: str, template: Catalog) -> None:
    assert written(language, updated(language, template)) == catalogue_file(language).read_bytes(), MEND
