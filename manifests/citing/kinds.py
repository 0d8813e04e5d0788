"""What kind of thing a work is, by what its record calls it: the types of bibliographies are few.

Words as Vietnamese and English catalogues write them, MODS' `typeOfResource`, Dublin Core's types; a few in French.
"""

import re
from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    BOOK = "book"
    MANUSCRIPT = "manuscript"
    LETTER = "letter"
    MAP = "map"
    PERIODICAL = "periodical"
    MUSIC = "music"
    PICTURE = "picture"
    THESIS = "thesis"
    OTHER = "other"


_WORDS = (
    (Kind.THESIS, "luận văn|luận án|khóa luận|khoá luận|thesis|dissertation|thèse"),
    (Kind.MAP, "bản đồ|địa đồ|atlas|maps?|cartes?|cartographic"),
    (Kind.LETTER, "thư tay|thư từ|thư tín|bức thư|letters?|lettres?|correspondence"),
    (Kind.MANUSCRIPT, "chép tay|viết tay|thủ bản|bản thảo|manuscripts?|manuscrits?|handwritten"),
    (Kind.PERIODICAL, "báo(?! cáo)|báo chí|tạp chí|tập san|newspapers?|periodicals?|serials?|journals?|magazines?"),
    (Kind.MUSIC, "bản nhạc|nhạc phổ|notated music|sheet music|scores?"),
    (Kind.BOOK, "sách|truyện|books?|monographs?|livres?|text"),
    (Kind.PICTURE, "ảnh|tranh|bưu ảnh|photographs?|photos?|still image|image|pictures?|prints?|drawings?|postcards?"),
)
"""The first that fits counts: a handwritten book is a manuscript, a picture book a book."""
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _WORDS)


def kind_of(called: Iterable[str]) -> Kind:
    """By all that a record says of the type together."""
    said = "\n".join(called).casefold()
    return next((kind for kind, words in _PATTERNS if words.search(said)), Kind.OTHER)
