"""In which collections a work comes to stand: by the command line, by its record, as a volume, as an issue."""

from pathlib import Path

import pytest

from manifests.collection import CollectionKind
from manifests.errors import Missing, Misused
from manifests.library import Library
from manifests.model import State
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


def put(scans: Path, name: str, toml: str = "") -> None:
    scan(scans / name, "1.tif")
    if toml:
        (scans / name / "work.toml").write_text(toml, encoding="utf-8")


def standing(library: Library, work: str) -> list[str]:
    return [one.id for one in library.collections.of_work(work)]


def test_the_command_line_puts_works_into_a_collection_and_they_keep_those_they_had(
    library: Library, scans: Path
) -> None:
    put(scans, "a"), put(scans, "b")
    ingest(library, scans, collection="Quy")
    ingest(library, scans / "a", collection="Moi")
    ingest(library, scans)
    assert (standing(library, "a"), standing(library, "b")) == (["Moi", "Quy"], ["Quy"])
    assert library.collections.find("Quy").label == {"none": ["Quy"]}


def test_works_leave_a_collection_again(library: Library, scans: Path) -> None:
    put(scans, "a")
    ingest(library, scans, collection="Quy")
    ingest(library, scans, left="quy")
    assert standing(library, "a") == ["top"]
    with pytest.raises(Missing):
        library.collections.find("Quy")


def test_no_pixel_is_touched_for_it_and_the_log_has_one_row_a_work(library: Library, scans: Path) -> None:
    put(scans, "a")
    ingest(library, scans)
    seen, workers = len(library.changes()), FakeWorkerPool()
    for _ in range(2):
        ingest(library, scans, collection="Quy", workers=workers)
    assert (workers.built, workers.hashed) == ([], [])
    assert [change.work for change in library.changes(after=seen)] == ["a"]


@pytest.mark.parametrize("name", ["top", "TOP", "manifest", "Sách cổ", "", "-a", "a/b", "x" * 101])
def test_what_cannot_be_an_id_is_wrong_use(library: Library, scans: Path, name: str) -> None:
    put(scans, "a")
    if not name:
        ingest(library, scans, collection=name)
        return
    with pytest.raises(Misused):
        ingest(library, scans, collection=name)
    assert library.works() == []


def test_only_a_collection_that_is_there_can_be_left(library: Library, scans: Path) -> None:
    put(scans, "a")
    with pytest.raises(Missing):
        ingest(library, scans, left="Quy")


def test_a_draft_shows_no_collection(library: Library, scans: Path) -> None:
    put(scans, "a")
    ingest(library, scans, collection="Quy", draft=True)
    with pytest.raises(Missing):
        library.collection(3, "Quy")
    library.publish("a")
    assert b'"Quy"' in library.collection(3, "Quy").body
    library.withdraw("a")
    with pytest.raises(Missing):
        library.collection(3, "Quy")


def test_a_record_names_collections_by_label_or_id_and_unknown_ones_are_made(library: Library, scans: Path) -> None:
    (scans / "collections.toml").write_text('[Han-Nom]\nlabel = { vi = "Sách Hán Nôm" }\n', encoding="utf-8")
    put(scans, "a", '[metadata]\n"Bộ sưu tập" = ["SÁCH  hán nôm", "Bản đồ cổ"]\n')
    put(scans, "b", '[metadata]\ncollection = "han-nom"\n')
    ingest(library, scans)
    assert standing(library, "a") == ["Ban-do-co", "Han-Nom"]
    assert standing(library, "b") == ["Han-Nom"]
    assert library.collections.find("Ban-do-co").label == {"none": ["Bản đồ cổ"]}


def test_names_that_differ_in_marks_alone_are_two_collections(library: Library, scans: Path) -> None:
    put(scans, "a", '[metadata]\ncollection = "Sách cổ"\n')
    ingest(library, scans)
    put(scans, "b", '[metadata]\ncollection = "Sách có"\n')
    put(scans, "c", '[metadata]\ncollection = "漢喃"\n')
    put(scans, "d", '[metadata]\ncollection = "top"\n')
    for _ in range(2):
        ingest(library, scans)
        found = {work: standing(library, work) for work in "abcd"}
        assert len({name for names in found.values() for name in names}) == 4
        assert found["a"] == ["Sach-co"]
        assert found["b"][0].startswith("Sach-co-")
        assert found["d"][0].startswith("top-")


def test_of_new_names_the_plain_id_is_that_of_the_first_path_whichever_work_is_ready_first(
    library: Library, scans: Path
) -> None:
    put(scans, "b", "title = 'B'\n"), put(scans, "c", "title = 'C'\n")
    ingest(library, scans)
    put(scans, "a", '[metadata]\ncollection = "Sách cổ"\n')  # whose image is still to be read when b and c are ready
    (scans / "b/work.toml").write_text('[metadata]\ncollection = "Sách có"\n', encoding="utf-8")
    (scans / "c/work.toml").write_text('[metadata]\ncollection = "SÁCH CỔ"\n', encoding="utf-8")
    ingest(library, scans)
    assert (standing(library, "a"), standing(library, "c")) == (["Sach-co"], ["Sach-co"])
    assert standing(library, "b")[0].startswith("Sach-co-")
    assert library.collections.find("Sach-co").label == {"none": ["Sách cổ"]}


def test_a_new_set_lies_where_its_first_path_says_not_the_volume_that_is_ready_first(
    library: Library, scans: Path
) -> None:
    put(scans, "b", "title = 'B'\n")
    ingest(library, scans)
    put(scans, "a", SET % 1 + '[metadata]\ncollection = "Sử"\n')
    (scans / "b/work.toml").write_text(SET % 2 + '[metadata]\ncollection = "Quà"\n', encoding="utf-8")
    ingest(library, scans)
    assert library.collections.find("Dai-Nam-thuc-luc").parent == "Su"


def test_a_name_is_no_collection_that_the_command_line_makes_at_the_same_time(library: Library, scans: Path) -> None:
    put(scans, "a", '[metadata]\ncollection = "Thơ"\n')
    found = []
    for _ in range(2):
        ingest(library, scans, collection="Tho")
        found.append(standing(library, "a"))
    assert found[0] == found[1]
    assert len(library.changes()) == 1


def test_a_collection_that_a_record_made_may_be_renamed_and_is_the_same(library: Library, scans: Path) -> None:
    put(scans, "a", '[metadata]\ncollection = "Sách cổ"\n')
    ingest(library, scans)
    (scans / "collections.toml").write_text('[Sach-co]\nlabel = "Sách in trước 1900"\n', encoding="utf-8")
    ingest(library, scans)
    assert standing(library, "a") == ["Sach-co"]


def test_columns_in_several_languages_name_one_collection(library: Library, scans: Path) -> None:
    put(scans, "a")
    sheet = "thư mục;bộ sưu tập@vi;collection@en\na;Sách|Bản đồ;Books|Maps\n"
    (scans / "metadata.csv").write_text(sheet, encoding="utf-8")
    ingest(library, scans)
    assert standing(library, "a") == ["Ban-do", "Sach"]
    assert library.collections.find("Sach").label == {"vi": ["Sách"], "en": ["Books"]}


def test_what_a_record_no_longer_says_counts_no_more(library: Library, scans: Path) -> None:
    put(scans, "a", '[metadata]\ncollection = "Một"\n')
    ingest(library, scans, collection="Tay")
    put(scans, "a", '[metadata]\ncollection = "Hai"\n')
    ingest(library, scans)
    assert standing(library, "a") == ["Hai", "Tay"]


SET = '[set]\ntitle = { vi = "Đại Nam thực lục" }\nnumber = %s\n'


def test_volumes_make_a_set_in_their_order_wherever_the_works_were_put(library: Library, scans: Path) -> None:
    for name, number in (("x", 10), ("y", 2)):
        put(scans, name, SET % number)
    ingest(library, scans, collection="Quy")
    found = library.collections.find("Dai-Nam-thuc-luc")
    assert (found.kind, found.parent, found.works) == (CollectionKind.SET, "Quy", 2)
    assert [member.what.id for member in library.collections.page("Dai-Nam-thuc-luc").members] == ["y", "x"]
    assert [member.what.id for member in library.collections.page("Quy").members] == ["Dai-Nam-thuc-luc"]
    assert b'"behavior":["multi-part"]' in library.collection(3, "Dai-Nam-thuc-luc").body


def test_a_sheet_names_sets_and_serials(library: Library, scans: Path) -> None:
    put(scans, "a"), put(scans, "b")
    sheet = "thư mục;thuộc bộ;tập;tên báo;năm\na;Toàn thư;3;;\nb;;;Nam Phong;1917-07-01\n"
    (scans / "metadata.csv").write_text(sheet, encoding="utf-8")
    ingest(library, scans)
    assert (standing(library, "a"), standing(library, "b")) == (["Toan-thu"], ["Nam-Phong-1917"])


def test_mods_of_a_numbered_part_of_a_host_is_a_volume(library: Library, scans: Path) -> None:
    mods = (
        '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Tập {n}</title></titleInfo>'
        '<relatedItem type="host"><titleInfo><title>Toàn thư</title></titleInfo></relatedItem>{part}</mods>'
    )
    numbered = '<part><detail type="volume"><number>{n}</number></detail></part>'
    for name, part in (("a", numbered.format(n=1)), ("b", "")):
        scan(scans / name, "1.tif")
        (scans / name / "mods.xml").write_text(mods.format(n=1, part=part), encoding="utf-8")
    ingest(library, scans)
    assert (standing(library, "a"), standing(library, "b")) == (["Toan-thu"], ["top"])


SERIAL = '[serial]\ntitle = "Nam Phong tạp chí"\nid = "Nam-Phong"\n[metadata]\n"Năm xuất bản" = "%s"\n'


@pytest.mark.parametrize(
    ("date", "where", "nav_date"),
    [
        ("1917-07-01", "Nam-Phong-1917", "1917-07-01T00:00:00Z"),
        ("tháng 7 năm 1917", "Nam-Phong-1917", "1917-07-01T00:00:00Z"),
        ("1917", "Nam-Phong-1917", "1917-01-01T00:00:00Z"),
        ("1917-02-30", "Nam-Phong-1917", "1917-01-01T00:00:00Z"),
        ("khoảng 1917", "Nam-Phong", ""),
    ],
)
def test_issues_stand_by_title_and_year(library: Library, scans: Path, date: str, where: str, nav_date: str) -> None:
    put(scans, "bao", SERIAL % date)
    ingest(library, scans)
    assert standing(library, "bao") == [where]
    assert library.work("bao").nav_date == nav_date
    assert library.collections.find("Nam-Phong").kind is CollectionKind.SERIAL
    if nav_date:
        assert f'"navDate":"{nav_date}"'.encode() in library.collection(3, where).body
        assert b'"navDate":"1917-01-01T00:00:00Z"' in library.collection(2, "Nam-Phong").body


def test_a_manifest_says_of_which_collections_it_is_a_part(library: Library, scans: Path) -> None:
    put(scans, "a")
    ingest(library, scans, collection="Quy")
    assert library.document(3, "a").body.endswith(
        b'"partOf":[{"id":"http://mocban.invalid/iiif/presentation/3/collection/Quy","type":"Collection",'
        b'"label":{"none":["Quy"]}}]}'
    )
    assert library.document(2, "a").body.endswith(
        b'"within":"http://mocban.invalid/iiif/presentation/2/collection/Quy"}'
    )
    assert library.document_digest(3, "a")[0] == library.document(3, "a").digest


def test_a_removed_work_comes_back_into_its_collections(library: Library, scans: Path) -> None:
    put(scans, "a")
    ingest(library, scans, collection="Quy")
    library.remove("a")
    ingest(library, scans / "a")
    assert library.any_work("a").state is State.PUBLIC
    assert standing(library, "a") == ["Quy"]
