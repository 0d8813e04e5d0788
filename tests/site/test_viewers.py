"""What we bring to the viewers: each of their sentences in Vietnamese, and the files that their rows name."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from manifests.metadata.record import Provider, Record
from server.site.assets import STATIC
from server.site.fetch import TABLE, read_table
from server.site.viewers import PICTURE, VIEWERS, Viewer, choose, needs_for
from tests.site.asking import MIRADOR, UV

STRING = r'"((?:[^"\\]|\\.)*)"'
PAIR = re.compile(rf""",?(?P<key>\w+|{STRING}):(?P<text>{STRING}|'[^']*'|`[^`]*`)""")
# Sentences in which nothing is left to say in another language.
ALIKE = {"mirador", "jsStack", "previewWindowTitle", "pagination", "{0} {1} of {2}", "of {0}", "Copy", "IIIF Manifest"}


def words(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((STATIC / name).read_text(encoding="utf-8"))
    return found


def english_of_mirador() -> dict[str, str]:
    """The keys that Mirador's own English has, read out of its one file, one after another."""
    program = (STATIC / VIEWERS[0].script).read_text(encoding="utf-8")
    place = program.index('aboutMirador:"About Project Mirador"')
    english: dict[str, str] = {}
    while pair := PAIR.match(program, place):
        english[pair["key"].strip('"')] = pair["text"][1:-1]
        place = pair.end()
    return english


def english_of_universal_viewer() -> set[str]:
    """Its English sentences: those of its locale, and those that stand in `content` objects as they are."""
    sentences: set[str] = set()
    for file in sorted((STATIC / VIEWERS[1].script).parent.glob("*.js")):
        program = file.read_text(encoding="utf-8")
        if '"$collapse":"Collapse Contents"' in program:
            sentences |= {text.replace("\\'", "'") for text in re.findall(rf'"\$\w+":{STRING}', program)}
        for content in re.findall(r'"content":\{((?:[^{}]|\{\d\})*)\}', program):
            sentences |= {text.replace("\\'", "'") for text in re.findall(rf'"\w+":{STRING}', content)}
    return {text for text in sentences if not text.startswith("$") and re.search("[A-Za-z]", text)}


def placeholders(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{+\s*\w+\s*\}+", sentence))


def test_every_sentence_of_mirador_is_said_in_vietnamese() -> None:
    english, vietnamese = english_of_mirador(), words("mirador.vi.json")
    assert len(english) > 150
    assert set(vietnamese) == set(english)
    assert {key: placeholders(text) for key, text in vietnamese.items()} == {
        key: placeholders(text) for key, text in english.items()
    }
    assert not [key for key, text in vietnamese.items() if text == english[key] and key not in ALIKE]


def test_every_sentence_of_universal_viewer_is_said_in_vietnamese() -> None:
    english, vietnamese = english_of_universal_viewer(), words("uv.vi.json")
    assert len(english) > 150
    assert english <= set(vietnamese)
    for said_in_english, said in vietnamese.items():
        assert placeholders(said) == placeholders(said_in_english)
        assert said != said_in_english or said_in_english in ALIKE


def test_the_buttons_say_what_they_do() -> None:
    mirador, universal_viewer = words("mirador.vi.json"), words("uv.vi.json")
    assert (mirador["zoomIn"], mirador["zoomOut"]) == ("Phóng to", "Thu nhỏ")
    assert (universal_viewer["Zoom In"], universal_viewer["Zoom Out"]) == ("Phóng to", "Thu nhỏ")
    assert (mirador["links"], mirador["right"], mirador["pagination"]) == (
        "Liên kết",
        "Bên phải",
        "{{current}}/{{total}}",
    )


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.id)
def test_the_files_of_ours_that_a_viewer_names_are_there(viewer: object) -> None:
    row = next(known for known in VIEWERS if known is viewer)
    assert all((STATIC / name).is_file() for name in (row.opener, *row.words.values()))


def test_the_first_viewer_opens_where_none_was_chosen() -> None:
    assert choose(None, (MIRADOR, UV)) is MIRADOR
    assert choose("uv", (MIRADOR, UV)) is UV
    assert choose("none", (UV,)) is UV
    assert choose("uv", ()) is None


def test_a_reader_may_want_no_viewer() -> None:
    assert choose(PICTURE, (MIRADOR, UV)) is None


def test_every_typeface_that_the_style_sheet_names_is_fetched() -> None:
    named = re.findall(r'url\("(fonts/[\w-]+\.woff2)"\)', (STATIC / "style/base.css").read_text(encoding="utf-8"))
    kept = {f"{asset.into}/{name}" for asset in read_table() for name in asset.keep.values()}
    assert named
    assert {f"server/site/static/{name}" for name in named} <= kept


def test_the_wheel_carries_whatever_is_fetched() -> None:
    project = TABLE.parents[1]
    build = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    carried = [Path(pattern).parent for pattern in build["targets"]["wheel"]["artifacts"]]
    assert all(any(Path(asset.into).is_relative_to(folder) for folder in carried) for asset in read_table())


def given_with(logo: str) -> Record:
    return Record(provider=Provider({"none": ("Viện Hán Nôm",)}, "", logo))


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.id)
def test_the_logo_of_who_gives_the_work_is_allowed_and_nothing_beside_it(viewer: Viewer) -> None:
    allowed = needs_for(viewer, given_with("https://hannom.example.org/ảnh/logo;1.png?v=2"))
    assert allowed["img-src"] == f"{viewer.needs['img-src']} https://hannom.example.org/%E1%BA%A3nh/logo%3B1.png"
    assert {**allowed, "img-src": ""} == {**viewer.needs, "img-src": ""}


def test_what_is_no_address_of_a_picture_allows_nothing() -> None:
    assert needs_for(VIEWERS[0], given_with("data:image/png,x")) == VIEWERS[0].needs
    assert needs_for(VIEWERS[0], Record()) == VIEWERS[0].needs
