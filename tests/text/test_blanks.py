"""Blanks that were lost or added: which keys of a text may stand for which syllables."""

from collections.abc import Sequence

import pytest

from manifests.text.blanks import Blanks, bears_two_tones
from manifests.text.normalise import Syllable, cut
from manifests.text.stream import SyllableSequence


def blanks(text: str) -> tuple[Blanks, Sequence[str]]:
    stream = SyllableSequence.of([(syllable.exact, syllable.folded) for syllable in cut(text)])
    return stream.blanks, stream.vocabulary


def one(typed: str) -> Syllable:
    (syllable,) = cut(typed)
    return syllable


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("thư viện", "thưviện thuvien thuviện", ["thưviện"]),
        ("thu vien", "thưviện thuvien", ["thuvien", "thưviện"]),
        ("hòa bình", "hòabình hoàbình", ["hòabình", "hoàbình"]),
        ("to an", "toan toán", []),
        ("tó an", "toán", []),
    ],
)
def test_two_syllables_together_are_no_word_and_bear_the_marks_of_both(typed: str, text: str, found: list[str]) -> None:
    known, vocabulary = blanks(text)
    first, second = cut(typed)
    marks = first.exact + second.exact != first.folded + second.folded
    assert sorted(vocabulary[number] for number in known.together(first, second, marks_count=marks)) == sorted(found)


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("thư", "th ư thu", [("th", "ư", False)]),
        ("viện", "vi ện vie n", [("vi", "ện", True)]),
        ("viện", "việ n", [("việ", "n", False)]),
        ("vien", "vi ện viện", [("vi", "ện", True)]),
        ("vien", "vi ện", [("vi", "ện", True)]),
        ("vien", "ví ện", []),
        ("thuvien", "thư viện", [("thư", "viện", False)]),
        ("國山", "國 山", []),
    ],
)
def test_the_parts_of_a_syllable_are_as_it_is_spelled(
    typed: str, text: str, found: list[tuple[str, str, bool]]
) -> None:
    known, vocabulary = blanks(text)
    syllable = next(iter(cut(typed)))
    parts = known.apart(syllable, marks_count=syllable.exact != syllable.folded)
    named = [(vocabulary[first[0]], vocabulary[second[0]], are_words) for first, second, are_words in parts]
    assert named == found


def test_a_syllable_written_together_with_another_is_found_at_either_end() -> None:
    known, vocabulary = blanks("thưviện thư quốcgia anh")

    def named(found: Sequence[tuple[int, Sequence[int]]]) -> list[tuple[str, list[str]]]:
        return [(vocabulary[number], [vocabulary[other] for other in others]) for number, others in found]

    assert named(list(known.ending_with(one("viện"), marks_count=True))) == [("thưviện", ["thư"])]
    assert named(list(known.ending_with(one("vien"), marks_count=False))) == [("thưviện", ["thư"])]
    assert named(list(known.ending_with(one("viên"), marks_count=True))) == []
    assert named(list(known.beginning_with(one("quốc"), marks_count=True))) == []
    assert named(list(known.beginning_with(one("a"), marks_count=False))) == []


def test_two_tones_make_two_syllables() -> None:
    assert [bears_two_tones(word) for word in ("cảithiện", "thưviện", "hoà")] == [True, False, False]
