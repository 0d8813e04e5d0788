"""Blocks are kept beside the words of a work, page by page."""

from hypothesis import given
from hypothesis import strategies as st

from manifests.model import Block, PageText, Word
from manifests.text.block_table import BlockTable
from manifests.text.store import WorkText

PAGES = ("p1", "p2", "p3")
TOLD = st.tuples(st.sampled_from([None, "vi", "fr", "zh-Hant"]), st.sampled_from([None, "ltr", "ttb"]))


@st.composite
def block_lists(draw: st.DrawFn) -> list[Block]:
    lines = sorted(draw(st.sets(st.integers(0, 1000), max_size=6)))
    return [Block(line, *draw(TOLD)) for line in lines]


@given(st.dictionaries(st.sampled_from(PAGES), block_lists()))
def test_the_blocks_of_every_page_come_back(blocks: dict[str, list[Block]]) -> None:
    table = BlockTable.of(PAGES, blocks)
    again = BlockTable.stored(PAGES, table.facts, dict(table.arrays))
    for page in PAGES:
        assert again.blocks(page) == table.blocks(page) == blocks.get(page, [])
    assert again.blocks("p4") == []


def test_a_work_is_stored_with_its_blocks() -> None:
    told = [Block(0, "vi"), Block(1, "fr", "ltr")]
    words = [Word("mot", 0), Word("deux", 1)]
    work = WorkText.build([("p1", PageText("alto", words, told)), ("p2", PageText("plain", words))])
    again = WorkText.from_bytes(work.to_bytes())
    assert (again.blocks("p1"), again.blocks("p2")) == (told, [])
    assert again.to_bytes() == work.to_bytes()


def test_words_that_were_stored_before_there_were_blocks_have_none() -> None:
    assert BlockTable.stored(PAGES, {}, {}).blocks("p1") == []
