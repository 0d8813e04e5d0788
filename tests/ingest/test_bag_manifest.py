"""The files of a bag that say what is in it, apart from a bag: their bounds, and what each version means."""

import pytest

from manifests.ingest import bag_manifest
from manifests.ingest.bag_manifest import Declaration, Invalid, Unusable, content_of, declaration_of, lines_of


def paths(content: bytes, declared: Declaration, *, is_payload: bool = True) -> list[str]:
    return [path for path, _ in lines_of(content, declared, is_payload=is_payload)]


def test_a_declaration_says_version_and_encoding(tmp_path):
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: ISO-8859-1\n")
    assert declaration_of(tmp_path) == Declaration((0, 97), "ISO-8859-1")


@pytest.mark.parametrize(
    "line", [b"AB12  data/a.tif", b"ab12 *data/a.tif", b"ab12\tdata/a.tif  ", b"ab12 ./data/a.tif"]
)
def test_a_line_is_read_as_programs_write_it(line):
    assert list(lines_of(line, Declaration(), is_payload=True)) == [("data/a.tif", "ab12")]


def test_other_separators_of_unicode_are_parts_of_a_name():
    assert paths("ab  data/a\u2028b\x0bc.tif\n".encode(), Declaration()) == ["data/a\u2028b\x0bc.tif"]


def test_a_tag_manifest_names_what_is_not_in_the_payload():
    assert paths(b"ab  bag-info.txt", Declaration(), is_payload=False) == ["bag-info.txt"]
    with pytest.raises(Invalid):
        paths(b"ab  data/a.tif", Declaration(), is_payload=False)


def test_a_manifest_without_end_is_read_no_further(tmp_path):
    with (tmp_path / "manifest-md5.txt").open("wb") as stream:
        stream.truncate(bag_manifest.LONGEST + 1)
    with pytest.raises(Unusable):
        content_of(tmp_path / "manifest-md5.txt")
