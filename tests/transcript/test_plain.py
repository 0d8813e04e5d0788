"""Plain text as readers take it home."""

from manifests.addresses import Addresses
from manifests.text.hyphens import ONE
from manifests.transcript.plain import page_text, work_text
from tests.presentation.make import page, work
from tests.text.text_samples import work as words


def test_a_page_is_its_lines_of_print() -> None:
    assert page_text(words([f"thư-{ONE}", "viện 南 國"]), page("p1")).decode() == "thư-\nviện 南國\n"


def test_a_page_without_text_is_empty() -> None:
    assert page_text(words(["một"]), page("p2")) == b""


def test_a_work_says_what_it_is_and_where_each_page_begins() -> None:
    pages = [page("p1", label={"none": ["1r"]}), page("blank"), page("p2", label={"none": ["2"]})]
    found = work_text(work(), pages, words(["một", "hai"], ["ba"]), Addresses("https://example.org")).decode()
    assert found == "Sách cổ\nhttps://example.org/works/Sach-co\n\n--- 1r ---\n\nmột\nhai\n\n--- 2 ---\n\nba\n"
