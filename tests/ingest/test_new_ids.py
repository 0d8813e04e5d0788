"""Which id and which label a new work gets: a table that shows every rule, and that no two works share one."""

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests import ids
from manifests.ingest.new_ids import is_part_name, label_of, name_work
from manifests.ingest.roots import RootedPath

FOLDERS = [
    # root, folder below it, ids given already, the id, the label
    ("scans", "Sách cổ Hà Nội", "", "Sach-co-Ha-Noi", "Sách cổ Hà Nội"),
    ("scans", "Đại Nam thực lục", "", "Dai-Nam-thuc-luc", "Đại Nam thực lục"),
    ("scans", "Ðại Nam (Eth)", "", "Dai-Nam-Eth", "Ðại Nam (Eth)"),
    ("scans", "R.1234_v2-b", "", "R.1234_v2-b", "R.1234_v2-b"),
    ("scans", "a   b &amp;  c", "", "a-b-amp-c", "a b &amp; c"),
    ("scans", "100% cotton~paper", "", "100-cotton-paper", "100% cotton~paper"),
    ("scans", "...hidden", "", "hidden", "...hidden"),
    ("scans", "line\nbreak \x1b[31m", "", "line-break-31m", "line break [31m"),
    ("scans", "x" * 130, "", "x" * 100, "x" * 130),
    ("My scans", "", "", "My-scans", "My scans"),
    ("scans", "b/Truyện Kiều", "Truyen-Kieu", "Truyen-Kieu-9ccaf0", "Truyện Kiều"),
    ("scans", "b/TRUYEN KIEU", "Truyen-Kieu", "TRUYEN-KIEU-70e08b", "TRUYEN KIEU"),
    ("scans", "b/Truyện Kiều", "Truyen-Kieu Truyen-Kieu-9ccaf0", "Truyen-Kieu-9ccaf01", "Truyện Kiều"),
    ("scans", "Manifest", "", "Manifest-3c99f1", "Manifest"),
    ("scans", "大越史記", "", "work-a4caba", "大越史記"),
    ("scans", "long/" + "y" * 120, "y" * 100, "y" * 93 + "-87b52b", "y" * 120),
    # Parts of something larger
    ("scans", "Bách khoa/Tập 1", "", "Bach-khoa-Tap-1", "Bách khoa, Tập 1"),
    ("scans", "E/II", "", "E-II", "E, II"),
    ("scans", "Báo/1945/08", "", "Bao-1945-08", "Báo, 1945, 08"),
    ("scans", "Báo/1945-08-19", "", "Bao-1945-08-19", "Báo, 1945-08-19"),
    ("scans", "Hồ sơ/recto", "", "Ho-so-recto", "Hồ sơ, recto"),
    ("scans", "Tập 1", "", "scans-Tap-1", "scans, Tập 1"),
    ("1945", "", "", "1945", "1945"),
    ("scans", "y/A/Tập 1", "A-Tap-1", "y-A-Tap-1", "y, A, Tập 1"),
    ("s", "A/Tập 1", "A-Tap-1 s-A-Tap-1", "s-A-Tap-1-af770c", "s, A, Tập 1"),
    ("scans", "大越史記/1", "", "scans-1", "scans, 大越史記, 1"),
    ("scans", "z" * 120 + "/Tập 2", "", "z" * 94 + "-Tap-2", "z" * 120 + ", Tập 2"),
]


@pytest.mark.parametrize(("root", "path", "given_ids", "expected", "label"), FOLDERS)
def test_a_work_is_called_by_its_folder(root: str, path: str, given_ids: str, expected: str, label: str) -> None:
    taken = {name.casefold() for name in given_ids.split()}
    name = name_work(RootedPath(root, path), False, lambda wished: wished.casefold() in taken)
    assert (name.id, name.label) == (expected, label)


@pytest.mark.parametrize(
    ("path", "expected"), [("map.tif", "map"), ("bản đồ.v2.tif", "ban-do.v2"), ("A/1.tif", "1"), ("recto.tif", "recto")]
)
def test_a_work_of_one_file_is_called_by_its_stem(path: str, expected: str) -> None:
    assert name_work(RootedPath("scans", path), True, lambda _: False).id == expected


def test_the_root_is_shown_with_its_marks() -> None:
    name = name_work(RootedPath("Bach-khoa", "Tập 1"), False, lambda _: False, root_label="Bách khoa")
    assert (name.id, name.label) == ("Bach-khoa-Tap-1", "Bách khoa, Tập 1")


PARTS = """Tập 1|TẬP 1|tập|Quyển II|quyển|Số 12|Phần 3|Kỳ 2|vol|Vol. 3|volume IX|no 5|Nº 5|No. 12|N° 7|№ 8|part 2
    tome IV|recto|VERSO|0001|1|IV|XXXIX|1945|1945-08|1945_08_19|19.8.1945|19450819|08|Tap 1|quyen 2|so 3|vol1|Vol.02
    Tập 1 (2)|Tháng 8|Ngày 2 tháng 9 năm 1945|Tập 1, Quyển 2|1-2|(1)|#3"""
NO_PARTS = """Sách|tif|ii|iv|IIII|IIX|MCM|XL|Phan|Nam|Ky|Sổ 1|tạp 1|Tập thơ|Vol A|A1|1a|recto copy|Báo 1945|1945 - Báo
    Volumes|tome-d|V I P|大越|-|"""


@pytest.mark.parametrize("name", [name.strip() for name in PARTS.replace("\n", "|").split("|")])
def test_names_that_say_only_which_part_it_is(name: str) -> None:
    assert is_part_name(name)


@pytest.mark.parametrize("name", [name.strip() for name in NO_PARTS.replace("\n", "|").split("|")])
def test_names_that_say_what_it_is(name: str) -> None:
    assert not is_part_name(name)


names = st.text(min_size=1, max_size=40).filter(lambda name: "/" not in name) | st.sampled_from(
    ("Tập 1", "Tập 2", "1", "II", "recto", "A", "a", "Á", "大", "top", "Manifest", "x" * 200, "9" * 200)
)
folders = st.lists(st.lists(names, min_size=1, max_size=4), min_size=1, max_size=8)


@given(folders)
def test_whatever_the_folders_each_gets_an_id_of_its_own(found: list[list[str]]) -> None:
    places = {RootedPath("scans", unicodedata.normalize("NFC", "/".join(path))) for path in found}
    taken: set[str] = set()
    for place in sorted(places, key=lambda place: place.path):
        name = name_work(place, False, lambda wished: wished.casefold() in taken)
        assert ids.is_id(name.id)
        assert name.id.casefold() not in taken | ids.RESERVED
        assert name.label
        assert name.label == label_of(name.label)
        taken.add(name.id.casefold())


@given(st.lists(names, min_size=1, max_size=4))
def test_the_same_folder_gets_the_same_id_on_every_machine(path: list[str]) -> None:
    composed = unicodedata.normalize("NFC", "/".join(path))
    first, second = (name_work(RootedPath("r", composed), False, lambda w: w == "r").id for _ in range(2))
    assert first == second


def test_more_digits_are_taken_while_an_id_is_taken() -> None:
    digest = sha256(b"a/Book").hexdigest()
    taken = {"Book", *(f"Book-{digest[:digits]}" for digits in range(6, 12))}
    assert name_work(RootedPath("r", "a/Book"), False, taken.__contains__).id == f"Book-{digest[:12]}"
