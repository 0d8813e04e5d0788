"""Eras: first years against dates that count the year in two ways, and names that are also other words."""

import pytest

from manifests.metadata.dates import edtf_of
from manifests.metadata.eras import ERAS
from manifests.metadata.reigns import reign_in

STELAE = (
    "Đại Bảo 3 Nhâm Tuất 1442", "Thái Hòa 6 Mậu Thìn 1448", "Quang Thuận 4 Quý Mùi 1463",
    "Quang Thuận 7 Bính Tuất 1466",
    "Hồng Đức 6 Ất Mùi 1475", "Hồng Đức 18 Đinh Mùi 1487", "Hồng Đức 27 Bính Thìn 1496", "Cảnh Thống 5 Nhâm Tuất 1502",
    "Hồng Thuận 3 Tân Mùi 1511", "Hồng Thuận 6 Giáp Tuất 1514", "Quang Thiệu 3 Mậu Dần 1518", "Minh Đức 3 Kỷ Sửu 1529",
    "Thuận Bình 6 Giáp Dần 1554", "Chính Trị 8 Ất Sửu 1565", "Gia Thái 5 Đinh Sửu 1577", "Quang Hưng 3 Canh Thìn 1580",
    "Quang Hưng 18 Ất Mùi 1595", "Hoằng Định 3 Nhâm Dần 1602", "Hoằng Định 20 Kỷ Mùi 1619", "Vĩnh Tộ 5 Quý Hợi 1623",
    "Vĩnh Tộ 10 Mậu Thìn 1628", "Đức Long 3 Tân Mùi 1631", "Dương Hòa 3 Đinh Sửu 1637", "Phúc Thái 4 Bính Tuất 1646",
    "Khánh Đức 2 Canh Dần 1650", "Thịnh Đức 4 Bính Thân 1656", "Vĩnh Thọ 2 Kỷ Hợi 1659", "Cảnh Trị 2 Giáp Thìn 1664",
    "Dương Đức 2 Quý Sửu 1673", "Vĩnh Trị 5 Canh Thân 1680", "Chính Hòa 4 Quý Hợi 1683", "Vĩnh Thịnh 2 Bính Tuất 1706",
    "Bảo Thái 2 Tân Sửu 1721", "Vĩnh Khánh 3 Tân Hợi 1731", "Long Đức 2 Quý Sửu 1733", "Vĩnh Hựu 2 Bính Thìn 1736",
    "Cảnh Hưng 4 Quý Hợi 1743", "Cảnh Hưng 40 Kỷ Hợi 1779",
)  # fmt: skip
"""Examinations of doctors, whose stelae stand in the Temple of Literature in Hà Nội: number of the year, its name in
the cycle, the year of ours. From knowledge, not copied from the stones; the three bear each other out."""

SEALS = (
    "Thiệu Phong 1 Tân Tỵ 1341", "Hưng Long 1 Quý Tỵ 1293", "Trùng Hưng 1 Ất Dậu 1285", "Cảnh Lịch 6 Quý Sửu 1553",
    "Đại Chính 1 Canh Dần 1530", "Gia Long 1 Nhâm Tuất 1802", "Minh Mệnh 21 Canh Tý 1840", "Thiệu Trị 1 Tân Sửu 1841",
    "Tự Đức 36 Quý Mùi 1883", "Đồng Khánh 1 Bính Tuất 1886", "Thành Thái 12 Canh Tý 1900", "Duy Tân 1 Đinh Mùi 1907",
    "Khải Định 9 Giáp Tý 1924", "Bảo Đại 20 Ất Dậu 1945", "Càn Long 1 Bính Thìn 1736", "Quang Tự 1 Ất Hợi 1875",
)  # fmt: skip
"""Years that books and annals name in both ways."""


@pytest.mark.parametrize("said", [*STELAE, *SEALS])
def test_the_number_of_a_year_and_its_name_in_the_cycle_are_one_year(said: str) -> None:
    written, _, year = said.rpartition(" ")
    era, number, cycle = written.rsplit(" ", 3)[0], written.split(" ")[-3], " ".join(written.split(" ")[-2:])
    assert edtf_of([f"{era} năm thứ {number}, {cycle}"]) == edtf_of([f"{era} {cycle}"]) == year


def test_eras_do_not_end_before_they_begin_and_have_names_of_their_own() -> None:
    assert all(era.first <= era.last for era in ERAS)
    names = [name for era in ERAS for name in (*era.names, era.han) if name]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Thịnh Đức 3", "1655"),
        ("Đoan Khánh thứ hai", "1506"),
        ("năm Canh Tý niên hiệu Thành Thái", "1900"),
        ("彰聖嘉慶五年", "1063"),
        ("嘉慶五年", "1800"),
        ("康熙六十一年", "1722"),
        ("光绪三十四年", "1908"),
        ("Khang Hy thứ 61", "1722"),
        ("民國二十年", "1931"),
        ("明治三十年", "1897"),
        ("Dân quốc năm thứ 20", "1931"),
    ],
)
def test_years_of_other_eras_are_read(text: str, edtf: str) -> None:
    assert edtf_of([text]) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Chính trị quốc gia, 2005", "2005"),
        ("Nhà in Minh Đức, 1935", "1935"),
        ("Quảng Hòa, 12 tháng 5 năm 1930", "1930-05-12"),
        ("Vĩnh Thọ", ""),
        ("Đại Chính 40", ""),
        ("Thuận Thiên 5", ""),
        ("大正五年", ""),
    ],
)
def test_a_name_that_is_also_a_word_is_an_era_only_with_a_year_and_never_against_a_date(text: str, edtf: str) -> None:
    assert edtf_of([text]) == edtf


def test_an_era_that_is_no_other_word_is_all_its_years() -> None:
    found = reign_in("niên hiệu tự đức")
    assert found is not None
    assert (found.first, found.last, found.is_plain) == (1848, 1883, True)
