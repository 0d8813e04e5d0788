"""How a reader is told that a work, or a page of it, is gone."""

from tests.site.asking import BROWSER, client


def test_a_withdrawn_work_is_named_by_its_title() -> None:
    answer = client().get("/works/Da-rut", headers={**BROWSER, "Accept-Language": "en"})
    assert "Da rut has been withdrawn" in answer.text


def test_a_page_no_longer_there_is_named_with_the_title_of_its_work() -> None:
    answer = client().get("/works/Kieu-nom/pages/gone", headers={**BROWSER, "Accept-Language": "en"})
    assert answer.status_code == 410
    assert "Page gone of Kieu nom is no longer in the library." in answer.text
