"""What is asked of checks of fixity for one work, or for all, without a row for each of the files."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)

from manifests.catalog import recognition_queries
from manifests.catalog.tables import fixity, pages, recognitions, works
from manifests.model import FileKind, Fixity, PageState

_NO_DIGEST = ""
"""That no check was ever made against."""


def sound(work: str, texts: str) -> Select[Any]:
    """How many files the work stands on, how many of them were last found sound for what they are now, and the first
    time that one of these was. A master that is known to have gone is one that was not. `texts`: the folder of words.
    """
    held = _held(work, texts).subquery()
    is_its = and_(fixity.c.kind == held.c.kind, fixity.c.root == held.c.root, fixity.c.file == held.c.file)
    # Words are named by their content: there the same name is the same digest.
    is_same = or_(held.c.digest.is_(None), fixity.c.digest == held.c.digest)
    counts: Any = (func.count().label("files"), func.count(fixity.c.checked).label("sound"))
    question = select(*counts, func.min(fixity.c.checked).label("since"))
    return question.select_from(held).outerjoin(fixity, is_its & is_same & (fixity.c.verdict == Fixity.SOUND))


def is_held_no_more(texts: str) -> ColumnElement[bool]:
    """Of a row of `fixity`: no page and no work needs the file. A master that is known to have gone is not needed."""
    masters = select(works.c.root, pages.c.file).select_from(pages.join(works, works.c.number == pages.c.work))
    words = select(literal(f"{texts}/").concat(works.c.text)).where(works.c.text.is_not(None))
    master = tuple_(fixity.c.root, fixity.c.file)
    return ~or_(
        (fixity.c.kind == FileKind.MASTER) & master.in_(masters.where(pages.c.state == PageState.PRESENT)),
        (fixity.c.kind == FileKind.PYRAMID) & fixity.c.file.in_(_pyramids()),
        (fixity.c.kind == FileKind.TEXT) & fixity.c.file.in_(words),
        (fixity.c.kind == FileKind.OCR) & fixity.c.file.in_(recognition_queries.files()),
    )


def _pyramids() -> Select[Any]:
    return select(pages.c.pyramid).where(pages.c.state != PageState.PRUNED)


def _held(work: str, texts: str) -> CompoundSelect[Any]:
    of_work = works.c.id == work
    of_pages = pages.join(works, works.c.number == pages.c.work)
    its_text = recognitions.join(
        of_pages, (pages.c.number == recognitions.c.page) & (pages.c.sha256 == recognitions.c.sha256)
    )
    as_it_is = case((pages.c.state == PageState.PRESENT, pages.c.sha256), else_=_NO_DIGEST)
    kept = of_work & (pages.c.state != PageState.PRUNED)
    words = literal(f"{texts}/").concat(works.c.text)
    return union_all(
        _files(FileKind.MASTER, works.c.root, pages.c.file, as_it_is).select_from(of_pages).where(kept),
        _files(FileKind.PYRAMID, "", pages.c.pyramid, pages.c.pyramid_digest).select_from(of_pages).where(kept),
        _files(FileKind.TEXT, "", words, null()).where(of_work, works.c.text.is_not(None)),
        _files(FileKind.OCR, "", recognitions.c.file, null()).select_from(its_text).where(of_work),
    )


def _files(kind: FileKind, root: Any, file: Any, digest: Any) -> Select[Any]:
    shown = root if not isinstance(root, str) else literal(root)
    return select(literal(kind.value).label("kind"), shown.label("root"), file.label("file"), digest.label("digest"))
