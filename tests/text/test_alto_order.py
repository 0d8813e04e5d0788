"""The order in which the lines of an ALTO page are read."""

from pathlib import Path

import pytest

from manifests import text
from tests.text.text_samples import SIZE, write


def block(name: str, following: str = "", lines: tuple[str, ...] = ()) -> str:
    """Its lines are called as the block is, or by names of their own."""
    printed = "".join(
        f"<TextLine ID='l{line}'><String ID='s{line}' CONTENT='{line}'/></TextLine>" for line in lines or (name,)
    )
    return f"<TextBlock ID='{name}' IDNEXT='{following}'>{printed}</TextBlock>"


def read(folder: Path, blocks: str, order: str = "") -> str:
    content = f"<alto>{order}<Layout><Page><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>"
    found, _ = text.read(write(folder / "1.xml", content), SIZE)
    assert found is not None
    return " ".join(word.text for word in found.words)


@pytest.mark.parametrize(
    ("blocks", "printed"),
    [
        (block("a") + block("b") + block("c"), "a b c"),
        (block("a", "c") + block("b") + block("c"), "a c b"),
        (block("a", "b") + block("b", "d") + block("c") + block("d"), "a b d c"),
        (block("c") + block("b", "c") + block("a", "b"), "a b c"),
        (block("a", "b") + block("b", "a") + block("c"), "c a b"),
        (block("a", "a") + block("b", "nothing"), "b a"),
        (f"<ComposedBlock ID='x'>{block('a', 'c')}{block('b')}</ComposedBlock>{block('c')}", "a c b"),
        (f"<ComposedBlock ID='x' IDNEXT='c'>{block('a')}</ComposedBlock>{block('b')}{block('c')}", "a c b"),
    ],
)
def test_blocks_follow_those_that_name_them(tmp_path: Path, blocks: str, printed: str) -> None:
    assert read(tmp_path, blocks) == printed


REF = "<ElementRef REF='{}'/>"
BLOCKS = block("a", "c") + block("b", lines=("1", "2")) + block("c")


@pytest.mark.parametrize(
    ("order", "printed"),
    [
        (REF.format("c b a"), "c 1 2 a"),
        (REF.format("c"), "c a 1 2"),
        (f"<OrderedGroup>{REF.format('l2')}{REF.format('a')}</OrderedGroup>{REF.format('s1')}", "2 a 1 c"),
        (f"<UnorderedGroup REF='b'>{REF.format('l2')}</UnorderedGroup>{REF.format('nothing c')}", "2 1 c a"),
        (REF.format("c") * 3, "c a 1 2"),
    ],
)
def test_an_order_that_is_written_down_goes_before(tmp_path: Path, order: str, printed: str) -> None:
    assert read(tmp_path, BLOCKS, f"<ReadingOrder><OrderedGroup>{order}</OrderedGroup></ReadingOrder>") == printed


def test_an_order_that_names_the_same_a_million_times_ends_soon(tmp_path: Path) -> None:
    many = tuple(str(line) for line in range(1000))
    order = f"<ReadingOrder><OrderedGroup>{REF.format('a ' * 1_000_000)}</OrderedGroup></ReadingOrder>"
    assert read(tmp_path, block("a", lines=many), order) == " ".join(many)
