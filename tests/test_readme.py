"""README.md and README.vi.md say the same: what is the same in both languages is compared, in order."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ENGLISH, VIETNAMESE = (Path(name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md"))
EACH_OTHER = {"README.md", "README.vi.md"}
REMARK = re.compile(r"(?<=\S)\s{2,}.*$")


def headings(document: str) -> list[str]:
    return re.findall(r"^#+(?= )", document, re.MULTILINE)


def commands_and_folders(document: str) -> list[str]:
    """The lines of code, without what is said of them behind two blanks."""
    lines = re.findall(r"^    (.*)$", document, re.MULTILINE)
    return [REMARK.sub("", line.split("  #")[0]).strip() for line in lines]


def names_in_order_of_tables(document: str) -> list[str]:
    return re.findall(r"^\| (`[^|]*`|[0-9]+) \|", document, re.MULTILINE)


def words_of_code(document: str) -> list[str]:
    """Sorted: the order in a sentence is the language's own."""
    return sorted(re.findall(r"`([^`]+)`", document))


def links(document: str) -> list[str]:
    return sorted(set(re.findall(r"\]\(([^)]+)\)", document)) - EACH_OTHER)


def figures(document: str) -> list[str]:
    """The numbers of the table of speeds."""
    rows = [row for row in re.findall(r"^\| .*$", document, re.MULTILINE) if "nginx" in row or "IIPImage" in row]
    return [number for row in rows for number in re.findall(r"[0-9][0-9.,]*", row)]


@pytest.mark.parametrize(
    "part", [headings, commands_and_folders, names_in_order_of_tables, words_of_code, links, figures]
)
def test_the_readme_in_vietnamese_has_each(part: Callable[[str], list[str]]) -> None:
    assert len(part(ENGLISH)) > 3
    assert part(VIETNAMESE) == part(ENGLISH)


def test_each_readme_leads_to_the_other() -> None:
    assert "(README.vi.md)" in ENGLISH
    assert "(README.md)" in VIETNAMESE
