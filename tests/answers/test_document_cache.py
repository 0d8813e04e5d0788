"""Which encoded documents a worker keeps, and that each is made once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

from server.answers.document_cache import DocumentCache, EncodedDocument
from tests.patience import GUARD


def of(size: int) -> EncodedDocument:
    return EncodedDocument({None: b"a" * size}, "tag")


def must_not_be_made() -> EncodedDocument:
    raise AssertionError("this was kept")


def test_a_full_cache_puts_the_least_asked_away() -> None:
    cache = DocumentCache(max_bytes=2500)
    first = cache.get_or_make("a", "http://x", lambda: of(1000))
    cache.get_or_make("b", "http://x", lambda: of(1000))
    assert cache.get_or_make("a", "http://x", must_not_be_made) is first
    cache.get_or_make("c", "http://x", lambda: of(1000))
    assert cache.get("a", "http://x") is first
    assert cache.get("b", "http://x") is None


def test_what_does_not_fit_is_made_each_time_and_puts_nothing_else_away_for_good() -> None:
    cache = DocumentCache(max_bytes=1000)
    for _ in range(2):
        assert len(cache.get_or_make("large", "http://x", lambda: of(5000))) == 5000
        assert cache.get("large", "http://x") is None
    cache.get_or_make("small", "http://x", lambda: of(900))
    assert cache.get("small", "http://x") is not None


def test_one_base_is_not_anothers() -> None:
    cache = DocumentCache()
    cache.get_or_make("a", "http://x", lambda: of(1))
    assert cache.get("a", "http://y") is None


def test_a_document_that_many_want_at_once_is_made_once() -> None:
    cache, made, together = DocumentCache(), count(), Barrier(4, timeout=GUARD)

    def make() -> EncodedDocument:
        next(made)
        return of(10)

    def ask() -> EncodedDocument:
        together.wait()
        return cache.get_or_make("a", "http://x", make)

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask) for _ in range(4)]
        assert len({id(one.result(timeout=GUARD)) for one in asked}) == 1
    assert next(made) == 1
