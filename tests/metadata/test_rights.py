"""Licences: the URI that stands for one, however it is written, and what is none."""

import pytest

from manifests.metadata.rights import in_words, rights_uri

CC, RS = "http://creativecommons.org", "http://rightsstatements.org"


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        (f"{CC}/licenses/by/4.0/", f"{CC}/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/deed.vi", f"{CC}/licenses/by-nc-sa/4.0/"),
        ("https://www.creativecommons.org/licenses/by-nd/3.0", f"{CC}/licenses/by-nd/3.0/"),
        (f"{CC}/licenses/by/3.0/vn/", f"{CC}/licenses/by/3.0/vn/"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", f"{CC}/publicdomain/zero/1.0/"),
        ("http://creativecommons.org/publicdomain/mark/1.0/deed.en", f"{CC}/publicdomain/mark/1.0/"),
        ("https://rightsstatements.org/page/InC/1.0/?language=en", f"{RS}/vocab/InC/1.0/"),
        (f"{RS}/vocab/NoC-OKLR/1.0/", f"{RS}/vocab/NoC-OKLR/1.0/"),
        (" CC BY-SA 4.0 ", f"{CC}/licenses/by-sa/4.0/"),
        ("cc0", f"{CC}/publicdomain/zero/1.0/"),
    ],
)
def test_a_licence_is_known_however_it_is_written(written: str, uri: str) -> None:
    assert rights_uri(written) == uri
    assert rights_uri(uri) == uri


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Bản quyền thuộc về Thư viện tỉnh",
        "CC BY",
        "https://example.org/licenses/by/4.0/",
        f"{CC}/licenses/by/9.0/",
        f"{CC}/licenses/by-nd-sa/4.0/",
        f"{RS}/vocab/Free/1.0/",
        f"{CC}.example.org/licenses/by/4.0/",
        f"javascript:alert('{CC}/licenses/by/4.0/')",
    ],
)
def test_what_stands_for_no_licence_is_none(written: str) -> None:
    assert rights_uri(written) is None


def test_each_licence_is_told_in_words() -> None:
    assert in_words(f"{RS}/vocab/InC/1.0/") == "In copyright"
    assert in_words(f"{CC}/publicdomain/mark/1.0/") == "In the public domain"
    assert in_words(f"{CC}/licenses/by-nc/4.0/") == "CC BY-NC 4.0"
    assert in_words(f"{CC}/licenses/by/3.0/vn/") == "CC BY 3.0 VN"
    assert in_words("https://example.org/") == "https://example.org/"
