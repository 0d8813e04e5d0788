"""The sentence that cites a work or a page, in the language of the page."""

from dataclasses import replace
from datetime import UTC, datetime

from manifests.metadata.record import Record
from server.language.translator import Translator
from server.site.citation import citation
from tests.citing.make import refer_to

TODAY = datetime(2026, 11, 27, 8, tzinfo=UTC)
VI, EN = Translator("vi"), Translator("en")


def test_a_work_is_cited_as_iso_690_has_it() -> None:
    assert citation(refer_to(), VI, TODAY).text == (
        "Nguyễn Du. Truyện Kiều [trực tuyến]. Hà Nội: Liễu Văn đường, Tự Đức thập cửu niên (1866) "
        "[truy cập ngày 27 tháng 11, 2026]. Thư viện tỉnh, VNb.60. "
        "Địa chỉ truy cập: https://library.example/works/Kieu"
    )
    assert citation(refer_to(), EN, TODAY).text == (
        "Nguyễn Du. Truyện Kiều [online]. Hà Nội: Liễu Văn đường, Tự Đức thập cửu niên (1866) "
        "[viewed November 27, 2026]. Thư viện tỉnh, VNb.60. Available from: https://library.example/works/Kieu"
    )


def test_a_work_of_which_nothing_is_known_is_cited_by_title_library_and_address() -> None:
    bare = refer_to(Record(), {"none": ("Bản đồ",)}, "Ban-do")
    assert citation(bare, EN, TODAY).text == (
        "Bản đồ [online] [viewed November 27, 2026]. Thư viện số. Available from: https://library.example/works/Ban-do"
    )


def test_authors_edition_and_volume_stand_in_their_places() -> None:
    of = replace(refer_to(), authors=("Trần, H.", "Lê Lợi"), edition="In lần 2", volume="Tập 1", place="")
    assert citation(of, EN, TODAY).text.startswith(
        "Trần, H.; Lê Lợi. Truyện Kiều [online]. In lần 2. Liễu Văn đường, Tập 1, Tự Đức"
    )
    assert citation(replace(of, authors=("Trần, H.",)), EN, TODAY).before == "Trần, H. "


def test_a_page_is_cited_with_its_name_and_its_own_address() -> None:
    cited = citation(refer_to(), VI, TODAY, address="https://library.example/works/Kieu/pages/2", page="tr. 1b")
    assert "(1866), tr. 1b [truy cập" in cited.text
    assert cited.text.endswith("/works/Kieu/pages/2")


def test_the_title_is_set_apart_in_its_own_language() -> None:
    cited = citation(refer_to(), EN, TODAY)
    assert (cited.before, cited.title, cited.language) == ("Nguyễn Du. ", "Truyện Kiều", "vi")


def test_a_word_of_the_interface_in_a_record_is_not_translated() -> None:
    assert citation(replace(refer_to(), authors=("Search",)), VI, TODAY).before == "Search. "
