"""What several formats state alike: headings that mean a field, and rights in whatever words.

A heading is known in Vietnamese, with its marks or without, and in English; a field also by its own name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from unicodedata import combining, normalize

from manifests import findings
from manifests.metadata.edtf import is_edtf, is_moment_in_utc, nav_date_of
from manifests.metadata.fields import FIELDS
from manifests.metadata.reader import bad_value
from manifests.metadata.record import Texts
from manifests.metadata.rights import looks_like_an_address, rights_uri
from manifests.metadata.texts import joined
from manifests.model import Finding

_ALSO: Mapping[str, str] = {
    "title": "nhan đề chính; tên tác phẩm; tên sách; tiêu đề; tựa đề; tên tài liệu; tên; name; label; dc.title",
    "other-title": "nhan đề song song; tên khác; parallel title; alternative title; dcterms.alternative",
    "creator": "creator; authors; người viết; soạn giả; người biên soạn; dc.creator; dc.contributor.author",
    "contributor": "contributors; người dịch; dịch giả; translator; editor; người hiệu đính; dc.contributor",
    "edition": "lần in",
    "place": "nơi in; place of printing; place",
    "publisher": "nhà in; nxb; người in; tàng bản; printer; dc.publisher",
    "date": "năm; năm in; niên đại; ngày; ngày tháng; thời gian; year; date of publication; dc.date; dc.date.issued",
    "extent": "số trang; số tờ; khối lượng; pages; physical description",
    "dimensions": "khổ; khổ sách; size",
    "series": "bộ sách; series title",
    "volume": "số tập; quyển",
    "language": "ngôn ngữ văn bản; chữ; languages; lang; dc.language; dc.language.iso",
    "type": "loại; thể loại; loại tài liệu; genre; kind; dc.type",
    "subject": "đề mục; đề tài; từ khóa; từ khoá; keywords; subjects; dc.subject",
    "coverage": "nơi chốn; phạm vi; coverage; dc.coverage",
    "description": "tóm tắt; nội dung; abstract; summary; dc.description; dc.description.abstract",
    "note": "ghi chú; chú thích; notes",
    "relation": "liên quan; relation; dc.relation",
    "source": "dc.source",
    "shelfmark": "ký hiệu xếp giá; ký hiệu; kí hiệu; số ký hiệu; call number; shelf mark; signature",
    "identifier": "số định danh; mã số; identifiers; dc.identifier",
    "classification": "ký hiệu phân loại; ddc; bbk; udc",
    "rights": "quyền; giấy phép; licence; license; copyright; dc.rights",
    "collection": "sưu tập; collections",
    "format": "dc.format",
}


def plain_key(heading: str) -> str:
    """What two spellings of a heading have in common: no marks, no letter case, one space."""
    letters = (c for c in normalize("NFD", heading.casefold().replace("đ", "d")) if not combining(c))
    return re.sub(r"[\s_:-]+", " ", "".join(letters)).strip()


@cache
def _by_heading() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, label in FIELDS.items():
        also = [text for texts in label.values() for text in texts] + _ALSO.get(name, "").split("; ")
        for heading in [name, *also]:
            found.setdefault(plain_key(heading), name)
    return {key: name for key, name in found.items() if key}


def field_named(heading: str) -> str | None:
    return _by_heading().get(plain_key(heading))


@dataclass(frozen=True, slots=True)
class RightsSaid:
    """A URI, or words that have to be shown with the work, or both."""

    uri: str = ""
    statement: Texts = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def date_stated(place: str, value: str) -> str:
    """A date that a record gives as EDTF. Raises BadRecord."""
    if value and not is_edtf(value):
        raise bad_value(place, value, ["1866", "1866-05-03", "1866?", "1866~", "186X", "1866/1870"])
    return value


def nav_date_stated(place: str, value: str) -> str:
    """A moment for `navDate`; a day, a month or a year stands for its first. Raises BadRecord."""
    found = value if is_moment_in_utc(value) else nav_date_of(value)
    if value and not found:
        raise bad_value(place, value, ["1866", "1866-05-03", "1866-05-03T00:00:00Z"])
    return found


def rights_said(said: Texts) -> RightsSaid:
    """The first licence there is is the work's; what is none of the known ones is shown as it is written."""
    uris = [uri for strings in said.values() for text in strings if (uri := rights_uri(text))]
    words = {tag: tuple(text for text in strings if rights_uri(text) is None) for tag, strings in said.items()}
    odd = [text for strings in words.values() for text in strings if looks_like_an_address(text)]
    found = [findings.make_finding("record-rights", uri=uri[:200]) for uri in odd]
    return RightsSaid(uris[0] if uris else "", joined([words]), found)
