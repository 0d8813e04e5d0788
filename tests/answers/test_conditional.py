"""What a conditional request is answered with (RFC 9110 section 13)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.answers.conditional import Validators, entity_tags, holds, judge
from server.answers.http_date import http_date
from server.answers.request_fields import RequestFields

CHANGED = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
NOW = CHANGED + timedelta(days=30)
BEFORE, THEN, LATER, AHEAD = (
    http_date(time) for time in (CHANGED - timedelta(days=1), CHANGED, NOW - timedelta(days=1), NOW + timedelta(days=1))
)

TAG_CHARACTERS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"\x7f'), max_size=9)
TAGS = st.tuples(st.booleans(), TAG_CHARACTERS.filter(lambda text: not any("\x80" <= c <= "\x9f" for c in text)))
GAPS = st.sampled_from([",", ", ", " , ", "\t,,", ", ,"])


def judged(tag: str = "a", modified: datetime | None = CHANGED, **fields: str) -> int:
    return judge(RequestFields(**fields), Validators(tag, modified), lambda: NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "held", ['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', '"x,y" , "a"', ',,"a",', "*", " * ", '"", "a"']
)
def test_who_holds_the_tag_is_told_so(held: str) -> None:
    assert judged(if_none_match=held) == 304


@pytest.mark.parametrize(
    "held", ['"b"', 'w/"a"', "a", '"a', 'a"', '"a" "b"', '"a", b', '*, "a"', '"*"', "", ",", 'W/ "a"', '"\x01a"', '"A"']
)
def test_who_holds_another_or_writes_it_wrongly_is_sent_it(held: str) -> None:
    assert judged(if_none_match=held) == 200


def test_a_tag_goes_before_a_date() -> None:
    assert judged(if_none_match='"b"', if_modified_since=LATER) == 200
    assert judged(if_none_match='"a"', if_modified_since=BEFORE) == 304
    assert judged(if_none_match="nonsense", if_modified_since=LATER) == 200


@pytest.mark.parametrize(("since", "status"), [(BEFORE, 200), (THEN, 304), (LATER, 304), (AHEAD, 200)])
def test_a_date_is_compared_with_the_last_change(since: str, status: int) -> None:
    assert judged(if_modified_since=since) == status


@pytest.mark.parametrize("since", ["", "yesterday", "0", "2026-03-01T12:00:00Z", f"{THEN}, {THEN}", THEN[:-4]])
def test_a_date_that_is_none_is_not_read(since: str) -> None:
    assert judged(if_modified_since=since) == 200
    assert judged(if_unmodified_since=since) == 200


def test_without_a_time_of_change_dates_say_nothing() -> None:
    assert judged(modified=None, if_modified_since=LATER) == 200
    assert judged(modified=None, if_unmodified_since=BEFORE) == 200


@pytest.mark.parametrize(
    ("wanted", "status"), [('"a"', 200), ("*", 200), ('"b", "a"', 200), ('W/"a"', 412), ('"b"', 412), ("", 412)]
)
def test_another_state_than_is_wanted_is_not_sent(wanted: str, status: int) -> None:
    """Weak tags are never the same bytes (section 13.1.1)."""
    assert judged(if_match=wanted) == status
    assert judged(if_match=wanted, if_unmodified_since=BEFORE) == status


@pytest.mark.parametrize(("since", "status"), [(BEFORE, 412), (THEN, 200), (LATER, 200)])
def test_what_has_changed_since_is_not_sent_to_who_wants_the_old(since: str, status: int) -> None:
    assert judged(if_unmodified_since=since) == status


def test_what_is_wanted_is_judged_before_what_is_held() -> None:
    assert judged(if_match='"b"', if_none_match='"a"') == 412
    assert judged(if_unmodified_since=BEFORE, if_none_match='"a"') == 412
    assert judged(if_match='"a"', if_none_match='"a"') == 304


def test_a_time_is_said_when_nothing_can_change_within_it_any_more() -> None:
    def said(after: timedelta) -> list[tuple[str, str]]:
        return Validators("a", CHANGED).headers(lambda: CHANGED + after)

    assert said(timedelta(seconds=0.9)) == [("ETag", '"a"')]
    assert said(timedelta(seconds=1)) == [("ETag", '"a"'), ("Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT")]


@given(st.lists(st.tuples(TAGS, GAPS), min_size=1, max_size=8))
def test_every_list_of_tags_is_read_as_it_was_written(written: list[tuple[tuple[bool, str], str]]) -> None:
    text = "".join(f'{"W/" if weak else ""}"{tag}"{gap}' for (weak, tag), gap in written)
    assert entity_tags(text) == [tag for tag, _ in written]
    assert all(holds(text, tag) for (_, tag), _ in written)
    assert holds(text, "x", strong=True) == ((False, "x") in entity_tags(text))


@given(st.text(st.sampled_from('"W/,* \tab\x01\x7fé'), max_size=40))
def test_no_text_is_read_as_more_tags_than_it_holds(text: str) -> None:
    found = entity_tags(text)
    assert len(found) * 2 <= text.count('"')
    assert not found or text.strip(" \t,").endswith('"')
    for weak, tag in found:
        assert f'{"W/" if weak else ""}"{tag}"' in text


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_header_breaks_the_judgement(tags: str, date: str) -> None:
    assert judged(if_none_match=tags, if_modified_since=date) in (200, 304)
    assert judged(if_match=tags, if_unmodified_since=date) in (200, 412)
