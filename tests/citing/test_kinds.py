"""What a work is, by the words of its record."""

import pytest

from manifests.citing.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("called", "kind"),
    [
        (["Sách in"], Kind.BOOK),
        (["text", "truyện thơ"], Kind.BOOK),
        (["Bản đồ"], Kind.MAP),
        (["cartographic"], Kind.MAP),
        (["Sách chép tay"], Kind.MANUSCRIPT),
        (["Manuscript"], Kind.MANUSCRIPT),
        (["Báo"], Kind.PERIODICAL),
        (["tạp chí"], Kind.PERIODICAL),
        (["Báo cáo"], Kind.OTHER),
        (["Bức thư"], Kind.LETTER),
        (["Ảnh"], Kind.PICTURE),
        (["still image"], Kind.PICTURE),
        (["Sách ảnh"], Kind.BOOK),
        (["Luận án tiến sĩ"], Kind.THESIS),
        (["notated music"], Kind.MUSIC),
        (["Textile"], Kind.OTHER),
        ([], Kind.OTHER),
    ],
)
def test_the_first_kind_whose_words_stand_there_counts(called: list[str], kind: Kind) -> None:
    assert kind_of(called) is kind
