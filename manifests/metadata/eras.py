"""The era names by which books, stelae and bells are dated: of Vietnamese monarchs, and of the Qing and Japan.

An era counts from its first year, so that is what has to be right; its last bounds what may be written. The table was
compared with two tables of era names in public repositories, and not with the books that are cited for them (Trần Trọng
Kim, Việt Nam sử lược). `tests/metadata/test_eras.py` holds some fifty dates against it of which the number of the year
and its name in the cycle of sixty are known: both have to be one year.

Left out are names that several monarchs had in centuries that leave open which is meant (Thuận Thiên, Thái Bình, Đại
Định), and 大正 in Hán, which is Đại Chính of the Mạc and Taishō of Japan.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Era:
    """Its names without marks, in Hán, and its first and last year. `is_plain`: the name alone is one, whatever stands
    beside it; other names are also words, places and publishers (Chính Trị, Minh Đức) and need the number of a year or
    its name in the cycle."""

    names: tuple[str, ...]
    han: str
    first: int
    last: int
    is_plain: bool = False


def _eras(table: str, *, is_plain: bool = False) -> list[Era]:
    """A line an era: names with `|` between, Hán or `-`, first and last year."""
    rows = (line.split() for line in table.strip().splitlines())
    return [
        Era(tuple(names.replace("-", " ").split("|")), han.strip("-"), int(first), int(last), is_plain)
        for names, han, first, last in rows
    ]


ERAS: Sequence[Era] = (
    # The Lý
    *_eras("""
        thong-thuy 通瑞 1034 1039
        can-phu-huu-dao 乾符有道 1039 1042
        thien-cam-thanh-vu 天感聖武 1044 1049
        sung-hung-dai-bao 崇興大寶 1049 1054
        long-thuy-thai-binh 龍瑞太平 1054 1058
        chuong-thanh-gia-khanh 彰聖嘉慶 1059 1065
        anh-vu-chieu-thang 英武昭勝 1076 1084
        quang-huu 廣祐 1085 1092
        hoi-phong 會豐 1092 1100
        long-phu 龍符 1101 1109
        hoi-tuong-dai-khanh 會祥大慶 1110 1119
        thien-phu-due-vu 天符睿武 1120 1126
        chinh-long-bao-ung 政隆寶應 1163 1174
        trinh-phu 貞符 1176 1186
    """),
    # The Trần
    *_eras("""
        thien-ung-chinh-binh 天應政平 1232 1251
        thieu-long 紹隆 1258 1272
        bao-phu 寶符 1273 1278
        thieu-bao 紹寶 1279 1285
        trung-hung 重興 1285 1293
        hung-long 興隆 1293 1314
        dai-khanh 大慶 1314 1323
        khai-thai 開泰 1324 1329
        khai-huu 開祐 1329 1341
        thieu-phong 紹豐 1341 1357
        dai-tri 大治 1358 1369
        xuong-phu 昌符 1377 1388
        quang-thai 光泰 1388 1398
    """),
    # The Lê
    *_eras("""
        thieu-binh 紹平 1434 1439
        dai-bao 大寶 1440 1442
        thai-hoa|dai-hoa 太和 1443 1453
        dien-ninh 延寧 1454 1459
        canh-thong 景統 1498 1504
        doan-khanh 端慶 1505 1509
        hong-thuan 洪順 1509 1516
        quang-thieu 光紹 1516 1522
        thong-nguyen 統元 1522 1527
    """),
    *_eras("""
        quang-thuan 光順 1460 1469
        hong-duc 洪德 1470 1497
    """, is_plain=True),
    # The Mạc
    *_eras("""
        minh-duc 明德 1527 1529
        dai-chinh - 1530 1540
        quang-hoa 廣和 1541 1546
        canh-lich 景曆 1548 1553
        quang-bao 光寶 1554 1561
        thuan-phuc 淳福 1562 1565
        sung-khang 崇康 1566 1577
        dien-thanh 延成 1578 1585
        doan-thai 端泰 1586 1587
        hung-tri 興治 1588 1590
        hong-ninh 洪寧 1591 1592
    """),
    # The Lê after the Mạc
    *_eras("""
        nguyen-hoa 元和 1533 1548
        thuan-binh 順平 1549 1556
        chinh-tri 正治 1558 1571
        hong-phuc 洪福 1572 1573
        gia-thai 嘉泰 1573 1577
        quang-hung 光興 1578 1599
        hoang-dinh 弘定 1600 1619
        vinh-to 永祚 1619 1628
        duc-long 德隆 1629 1634
        duong-hoa 陽和 1635 1643
        phuc-thai 福泰 1643 1649
        khanh-duc 慶德 1649 1653
        thinh-duc 盛德 1653 1657
        vinh-tho 永壽 1658 1662
        canh-tri 景治 1663 1671
        duong-duc 陽德 1672 1674
        duc-nguyen 德元 1674 1675
        vinh-tri 永治 1676 1680
    """),
    *_eras("""
        chinh-hoa 正和 1680 1705
        vinh-thinh 永盛 1705 1720
        bao-thai 保泰 1720 1729
        vinh-khanh 永慶 1729 1732
        long-duc 龍德 1732 1735
        vinh-huu 永佑 1735 1740
        canh-hung 景興 1740 1786
        chieu-thong 昭統 1787 1789
    """, is_plain=True),
    # The Tây Sơn
    *_eras("""
        thai-duc 泰德 1778 1793
        quang-trung 光中 1788 1792
        canh-thinh 景盛 1793 1801
        bao-hung 寶興 1801 1802
    """, is_plain=True),
    # The Nguyễn
    *_eras("""
        gia-long 嘉隆 1802 1819
        minh-mang|minh-menh 明命 1820 1840
        thieu-tri 紹治 1841 1847
        tu-duc 嗣德 1848 1883
        hiep-hoa 協和 1883 1883
        kien-phuc 建福 1884 1884
        ham-nghi 咸宜 1885 1888
        dong-khanh 同慶 1886 1888
        thanh-thai 成泰 1889 1907
        duy-tan 維新 1907 1916
        khai-dinh 啟定 1916 1925
        bao-dai 保大 1926 1945
    """, is_plain=True),
    # The Qing, and the republic after it
    *_eras("""
        thuan-tri 順治 1644 1661
        khang-hy|khang-hi 康熙 1662 1722
        ung-chinh 雍正 1723 1735
        can-long 乾隆 1736 1795
        gia-khanh 嘉慶 1796 1820
        dao-quang 道光 1821 1850
        ham-phong 咸豐 1851 1861
        dong-tri 同治 1862 1874
        quang-tu 光緒 1875 1908
        tuyen-thong 宣統 1909 1911
        dan-quoc 民國 1912 1949
    """),
    # Japan
    *_eras("""
        minh-tri 明治 1868 1912
        chieu-hoa 昭和 1926 1989
    """),
)  # fmt: skip
