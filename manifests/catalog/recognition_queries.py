"""What is asked of the pages that OCR has read. What was read on another picture than the page has now is left out."""

from typing import Any

from sqlalchemy import Select, select

from manifests.catalog.called import number_of
from manifests.catalog.tables import pages, recognitions
from manifests.model import PageState

_IS_ITS_PAGE = (pages.c.number == recognitions.c.page) & (pages.c.sha256 == recognitions.c.sha256)


def of_work(work: str) -> Select[Any]:
    columns = (column for column in recognitions.c if column.name != "page")
    question = select(pages.c.id.label("page_id"), *columns).join(pages, _IS_ITS_PAGE)
    return question.where(pages.c.work == number_of(work))


def files() -> Select[Any]:
    """Of pages that have not been taken away."""
    return select(recognitions.c.file).join(pages, _IS_ITS_PAGE).where(pages.c.state != PageState.PRUNED)
