"""What of a record may be let into the security policy: the address of one picture, and nothing that only looks so."""

import pytest

from server.site.logo import logo_source


def test_one_picture_is_let_in_without_its_query() -> None:
    assert logo_source("https://a.example:8080/ảnh/x;1.png?v=2#y") == "https://a.example:8080/%E1%BA%A3nh/x%3B1.png"


@pytest.mark.parametrize(
    "logo",
    [
        "",
        "/logo.png",
        "https://a.example; script-src *",
        "https://user@a.example/x.png",
        "data:image/png,x",
        "https://*/x.png",
        "https://[::1/x.png",
    ],
)
def test_what_is_no_address_of_a_picture_lets_nothing_in(logo: str) -> None:
    assert logo_source(logo) == ""
