"""What is installed, what to install where it is not, and how a page's reading is asked for."""

from pathlib import Path

import pytest

from manifests.errors import Malformed, Unsupported
from server.ocr.tesseract import confidence_of, engine_of, find_tesseract, parse_languages
from tests.ocr.fake import fake_tesseract


@pytest.mark.parametrize(
    ("wanted", "languages"),
    [
        ("vie", ["vie"]),
        ("vie+fra", ["vie", "fra"]),
        ("vie+vie", ["vie"]),
        ("chi_tra_vert+script/HanT_vert", ["chi_tra_vert", "script/HanT_vert"]),
    ],
)
def test_languages_are_written_as_tesseract_names_them(wanted, languages):
    assert parse_languages(wanted) == languages


@pytest.mark.parametrize(
    "wanted", ["", "vi", "vie,fra", "vie+", "../vie", "-l", "vie fra", "VIE", "script/../x", "vie\n"]
)
def test_what_is_no_language_is_refused(wanted):
    with pytest.raises(Malformed, match="vie"):
        parse_languages(wanted)


def test_without_tesseract_a_sentence_says_what_to_install(tmp_path):
    with pytest.raises(Unsupported) as told:
        find_tesseract(["vie", "chi_tra_vert"], str(tmp_path))
    assert str(told.value).endswith(": apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-chi-tra-vert")


@pytest.mark.parametrize(
    ("languages", "packages"), [(["vie", "deu"], "tesseract-ocr-deu"), (["script/HanT"], "tesseract-ocr-all")]
)
def test_without_a_languages_data_a_sentence_says_what_to_install(tmp_path, languages, packages):
    with pytest.raises(Unsupported, match=f"{languages[-1]}.*apt-get install {packages}$"):
        find_tesseract(languages, str(fake_tesseract(tmp_path)))


def test_what_tesseract_lists_for_layout_is_no_language(tmp_path):
    with pytest.raises(Unsupported, match="osd"):
        find_tesseract(["osd"], str(fake_tesseract(tmp_path)))


@pytest.mark.parametrize("version", ["tesseract 3.04.01", "tesseract 4.0.0", "kotesseract 5.0", "", "\x00"])
def test_an_older_tesseract_or_something_else_of_that_name_is_refused(tmp_path, version):
    with pytest.raises(Unsupported, match=r"4\.1"):
        find_tesseract(["vie"], str(fake_tesseract(tmp_path, version=version)))


def test_the_engine_is_known_by_version_languages_and_what_it_has_learnt(tmp_path):
    tesseract = find_tesseract(["vie"], str(fake_tesseract(tmp_path)))
    engine = engine_of(tesseract, ["vie", "fra"])
    assert (engine.name, engine.version, engine.languages) == ("tesseract", "5.3.0", "vie+fra")
    (tmp_path / "fra.traineddata").write_text("more is known of it now")
    newer = engine_of(tesseract, ["vie", "fra"])
    assert [a == b for a, b in zip(engine.model.split("+"), newer.model.split("+"), strict=True)] == [True, False]


def test_a_resolution_is_told_only_where_tesseract_takes_it(tmp_path):
    tesseract = find_tesseract(["vie"], str(fake_tesseract(tmp_path)))
    told = {ppi: "--dpi" in tesseract.command("vie", ppi) for ppi in (None, 0.5, 25.4, 300.4, 2400.0, 9600.0)}
    assert told == {None: False, 0.5: False, 25.4: False, 300.4: True, 2400.0: True, 9600.0: False}
    assert "300" in tesseract.command("vie", 300.4)
    assert tesseract.command("vie", None)[0] == str(tmp_path / "tesseract")


def test_the_confidence_is_the_mean_of_the_words():
    assert confidence_of(b'<String WC="0.93" CONTENT="a"/><String WC="0.5" CONTENT="WC"/>') == 71.5
    assert confidence_of(b'<String WC="0.9.3" CONTENT="a"/><String WC="." CONTENT="b"/>') is None
    assert confidence_of(b"") is None


def test_the_tesseract_of_this_machine_reads_vietnamese():
    tesseract = find_tesseract(["vie"])
    assert Path(tesseract.program).name == "tesseract"
    assert engine_of(tesseract, ["vie"]).model
