"""Names under which a browser saves what it is sent."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.answers.file_name import LONGEST, shown_under

SHAPE = re.compile(r"""inline; filename="([A-Za-z0-9._-]+)"; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)""")


def names(value: str) -> tuple[str, str]:
    """The plain name and the whole one."""
    found = SHAPE.fullmatch(value)
    assert found, value
    return found[1], unquote(found[2], errors="strict")


@pytest.mark.parametrize(
    ("title", "details", "plain", "whole"),
    [
        ("Truyện Kiều", ["12"], "Truyen-Kieu-12.jpg", "Truyện Kiều, 12.jpg"),
        ("Đại Việt sử ký", ["1a", "0,0,90,80"], "Dai-Viet-su-ky-1a-0-0-90-80.jpg", "Đại Việt sử ký, 1a, 0,0,90,80.jpg"),
        ("傳翹", ["3"], "3.jpg", "傳翹, 3.jpg"),
        ("傳翹", [], "image.jpg", "傳翹.jpg"),
        ('A/B\\C: "D"\r\nSet-Cookie: x', [], "A-B-C---D--Set-Cookie--x.jpg", "A-B-C- -D- Set-Cookie- x.jpg"),
        ("..\u202egnp.exe\u0000", [], "gnp.exe.jpg", "gnp.exe.jpg"),
        ("a 100%41", [], "a-100-41.jpg", "a 100%41.jpg"),
        ("Tie\u0302\u0301ng", [], "Tieng.jpg", "Tiếng.jpg"),
        ("", [], "image.jpg", "-.jpg"),
    ],
)
def test_a_name_is_readable_and_harmless(title: str, details: list[str], plain: str, whole: str) -> None:
    assert names(shown_under(title, details, "jpg")) == (plain, whole)


def test_a_long_title_is_cut_between_its_letters_and_the_page_is_not() -> None:
    _, whole = names(shown_under("ế" * 500, ["0012"], "webp"))
    assert whole.endswith("ế, 0012.webp")
    assert LONGEST - 3 < len(whole.encode()) <= LONGEST


@given(st.text(st.characters(), max_size=200), st.lists(st.text(max_size=9), max_size=2))
def test_no_title_breaks_the_header(title: str, details: list[str]) -> None:
    _, whole = names(shown_under(title, details, "jpg"))
    assert not set(whole) & set('\\/:*?"<>|\r\n\0')
    assert not whole.startswith(".")
