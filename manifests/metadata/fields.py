"""The lines of a record that have a name here, and what people call them: Vietnamese as library catalogues print it
(ISBD as Vietnamese libraries apply it, the fields of MARC 21 in Vietnamese), and English.

Dublin Core's fifteen elements, what MODS and MARC tell beyond them, and what only a library with Hán-Nôm books has.
"""

from collections.abc import Mapping

from manifests.model import LanguageMap

FIELDS: Mapping[str, LanguageMap] = {
    name: {"vi": [vietnamese], "en": [english]}
    for name, vietnamese, english in (
        ("title", "Nhan đề", "Title"),
        ("other-title", "Nhan đề khác", "Other title"),
        ("creator", "Tác giả", "Author"),
        ("contributor", "Tác giả khác", "Contributor"),
        ("responsibility", "Thông tin trách nhiệm", "Statement of responsibility"),
        ("edition", "Lần xuất bản", "Edition"),
        ("place", "Nơi xuất bản", "Place of publication"),
        ("publisher", "Nhà xuất bản", "Publisher"),
        ("date", "Năm xuất bản", "Date"),
        ("extent", "Mô tả vật lý", "Extent"),
        ("dimensions", "Kích thước", "Dimensions"),
        ("series", "Tùng thư", "Series"),
        ("volume", "Tập", "Volume"),
        ("language", "Ngôn ngữ", "Language"),
        ("type", "Loại hình tài liệu", "Type"),
        ("subject", "Chủ đề", "Subject"),
        ("coverage", "Địa danh", "Place covered"),
        ("description", "Mô tả", "Description"),
        ("contents", "Mục lục", "Contents"),
        ("note", "Phụ chú", "Note"),
        ("provenance", "Nguồn gốc", "Provenance"),
        ("relation", "Tài liệu liên quan", "Related work"),
        ("source", "Nguồn", "Source"),
        ("shelfmark", "Kí hiệu xếp giá", "Shelfmark"),
        ("identifier", "Mã định danh", "Identifier"),
        ("isbn", "ISBN", "ISBN"),
        ("issn", "ISSN", "ISSN"),
        ("doi", "DOI", "DOI"),
        ("ark", "ARK", "ARK"),
        ("classification", "Kí hiệu phân loại", "Classification"),
        ("rights", "Bản quyền", "Rights"),
        ("collection", "Bộ sưu tập", "Collection"),
        ("format", "Định dạng", "Format"),
    )
}
"""By name, in the order in which a record is shown."""

ORDER = tuple(FIELDS)


def label_of(field: str) -> LanguageMap:
    """A heading that is not known here is its own label, in no language that we know."""
    return FIELDS.get(field, {"none": [field]})
