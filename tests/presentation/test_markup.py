"""What of a record a viewer may take for HTML (Presentation 3.0 section 4.4), and what stays text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.presentation.markup import as_plain, as_value, is_allowed

ALLOWED = [
    "<p>Một <b>chữ</b> đậm</p>",
    '<span>Xem <a href="https://example.org/?a=1&amp;b=2">đây</a><br/></span>',
    '<p><img src="https://example.org/x.png" alt="dấu"/> H<sub>2</sub>O</p>',
    "<small><i>x</i></small>",
]
REFUSED = [
    "<script>alert(1)</script>",
    "<p><script>alert(1)</script></p>",
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<img src="x" onerror="alert(1)"/>',
    '<img src="//example.org/x.png"/>',
    '<p style="position:fixed">x</p>',
    "<div>x</div>",
    "<p>not closed",
    "<p>not closed<br></p>",
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "<p xmlns='http://www.w3.org/1999/xhtml'>x</p>",
    "<!DOCTYPE p [<!ENTITY e 'x'>]><p>&e;</p>",
    "<>",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(value: str) -> Tags:
    tags = Tags()
    tags.feed(value)
    tags.close()
    return tags


@pytest.mark.parametrize("text", ALLOWED)
def test_the_html_of_section_4_4_stays_as_it_is(text: str) -> None:
    assert is_allowed(text)
    assert as_value(text) == text
    assert "<" not in as_plain(text)


@pytest.mark.parametrize("text", REFUSED)
def test_any_other_is_shown_as_the_text_it_is(text: str) -> None:
    value = shown(as_value(text))
    assert (value.seen, value.text) == (["span"], text)
    assert as_plain(text) == text


@pytest.mark.parametrize("text", ["Truyện Kiều", "5 < 6", "a & b", "AT&T", "x > y", ""])
def test_text_that_no_browser_takes_for_html_stays_bare(text: str) -> None:
    assert as_value(text) == text


def test_the_name_of_a_character_is_shown_as_it_was_written() -> None:
    assert as_value("&lt;b&gt;") == "<span>&amp;lt;b&amp;gt;</span>"


@given(st.text(st.sampled_from("<>/!?&;#ab \"'=")))
def test_no_text_becomes_a_tag(text: str) -> None:
    value = shown(as_value(text))
    assert is_allowed(text) or value.seen in ([], ["span"])
    assert is_allowed(text) or value.text == text
