"""Which files a document names beside its pictures: what readers take home, and what programs read.

Both versions of the Presentation API name the same ones. Nothing here knows how either version spells them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.addresses import Addresses
from manifests.metadata.record import Record
from manifests.metadata.shared_formats import SHARED_FORMATS
from manifests.model import LanguageMap, Page, Work
from manifests.presentation.institution import Institution
from manifests.text import plain as plain_reader
from manifests.transcript import alto, plain

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Download:
    """`profile` is the standard that a program will find in it."""

    address: str
    format: str
    label: LanguageMap
    profile: str = ""


def renderings_of_work(work: Work, addresses: Addresses) -> Sequence[Download]:
    """For people: the work as a PDF, and its text if it has one."""
    pdf = Download(addresses.work_pdf(work.id), PDF, {"vi": ["Toàn bộ tài liệu (PDF)"], "en": ["The whole work (PDF)"]})
    if work.text is None:
        return [pdf]
    label = {"vi": ["Văn bản của toàn bộ tài liệu"], "en": ["Text of the whole work"]}
    return [pdf, Download(addresses.work_text(work.id), plain.MEDIA_TYPE, label)]


def data_of_work(record: Record, work: Work, addresses: Addresses, institution: Institution) -> Sequence[Download]:
    """For programs: the library's own records of the work, in the formats that others read."""
    if not institution.share_records:
        return []
    shared = [SHARED_FORMATS[name] for name in record.files]
    return [
        Download(addresses.record(work.id, one.extension), one.media_type, {"none": [one.name]}, one.profile)
        for one in shared
    ]


def renderings_of_page(work: Work, page: Page, addresses: Addresses) -> Sequence[Download]:
    """For people: the text of the page, if it has one."""
    if page.text is None:
        return []
    address = addresses.page_text(work.id, page.id, plain.EXTENSION)
    return [Download(address, plain.MEDIA_TYPE, {"vi": ["Văn bản của trang"], "en": ["Text of the page"]})]


def data_of_page(work: Work, page: Page, addresses: Addresses) -> Sequence[Download]:
    """For programs: ALTO, where the words may have places. Without any it would tell them nothing new, and those that
    lay the words over the picture stumble over it."""
    if page.text is None or page.text == plain_reader.NAME:
        return []
    address = addresses.page_text(work.id, page.id, alto.EXTENSION)
    return [Download(address, alto.MEDIA_TYPE, {"none": ["ALTO"]}, alto.PROFILE)]
