"""What a work is (`type` of Dublin Core, `typeOfResource` of MODS, leader of MARC), in the words of catalogues."""

from collections.abc import Mapping
from functools import cache

from manifests.metadata.stating import plain_key

_KINDS: Mapping[str, tuple[str, str, str]] = {
    "book": ("Sách", "Book", "books; monograph; printed book; sách in; livre; ebook"),
    "manuscript": (
        "Bản viết tay",
        "Manuscript",
        "manuscripts; thủ bản; bản thảo; bản chép tay; sách chép tay; manuscrit",
    ),
    "woodblock": ("Mộc bản", "Woodblock", "woodblock print; sách mộc bản; bản khắc gỗ; sách in mộc bản"),
    "map": ("Bản đồ", "Map", "maps; cartographic; cartographic material; carte; atlas"),
    "newspaper": ("Báo", "Newspaper", "newspapers; nhật báo; báo chí; journal quotidien"),
    "journal": ("Tạp chí", "Journal", "periodical; periodicals; serial; magazine; continuing resource; revue"),
    "letter": ("Thư từ", "Letter", "letters; correspondence; thư; lá thư; lettre; thư tín"),
    "photograph": ("Ảnh chụp", "Photograph", "photo; photos; photographs; ảnh; photographie"),
    "image": ("Tranh ảnh", "Image", "still image; stillimage; picture; pictures; tranh; hình ảnh; two dimensional"),
    "postcard": ("Bưu thiếp", "Postcard", "postcards; bưu ảnh; carte postale"),
    "poster": ("Áp phích", "Poster", "posters; tranh cổ động; affiche"),
    "music": ("Bản nhạc", "Sheet music", "notated music; score; nhạc phẩm; partition"),
    "archive": ("Tài liệu lưu trữ", "Archival document", "archival material; hồ sơ; archives; châu bản"),
    "decree": ("Sắc phong", "Royal decree", "decree; sắc; brevet"),
    "genealogy": ("Gia phả", "Genealogy", "tộc phả; phả hệ"),
    "land-register": ("Địa bạ", "Land register", "cadastre"),
    "rubbing": ("Thác bản", "Rubbing", "văn bia; thác bản văn bia; inscription; estampage"),
    "thesis": ("Luận văn, luận án", "Thesis", "dissertation; theses; luận văn; luận án; thèse"),
    "text": ("Văn bản", "Text", "language material"),
}


@cache
def _by_name() -> Mapping[str, str]:
    return {
        plain_key(name): kind
        for kind, (vietnamese, english, also) in _KINDS.items()
        for name in (kind, vietnamese, english, *also.split("; "))
    }


def kind_of(text: str) -> str | None:
    """The kind that a catalogue's word means; None for any other word."""
    return _by_name().get(plain_key(text))


def kind_name(kind: str, language: str) -> str | None:
    known = _KINDS.get(kind)
    return (known[0] if language == "vi" else known[1]) if known is not None else None
