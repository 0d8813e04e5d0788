"""What is believed, and until when."""

from itertools import count

import pytest

from manifests.believed import Believed, NotHeld
from manifests.errors import Missing


class Catalogue:
    """Answers with how often it has been asked; `version` is what a change would move."""

    def __init__(self) -> None:
        self.version = 1
        self._asked = count(1)

    def answer(self) -> int:
        return next(self._asked)


def test_an_answer_holds_until_something_changes() -> None:
    catalogue = Catalogue()
    believed: Believed[str, int] = Believed(lambda: catalogue.version, most=9)
    assert [believed.get("a", catalogue.answer) for _ in range(3)] == [1, 1, 1]
    catalogue.version = 2
    assert [believed.get("a", catalogue.answer) for _ in range(3)] == [2, 2, 2]


def test_what_changes_while_it_is_asked_for_is_asked_again() -> None:
    catalogue = Catalogue()
    believed: Believed[str, int] = Believed(lambda: catalogue.version, most=9)

    def answer_before_the_change() -> int:
        catalogue.version = 2
        return catalogue.answer()

    assert believed.get("a", answer_before_the_change) == 1
    assert believed.get("a", catalogue.answer) == 2


def test_the_least_asked_is_forgotten_first() -> None:
    catalogue = Catalogue()
    believed: Believed[str, int] = Believed(lambda: catalogue.version, most=2)
    for key in "abac":
        believed.get(key, catalogue.answer)
    assert [believed.get(key, catalogue.answer) for key in "acb"] == [1, 3, 4]


def test_where_nobody_may_be_asked_only_what_is_believed_is_said() -> None:
    catalogue = Catalogue()
    believed: Believed[str, int] = Believed(lambda: catalogue.version, most=9)
    with pytest.raises(NotHeld):
        believed.get("a", catalogue.answer, may_ask=False)
    believed.get("a", catalogue.answer)
    assert believed.get("a", catalogue.answer, may_ask=False) == 1
    catalogue.version = 2
    with pytest.raises(NotHeld):
        believed.get("a", catalogue.answer, may_ask=False)


def test_a_mistake_is_not_believed() -> None:
    catalogue = Catalogue()
    believed: Believed[str, int] = Believed(lambda: catalogue.version, most=2)

    def missing() -> int:
        raise Missing("There is no work {work}.", work="a")

    with pytest.raises(Missing):
        believed.get("a", missing)
    assert believed.get("a", catalogue.answer) == 1
