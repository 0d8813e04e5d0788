"""The numbers of volumes, however they are written."""

import pytest

from manifests.collection import member_key
from manifests.metadata.volume_numbers import volume_rank

WRITTEN = {
    "2": ("2", "02", "Tập 2", "q. 2", "II", "Quyển II", "quyển nhị", "thứ hai", "Tập thứ hai", "卷之二", "第二冊"),
    "5": ("Tập năm", "thứ năm", "V"),
    "14": ("XIV", "thập tứ", "mười bốn", "十四", "Vol. 14"),
    "40": ("XL", "bốn mươi", "卌"),
    "3": ("hạ", "Quyển hạ", "下", "卷下"),
    "0": ("Quyển thủ", "卷首"),
    "3_12": ("Năm thứ 3, số 12", "3, 12", "III/12", "năm thứ ba, số mười hai"),
    "1_2": ("1-2", "Tập 1–2", "tập một, hai"),
    "12_phu_truong": ("12 phụ trương", "Số 12 (phụ trương)"),
    "2_a": ("2a",),
    "": ("", " ", "..."),
    "Tap": ("Tập",),
    "MDC": ("MDC",),
}


@pytest.mark.parametrize(("rank", "text"), [(rank, text) for rank, texts in WRITTEN.items() for text in texts])
def test_a_number_is_the_same_in_every_way_it_is_written(rank: str, text: str) -> None:
    assert volume_rank(text) == rank


def test_volumes_stand_in_order_although_each_is_numbered_in_another_way() -> None:
    written = ["quyển thủ", "1", "Tập 2", "2a", "2 phụ trương", "III", "tứ", "卷之五", "thứ sáu", "VII", "08", "10"]
    keys = [member_key("w", volume_rank(text)) for text in written]
    assert keys == sorted(keys)
