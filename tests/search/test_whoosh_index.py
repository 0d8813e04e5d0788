"""What is Whoosh's own: files that go while they are opened, and files that are no index."""

import gc
from pathlib import Path
from typing import Any

import pytest
from whoosh import index

from manifests.errors import Damaged
from manifests.search.whoosh_index import WhooshIndex
from tests.text.text_samples import work


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    engine = WhooshIndex(tmp_path / "index")
    with engine.writing() as writer:
        writer.replace("a", 1, work(["Thư viện"]))
    engine.close()
    return tmp_path / "index"


def test_a_segment_that_is_gone_when_it_is_opened_is_no_fault(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def open_late(folder: str, **named: Any) -> Any:
        opened.append(folder)
        if len(opened) < 3:
            raise FileNotFoundError(folder)
        return original(folder, **named)

    original = index.open_dir
    monkeypatch.setattr(index, "open_dir", open_late)
    engine = WhooshIndex(filled)
    assert [found.work for found in engine.find("thu vien")] == ["a"]
    assert len(opened) == 3
    engine.close()


# Whoosh leaves the file open in which it meets rubbish; Python closes it, and says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
def test_an_index_that_is_damaged_is_called_so(filled: Path, pattern: str) -> None:
    for file in filled.glob(pattern):
        file.write_bytes(b"rubbish" * 20)
    with pytest.raises(Damaged):
        WhooshIndex(filled).find("thu vien")
    gc.collect()


def test_an_engine_that_was_closed_opens_again(filled: Path) -> None:
    engine = WhooshIndex(filled)
    for _ in range(2):
        assert engine.generations() == {"a": 1}
        engine.close()
