"""Dates as they are written, beside EDTF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.metadata.dates import edtf_of
from manifests.metadata.edtf import is_edtf

WRITTEN = {
    # Years
    "1866": "1866",
    "1866.": "1866",
    "[1866]": "1866",
    "In năm 1866": "1866",
    "Hà Nội, 1905": "1905",
    "an 1899": "1899",
    "c1905": "1905",
    "©1905": "1905",
    "cop. 1905": "1905",
    "1905, c1904": "1905",
    "1890 [i.e. 1891]": "1891",
    # Doubt
    "1890?": "1890?",
    "[1890?]": "1890?",
    "có lẽ 1890": "1890?",
    "ca. 1900": "1900~",
    "c. 1900": "1900~",
    "[circa 1900?]": "1900%",
    "khoảng 1920": "1920~",
    "Khoảng năm 1920": "1920~",
    "vers 1880": "1880~",
    "chừng 1880?": "1880%",
    # More than a year
    "1890-1895": "1890/1895",
    "1890–95": "1890/1895",
    "[1759-1800]": "1759/1800",
    "1890?-1895?": "1890?/1895?",
    "từ 1890 đến 1895": "1890/1895",
    "between 1890 and 1895": "1890/1895",
    "de 1890 à 1895": "1890/1895",
    "khoảng 1890-1895": "1890~/1895~",
    "1890 hoặc 1891": "1890/1891",
    "1926-": "1926/..",
    "1926 - nay": "1926/..",
    "trước năm 1900": "../1900",
    "before 1900": "../1900",
    "sau 1945": "1945/..",
    "189-": "189X",
    "189?": "189X",
    "18??": "18XX",
    "189x": "189X",
    "1890??": "1890?",
    "[189-?]": "189X",
    "[18--]": "18XX",
    "1890s": "189X",
    "những năm 1890": "189X",
    "thập niên 1920": "192X",
    "thế kỷ XIX": "18XX",
    "Thế kỉ 19": "18XX",
    "cuối TK XVIII": "17XX",
    "thế kỷ XVIII-XIX": "17XX/18XX",
    "19th century": "18XX",
    "XIXe siècle": "18XX",
    # Days and months
    "1930-02-03": "1930-02-03",
    "1930-02-03T00:00:00Z": "1930-02-03T00:00:00Z",
    "1930/2/3": "1930-02-03",
    "3/2/1930": "1930-02-03",
    "03-02-1930": "1930-02-03",
    "3.2.1930": "1930-02-03",
    "ngày 3 tháng 2 năm 1930": "1930-02-03",
    "mồng 3 tháng hai năm 1930": "1930-02-03",
    "Ngày 3 tháng mười hai, 1930": "1930-12-03",
    "tháng 2 năm 1930": "1930-02",
    "tháng 2/1930": "1930-02",
    "2/1930": "1930-02",
    "31/2/1930": "1930",
    "2/13/1930": "1930",
    "12 janvier 1899": "1899-01-12",
    "le 1er mai 1900": "1900-05-01",
    "août 1899": "1899-08",
    "January 12, 1899": "1899-01-12",
    "12th of Sept. 1899": "1899-09-12",
    "1930年2月3日": "1930-02-03",
    # Reigns
    "Tự Đức thứ 12": "1859",
    "Tự Đức năm thứ 12": "1859",
    "Tự Đức thập nhị niên": "1859",
    "Tự Đức năm thứ mười hai": "1859",
    "嗣德十二年": "1859",
    "嗣德己未": "1859",
    "Tự Đức Kỷ Mùi": "1859",
    "Tự Đức năm Kỷ Mùi": "1859",
    "Tự Đức 19 (1866)": "1866",
    "Minh Mệnh năm thứ 3": "1822",
    "Minh Mạng nguyên niên": "1820",
    "明命元年": "1820",
    "Gia Long thứ nhất": "1802",
    "Thiệu Trị 7": "1847",
    "Đồng Khánh Bính Tuất": "1886",
    "Thành Thái thứ mười": "1898",
    "Duy Tân 10": "1916",
    "Khải Định cửu niên": "1924",
    "啓定九年": "1924",
    "Bảo Đại thứ hai mươi": "1945",
    "保大廿年": "1945",
    "Cảnh Hưng 40": "1779",
    "景興四十年": "1779",
    "Chính Hòa 18": "1697",
    "Hồng Đức thứ 10": "1479",
    "Quang Trung Kỷ Dậu": "1789",
    "niên hiệu Tự Đức": "1848/1883",
    "Tự Đức (1848-1883)": "1848/1883",
    # Where both are said and do not agree the year by our calendar counts, in doubt
    "Tự Đức 19 (1860)": "1860?",
    # The lunar calendar: no day from it
    "ngày 5 tháng 5 năm Tự Đức thứ 12": "1859",
    "ngày 5 tháng 5 năm Kỷ Mùi (1859)": "1859",
    "tháng 12 năm Tự Đức thứ 12": "1859/1860",
    "tháng Chạp năm 1859": "1859/1860",
    "tháng Giêng năm 1860": "1860",
    "ngày 15 tháng 8 năm 1866 (âm lịch)": "1866",
    "15/8/1866 ÂL": "1866",
    "ngày 3 tháng 2 năm 1930 (tức mồng 5 tháng Giêng năm Canh Ngọ)": "1930-02-03",
    # Abbreviations, two of a thing, a day inside a line
    "k. 1890": "1890~",
    "[kh. 1890]": "1890~",
    "cuối thế kỷ XIX đầu thế kỷ XX": "18XX/19XX",
    "thế kỷ XIX, XX": "18XX/19XX",
    "thế kỷ XVIII và XIX": "17XX/18XX",
    "thế kỷ XX, thế kỷ XIX": "",
    "entre 1890 et 1900": "1890/1900",
    "Juillet-Août 1917": "1917",
    "Số 1 (1917-07-01)": "1917-07-01",
    "1890-1-5": "1890-01-05",
    # Nothing
    "": "",
    "s.d.": "",
    "không rõ năm": "",
    "năm Kỷ Mùi": "",
    "Số 1234 năm 1905": "",
    "Số 12/1930": "1930",
    "1895-1890": "",
    "Tự Đức thứ 99": "",
    "Tự Đức 12 Giáp Tý": "",
    "thế kỷ 99": "",
    "x" * 1000: "",
    "1" * 150: "",
}


@pytest.mark.parametrize(("text", "edtf"), WRITTEN.items())
def test_a_date_as_it_is_written_is_one_of_edtf(text: str, edtf: str) -> None:
    assert edtf_of([text]) == edtf
    assert not edtf or is_edtf(edtf)


def test_the_first_text_that_is_understood_counts() -> None:
    assert edtf_of(["không rõ", "1866", "1867"]) == "1866"
    assert edtf_of([]) == ""


WORDS = st.sampled_from(
    [*" ".join(WRITTEN).split(), "(", ")", "-", "/", "tháng", "năm", "thứ", "٣", "十", "?", "[", "--"]
)


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_whatever_is_written_is_a_date_of_edtf_or_none(text: str) -> None:
    found = edtf_of([text])
    assert found == "" or is_edtf(found)
