"""Which encoded documents a worker keeps, and that each is made once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

from server.answers.document_cache import DocumentCache, DocumentForm, EncodedDocument
from tests.patience import GUARD


def of(size: int) -> EncodedDocument:
    return EncodedDocument(b"a" * size, "tag")


def form(key: str, base: str = "http://x", coding: str | None = None) -> DocumentForm:
    return DocumentForm(key, base, coding)


def must_not_be_made() -> EncodedDocument:
    raise AssertionError("this was kept")


def test_a_full_cache_puts_the_least_asked_away() -> None:
    cache = DocumentCache(max_bytes=2500)
    first = cache.get_or_make(form("a"), lambda: of(1000))
    cache.get_or_make(form("b"), lambda: of(1000))
    assert cache.get_or_make(form("a"), must_not_be_made) is first
    cache.get_or_make(form("c"), lambda: of(1000))
    assert cache.get(form("a")) is first
    assert cache.get(form("b")) is None


def test_what_does_not_fit_is_made_each_time_and_puts_nothing_else_away_for_good() -> None:
    cache = DocumentCache(max_bytes=1000)
    for _ in range(2):
        assert len(cache.get_or_make(form("large"), lambda: of(5000)).body) == 5000
        assert cache.get(form("large")) is None
    cache.get_or_make(form("small"), lambda: of(900))
    assert cache.get(form("small")) is not None


def test_one_base_is_not_anothers_nor_one_coding() -> None:
    cache = DocumentCache()
    cache.get_or_make(form("a"), lambda: of(1))
    assert cache.get(form("a", base="http://y")) is None
    assert cache.get(form("a", coding="gzip")) is None


def test_a_document_that_many_want_at_once_is_made_once() -> None:
    cache, made, together = DocumentCache(), count(), Barrier(4, timeout=GUARD)

    def make() -> EncodedDocument:
        next(made)
        return of(10)

    def ask() -> EncodedDocument:
        together.wait()
        return cache.get_or_make(form("a"), make)

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask) for _ in range(4)]
        assert len({id(one.result(timeout=GUARD)) for one in asked}) == 1
    assert next(made) == 1
