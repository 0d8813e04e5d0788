"""From one place to the next."""

import pytest

from manifests.model import Box
from manifests.search.scan import WorkHits, find_in_work
from server.site.stepper import SHOWN, Stepper, stepper
from tests.text.text_samples import work

ORDER = ("p1", "p2", "p3", "p4", "p5")
BOOK = work(["không"], ["thư viện và thư viện"], ["thu vien"], ["không"], ["thư viện"])


def hits() -> WorkHits:
    return find_in_work("w", BOOK, "thư viện")


def at(number: int) -> Stepper:
    hit = hits()[number]
    return stepper(hits(), hit.page, ORDER, hit.boxes[0])


def test_every_place_leads_to_the_one_before_and_behind_in_the_order_of_the_search() -> None:
    found = list(hits())
    assert [hit.page for hit in found] == ["p2", "p2", "p5", "p3"], "other marks come after what was typed"
    for number, steps in enumerate(map(at, range(4))):
        assert (steps.number, steps.count) == (number + 1, 4)
        assert steps.before == (found[number - 1] if number else None)
        assert steps.behind == (found[number + 1] if number < 3 else None)


def test_a_page_that_was_turned_to_leads_to_its_first_place() -> None:
    steps = stepper(hits(), "p5", ORDER, None)
    assert (steps.number, steps.before, steps.behind) == (None, hits()[1], hits()[2])
    assert steps.on_page == [hits()[2]]
    assert [BOOK.display[start:end] for start, end in steps.spans] == ["thư viện"]


@pytest.mark.parametrize(("page", "before", "behind"), [("p1", None, 0), ("p4", 3, 2)])
def test_a_page_without_any_leads_to_the_nearest(page: str, before: int | None, behind: int | None) -> None:
    steps = stepper(hits(), page, ORDER, Box(1, 2, 3, 4))
    assert steps.before == (None if before is None else hits()[before])
    assert steps.behind == (None if behind is None else hits()[behind])
    assert not steps.on_page


def test_what_stands_nowhere_has_no_places() -> None:
    steps = stepper(find_in_work("w", BOOK, "xyz"), "p1", ORDER, None)
    assert (steps.count, steps.before, steps.behind) == (0, None, None)


def test_a_page_full_of_places_is_marked_in_bounds_and_the_count_stays_true() -> None:
    full = find_in_work("w", work(["và " * (SHOWN + 50)]), "và")
    steps = stepper(full, "p1", ("p1",), None)
    assert len(steps.on_page) == len(steps.spans) == SHOWN
    assert steps.count == SHOWN + 50
