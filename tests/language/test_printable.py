"""What a terminal must never be sent, and that everything else stays."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.language.printable import printable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sách cổ", "Sách cổ"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("line\nbreak\rand\ttab", r"line\nbreak\rand\ttab"),
        ("\x9b31m", r"\x9b31m"),
        ("\x07\x7f\x00", r"\x07\x7f\x00"),
        ("exe.\u202egpj", r"exe.\u202egpj"),
        ("para\u2029graph", r"para\u2029graph"),
        (os.fsdecode(b"\xff\xe9"), r"\xff\xe9"),
        ("\ud800", r"\ud800"),
        ("क्‍ष 𠀀 \ue000", "क्‍ष 𠀀 \ue000"),
    ],
)
def test_what_is_shown_of_a_name(name: str, shown: str) -> None:
    assert printable(name) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_shown_is_one_line_that_any_terminal_takes(name: str) -> None:
    shown = printable(name)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert printable(shown) == shown
    shown.encode()
