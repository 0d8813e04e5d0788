"""Licences: the URI that stands for one, however it is written, and what is none."""

import pytest

from manifests.metadata.rights import explained, in_words, rights_uri
from server.language.translator import Translator

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
        ("cc-by-nc-nd-3.0", f"{CC}/licenses/by-nc-nd/3.0/"),
        (f"{CC}/licenses/by/4.0/legalcode.vi", f"{CC}/licenses/by/4.0/"),
        (f"{CC}/licenses/by/2.5/rdf", f"{CC}/licenses/by/2.5/"),
        (f"{CC}/licenses/by/3.0/igo/", f"{CC}/licenses/by/3.0/igo/"),
        ("https://www.rightsstatements.org/vocab/UND/1.0/", f"{RS}/vocab/UND/1.0/"),
        ("cc0", f"{CC}/publicdomain/zero/1.0/"),
        ("creativecommons.org/licenses/by/4.0/", f"{CC}/licenses/by/4.0/"),
        ("HTTPS://CreativeCommons.org/licenses/by/4.0/", f"{CC}/licenses/by/4.0/"),
        ("www.rightsstatements.org/vocab/InC/1.0/", f"{RS}/vocab/InC/1.0/"),
        ("CC BY 4.0 International", f"{CC}/licenses/by/4.0/"),
        ("CC BY-NC 4.0 Quốc tế", f"{CC}/licenses/by-nc/4.0/"),
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
        "CC BY 3.0 International",
        "notcreativecommons.org/licenses/by/4.0/",
        "https://example.org/licenses/by/4.0/",
        f"{CC}/licenses/by/9.0/",
        f"{CC}/licenses/by-nd-sa/4.0/",
        f"{CC}/licenses/by/3.5/",
        f"{CC}/licenses/by/4.0/vn/",
        f"{CC}/licenses/by/",
        f"{CC}/licenses/sa/1.0/",
        f"{CC}/publicdomain/zero/2.0/",
        f"{RS}/vocab/Free/1.0/",
        f"{RS}/vocab/InC/2.0/",
        f"{RS}/vocab/inc/1.0/",
        f"{CC}.example.org/licenses/by/4.0/",
        f"javascript:alert('{CC}/licenses/by/4.0/')",
    ],
)
def test_what_stands_for_no_licence_is_none(written: str) -> None:
    assert rights_uri(written) is None


IN_COPYRIGHT = ["InC", "InC-OW-EU", "InC-EDU", "InC-NC", "InC-RUU"]
OTHERS = ["NoC-CR", "NoC-NC", "NoC-OKLR", "NoC-US", "CNE", "UND", "NKC"]


@pytest.mark.parametrize("uri", [*(f"{RS}/vocab/{name}/1.0/" for name in IN_COPYRIGHT + OTHERS),
                                 *(f"{CC}/publicdomain/{name}/1.0/" for name in ("mark", "zero"))])  # fmt: skip
def test_each_statement_says_what_a_reader_may_do_in_both_languages(uri: str) -> None:
    name, version, allowed = explained(uri)
    assert (name, version) == ("", "")
    assert Translator("vi").translate(allowed) != allowed


@pytest.mark.parametrize("kind", ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"])
def test_each_licence_has_a_name_and_says_what_a_reader_may_do_in_both_languages(kind: str) -> None:
    name, version, allowed = explained(f"{CC}/licenses/{kind}/4.0/")
    assert version == "4.0"
    assert Translator("vi").translate(name, version=version).startswith("Creative Commons Ghi công")
    assert Translator("vi").translate(allowed) != allowed
    assert ("not for profit" in allowed) == ("nc" in kind)
    assert ("as it is" in allowed) == ("nd" in kind)


def test_what_is_no_licence_is_not_explained() -> None:
    assert explained("https://example.org/") == ("", "", "")
    assert explained(f"{CC}/licenses/by/3.0/vn/")[1] == "3.0 VN"


def test_each_licence_is_told_in_words() -> None:
    assert in_words(f"{RS}/vocab/InC/1.0/") == "In copyright"
    assert in_words(f"{CC}/publicdomain/mark/1.0/") == "In the public domain"
    assert in_words(f"{CC}/licenses/by-nc/4.0/") == "CC BY-NC 4.0"
    assert in_words(f"{CC}/licenses/by/3.0/vn/") == "CC BY 3.0 VN"
    assert in_words("https://example.org/") == "https://example.org/"


@pytest.mark.parametrize("name", ["InC", "InC-OW-EU", "InC-EDU", "InC-NC", "InC-RUU", "NoC-CR", "NoC-NC", "NoC-OKLR",
                                  "NoC-US", "CNE", "UND", "NKC"])  # fmt: skip
def test_each_statement_of_rightsstatements_org_is_known_by_each_of_its_addresses(name: str) -> None:
    for scheme in ("http", "https"):
        for kind in ("vocab", "page", "data"):
            assert rights_uri(f"{scheme}://rightsstatements.org/{kind}/{name}/1.0/") == f"{RS}/vocab/{name}/1.0/"


@pytest.mark.parametrize("kind", ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"])
@pytest.mark.parametrize("version", ["1.0", "2.0", "2.5", "3.0", "4.0"])
def test_each_licence_of_creative_commons_is_known_in_each_version(kind: str, version: str) -> None:
    for ending in ("", "/", "/deed.vi", "/rdf"):
        written = f"https://creativecommons.org/licenses/{kind}/{version}{ending}"
        assert rights_uri(written) == f"{CC}/licenses/{kind}/{version}/"
