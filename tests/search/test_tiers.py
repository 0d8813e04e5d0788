"""Which tier a place is in: as typed, other marks, misread by the OCR, near each other."""

import pytest

from manifests.search.scan import scan
from manifests.text.store import WorkText
from tests.text.text_samples import work

LIBRARY = "Thư viện Quốc gia lưu chiểu sách báo xuất bản trong nước. Thư viện mở cửa mỗi ngày cho mọi người đọc."


def told(query: str, *lines: str) -> list[tuple[str, str]]:
    return [(hit.tier, hit.match) for hit in scan("w", work(list(lines)), query)]


@pytest.mark.parametrize(
    "printed",
    [
        "thư viộn",  # another letter
        "thư việ",  # a letter lost
        "thư viiện",  # a letter more
        "thư vlện",  # a letter that looks alike
        "thư vỉện",  # the mark on another letter: only marks differ
        "tlư viện",
        "thư-vjện",
    ],
)
def test_a_word_with_one_letter_wrong_is_found(printed: str) -> None:
    (hit,) = told("thư viện", LIBRARY.replace("Thư viện", "Nhà sách"), printed)
    assert hit == ("marks" if printed == "thư vỉện" else "error", printed)


def test_a_word_is_found_where_letters_were_taken_for_one_that_looks_like_them() -> None:
    assert told("modern", LIBRARY, "rnodern") == [("error", "rnodern")]
    assert told("chim", LIBRARY, "chirn") == [("error", "chirn")]
    assert told("hòa bình", LIBRARY, "điòa bình") == [("error", "điòa bình")]


@pytest.mark.parametrize("printed", ["thu viộn", "tư viộn", "thư xiộn", "thư vn", "thư quán", "việc thư", "thư"])
def test_two_errors_are_too_many(printed: str) -> None:
    assert told("thư viện", "sách báo", printed) == []


@pytest.mark.parametrize("printed", ["thu viộn", "tư viện", "thu vien", "thừ viẽn"])
def test_without_marks_only_letters_count(printed: str) -> None:
    assert [match for _, match in told("thu vien", "sách báo", printed)] == [printed]


def test_what_is_a_word_of_its_own_is_no_misreading() -> None:
    several = "thư điện và thư điện, rồi thư điện nữa"
    assert told("thư viện", LIBRARY, several) == [("exact", "Thư viện"), ("exact", "Thư viện")]
    assert told("con", "con mèo, con chó và con gà con", "ăn cơm con ạ", "can ngăn, cong và cơn") == [
        *[("exact", "con")] * 5,
        ("marks", "cơn"),
    ]


def test_a_word_that_looks_like_another_is_believed_where_both_are_common() -> None:
    lines = ["một năm ba tháng, hai năm sáu tháng", "ba nắm rau, bốn nam nữ", "một nấm mồ, hai nhăm"]
    assert "error" not in dict(told("năm", *lines))


@pytest.mark.parametrize("query", ["1945", "năm 1945"])
def test_another_number_is_another_number(query: str) -> None:
    assert told(query, "năm 1946 và năm 194 rồi năm 19450") == []


def test_of_han_every_character_counts() -> None:
    assert told("南國", "南国 南圖") == []


def test_a_syllable_of_one_letter_is_not_any_other() -> None:
    assert told("ở", "ý a") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("th*", [("exact", "thư"), ("exact", "thu"), ("exact", "thương")]),
        ("thư*", [("exact", "thư"), ("exact", "thương"), ("marks", "thu")]),
        ("thươ*", [("exact", "thương")]),
        ("thuo*", [("marks", "thương")]),
        ("mua th*", [("exact", "mua thu")]),
        ("mu* thu", [("exact", "mua thu")]),
    ],
)
def test_a_star_stands_for_any_end(query: str, expected: list[tuple[str, str]]) -> None:
    assert told(query, "thư của mùa", "và mua thu yêu", "thương") == expected


def test_without_a_star_no_word_is_found_by_its_beginning() -> None:
    assert told("bao", "baobao baolâu") == []


def near(query: str, text: WorkText) -> list[str]:
    return [hit.match for hit in scan("w", text, query) if hit.tier == "near"]


def test_in_quotes_only_the_phrase_is_meant() -> None:
    text = work(["viện bảo tàng có thư của vua"])
    assert near("thư viện", text) == ["viện bảo tàng có thư"]
    assert near('"thư viện"', text) == []
    assert near("thư-viện", text) == []


def test_a_part_in_quotes_is_near_as_a_whole() -> None:
    text = work(["viện bảo tàng có thư của nhà vua và thư"])
    assert near('"bảo tàng" vua', text) == ["bảo tàng có thư của nhà vua"]
    assert near('"tàng bảo" vua', text) == []


def test_words_that_stand_everywhere_are_not_near_each_other() -> None:
    everywhere = ["và một của những cái người kia", "của cái và những người một kia"] * 40
    assert near("của kia", work(everywhere)) == []
    assert near("vua kia", work([*everywhere, "vua và một kia"])) == []
    assert near("vua thuyền", work([*everywhere, "vua và một thuyền"])) == ["vua và một thuyền"]


def test_words_near_each_other_have_the_marks_that_were_typed() -> None:
    assert near("thư viện", work(["viên bảo tàng có thu của vua"])) == []
    assert near("thu vien", work(["viên bảo tàng có thu của vua"])) == ["viên bảo tàng có thu"]


@pytest.mark.parametrize(
    ("query", "printed", "match"),
    [
        ("thư viện", "một thưviện lớn", "thưviện"),
        ("thu vien", "một thưviện lớn", "thưviện"),
        ("thư viện", "một th ư viện lớn", "th ư viện"),
        ("thư viện", "một thư vi ện lớn", "thư vi ện"),
        ("thư viện mới", "một thư vi\u1ec7\u200bn mới", "thư việ\u200bn mới"),
        ("hòa bình", "hoàbình", "hoàbình"),
        ("viện quốc gia", "thưviện quốc gia", "thưviện quốc gia"),
        ("thư viện", "nhà thư việnquốc gia", "thư việnquốc"),
        ("cải", "cảithiện", "cảithiện"),
        ("thuvien", "thư viện", "thư viện"),
    ],
)
def test_a_blank_that_was_lost_or_added_is_one_error(query: str, printed: str, match: str) -> None:
    assert told(query, printed, "nước nam quốc gia, thư") == [("error", match)]


def test_of_a_word_by_itself_another_blank_is_believed_where_the_work_knows_it() -> None:
    assert told("viện", "thưviện lớn", "một thư viện") == [("exact", "viện"), ("error", "thưviện")]
    assert told("trong", "trongrất") == []
    assert told("cuộc", "cu ộc và cuộc") == [("exact", "cuộc"), ("error", "cu ộc")]
    assert told("cuộc", "cu ộc, ộc, cu và cuộc") == [("exact", "cuộc")]


@pytest.mark.parametrize("printed", ["thuviện", "thư vi en", "to án", "th vư iện", "một thưviệnlớn"])
def test_a_blank_and_another_error_are_too_many(printed: str) -> None:
    assert told("toán" if printed == "to án" else "thư viện", "sách báo", printed) == []
