"""Which page a page of a file is: the cases, and what holds for any files and pages."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.ingest.page_identity import KnownPage, NamedContent, names_to_tell_apart, new_ids, pages_of_files
from manifests.model import PageState

PRESENT, MISSING, PRUNED = PageState.PRESENT, PageState.MISSING, PageState.PRUNED


def known(*pages: str) -> list[KnownPage]:
    """`id name content`, with `-` in front where it is missing and `x` where it is pruned; `name:3` is page 3 of it."""
    states = {"-": MISSING, "x": PRUNED}
    split = [(states.get(page[0], PRESENT), page.lstrip("-x ").split()) for page in pages]
    rows = [(page, *numbered(name), content, state) for state, (page, name, content) in split]
    return [KnownPage(page, stem, content, state, number) for page, stem, number, _, content, state in rows]


def files(*named: str) -> list[NamedContent]:
    """`name content`; `?` is a content that no page can have; `name:3/9` is page 3 of 9."""
    split = [(*numbered(name), content) for name, content in map(str.split, named)]
    return [NamedContent(name, None if content == "?" else content, *place) for name, *place, content in split]


def numbered(name: str) -> tuple[str, int, int]:
    stem, _, place = name.partition(":")
    number, _, of = place.partition("/")
    return stem, int(number or 1), int(of or 1)


def ids(found: list[KnownPage | None]) -> list[str | None]:
    return [page.id if page else None for page in found]


THREE = ("1 1 A", "2 2 B", "3 3 C")
REPORT = ("r-1 r:1 P", "r-2 r:2 P", "r-3 r:3 P")
CASES = {
    "a new work": ([], ["1 ?", "2 ?"], [None, None]),
    "unchanged": (THREE, ["1 A", "2 B", "3 C"], ["1", "2", "3"]),
    "one inserted at the end": (THREE, ["1 A", "2 B", "3 C", "4 ?"], ["1", "2", "3", None]),
    "one inserted under a name between": (THREE, ["1 A", "2 B", "2-1 ?", "3 C"], ["1", "2", None, "3"]),
    "a missed page put in by renumbering": (THREE, ["1 A", "2 ?", "3 B", "4 C"], ["1", None, "2", "3"]),
    "the first taken out by renumbering": (THREE, ["1 B", "2 C"], ["2", "3"]),
    "two swapped": (THREE, ["1 B", "2 A", "3 C"], ["2", "1", "3"]),
    "one renamed": (THREE, ["1 A", "2 B", "cover C"], ["1", "2", "3"]),
    "all renamed": (THREE, ["a A", "b B", "c C"], ["1", "2", "3"]),
    "one scanned anew": (THREE, ["1 A", "2 ?", "3 C"], ["1", "2", "3"]),
    "all scanned anew": (THREE, ["1 ?", "2 ?", "3 ?"], ["1", "2", "3"]),
    "one scanned anew and the next renamed": (THREE, ["1 A", "2 ?", "9 C"], ["1", "2", "3"]),
    "one gone": (THREE, ["1 A", "3 C"], ["1", "3"]),
    "a missing one is back": (("1 1 A", "- 2 2 B"), ["1 A", "2 B"], ["1", "2"]),
    "a missing one is back under another name": (("1 1 A", "- 2 2 B"), ["1 A", "7 B"], ["1", "2"]),
    "a pruned one is back": (("1 1 A", "x 2 2 B"), ["1 A", "2 B"], ["1", "2"]),
    "a present page of a name before a pruned one": (("x 1 1 A", "1-a 1 B"), ["1 ?"], ["1-a"]),
    "a present page of a content before a pruned one": (("x 1 1 A", "2 2 A"), ["3 A"], ["2"]),
    "blanks, the third scanned at last": (("1 1 W", "2 2 W", "3 3 W"), ["1 W", "2 W", "3 ?"], ["1", "2", "3"]),
    "blanks, all moved by one": (("1 1 W", "2 2 W"), ["2 W", "3 W"], ["2", "1"]),
    "a copy of a page": (THREE, ["1 A", "1b A", "2 B", "3 C"], ["1", None, "2", "3"]),
    "a name comes in natural order": (("9 9 W", "10 10 W"), ["a11 W", "a12 W"], ["9", "10"]),
    "several pages, new": ([], ["r:1/2 ?", "r:2/2 ?"], [None, None]),
    "several pages, unchanged": (REPORT, ["r:1/3 P", "r:2/3 P", "r:3/3 P"], ["r-1", "r-2", "r-3"]),
    "a file of several pages renamed": (REPORT, ["s:1/3 P", "s:2/3 P", "s:3/3 P"], ["r-1", "r-2", "r-3"]),
    "a file of several pages saved anew": (REPORT, ["r:1/3 Q", "r:2/3 Q", "r:3/3 Q"], ["r-1", "r-2", "r-3"]),
    "saved anew with one page more": (
        REPORT,
        ["r:1/4 Q", "r:2/4 Q", "r:3/4 Q", "r:4/4 Q"],
        ["r-1", "r-2", "r-3", None],
    ),
    "saved anew with one page less": (REPORT, ["r:1/2 Q", "r:2/2 Q"], ["r-1", "r-2"]),
    "saved anew under another name": (REPORT, ["s:1/3 Q", "s:2/3 Q", "s:3/3 Q"], [None, None, None]),
    "the old file is back beside the new": (REPORT, ["r:1/2 Q", "r:2/2 Q", "s:1/3 P"], [None, "r-2", "r-1"]),
    "one page becomes two": (("a a A",), ["a:1/2 B", "a:2/2 B"], ["a", None]),
    "two pages become one": (("a-1 a:1 A", "a-2 a:2 A"), ["a B"], ["a-1"]),
    "one page becomes two and one again": (("a a B", "a-2 a:2 B"), ["a A"], ["a"]),
    "two equal files of two pages": (
        ("a-1 a:1 A", "a-2 a:2 A", "b-1 b:1 A", "b-2 b:2 A"),
        ["b:1/2 A", "b:2/2 A", "c:1/2 A", "c:2/2 A"],
        ["b-1", "b-2", "a-1", "a-2"],
    ),
    "page 2 of a content is never its page 1": (("a a A",), ["b:2/2 A"], [None]),
    "page 2 of a name is never its page 1": (("a a A",), ["a:2/2 B"], [None]),
    "a missing page of a file is back": (("r-1 r:1 P", "- r-2 r:2 O"), ["r:1/2 O", "r:2/2 O"], ["r-1", "r-2"]),
}


@pytest.mark.parametrize("case", CASES)
def test_each_file_takes_the_page_that_it_is(case: str) -> None:
    pages, found, right = CASES[case]
    assert ids(pages_of_files(files(*found), known(*pages))) == right


def test_of_ten_equal_sheets_the_one_scanned_at_last_keeps_its_own() -> None:
    pages = known(*(f"{n} {n} W" for n in range(1, 11)))
    now = files(*(f"{n} {'?' if n == 5 else 'W'}" for n in range(1, 11)))
    assert ids(pages_of_files(now, pages)) == [str(n) for n in range(1, 11)]


NAMES, CONTENTS = st.sampled_from("abcdefgh"), st.sampled_from("ABCD")
NUMBERS = st.integers(1, 3)
FILES = st.lists(
    st.builds(NamedContent, NAMES, st.none() | CONTENTS, NUMBERS), unique_by=lambda file: (file.name, file.number)
)
PAGES = st.lists(
    st.tuples(NAMES, CONTENTS, st.sampled_from(PageState), NUMBERS),
).map(lambda rows: [KnownPage(str(number), *row) for number, row in enumerate(rows)])


@given(FILES, PAGES)
def test_each_file_takes_at_most_one_page_and_each_page_one_file(now, pages):
    taken = [page.id for page in pages_of_files(now, pages) if page]
    assert len(taken) == len(set(taken))


@given(FILES, PAGES, st.randoms())
def test_the_order_in_which_files_and_pages_are_given_does_not_matter(now, pages, dice):
    def by_name(some, known_pages):
        found = pages_of_files(some, known_pages)
        return {
            (file.name, file.number): (page.name, page.content, page.state, page.number)
            for file, page in zip(some, found, strict=True)
            if page
        }

    shuffled = dice.sample(now, len(now))
    assert by_name(shuffled, pages) == by_name(now, pages)


@given(st.dictionaries(NAMES, st.text("XYZ", min_size=4, max_size=9), min_size=1), st.permutations("ijklmnop"))
def test_each_content_keeps_its_page_under_any_renaming(contents, others):
    contents = {name: content + name for name, content in contents.items()}
    pages = [KnownPage(name, name, content, PRESENT) for name, content in contents.items()]
    renamed = [NamedContent(other, content) for other, content in zip(others, contents.values(), strict=False)]
    assert [page and page.content for page in pages_of_files(renamed, pages)] == list(contents.values())


@given(FILES, PAGES)
def test_what_was_taken_in_is_unchanged_the_next_time(now, pages):
    def taken_in(file, number, page):
        return KnownPage(
            page.id if page else f"new {number}", file.name, file.content or f"new {number}", PRESENT, file.number
        )

    found = pages_of_files(now, pages)
    present = [taken_in(file, number, page) for number, (file, page) in enumerate(zip(now, found, strict=True))]
    gone = [page for page in pages if page not in found]
    again = [NamedContent(page.name, page.content, page.number) for page in present]
    assert pages_of_files(again, [*gone, *present]) == present


@given(FILES, PAGES)
def test_no_content_loses_its_page_to_a_name(now, pages):
    """Of each content as many files have a page of it as there are files and pages."""
    right = Counter((f.content, f.number) for f in now) & Counter((p.content, p.number) for p in pages)
    found = zip(now, pages_of_files(now, pages), strict=True)
    kept = [(page.content, page.number) for file, page in found if page and page.content == file.content]
    assert Counter(kept) == right


@given(FILES, PAGES)
def test_a_page_keeps_its_number_in_its_file(now, pages):
    found = zip(now, pages_of_files(now, pages), strict=True)
    assert all(page.number == file.number for file, page in found if page)


@pytest.mark.parametrize(
    ("new", "taken", "right"),
    [
        (["0001 aabbccddee"], [], ["0001"]),
        (["0001 aabbccddee"], ["0001"], ["0001-aabbcc"]),
        (["0001 aabbccddee"], ["0001", "0001-AABBCC"], ["0001-aabbccd"]),
        (["IMG aabbccddee", "img ffeeddccbb"], [], ["IMG", "img-ffeedd"]),
        (["### aabbccddee"], [], ["page-aabbcc"]),
        (["### ab", "+++ ab"], [], ["page-2", "page-3"]),
        (["r:1/2 aabbccddee", "r:2/2 aabbccddee"], [], ["r-1", "r-2"]),
        (["r:1/2 aabbccddee", "r:2/2 aabbccddee", "r-2 ffeeddccbb"], [], ["r-1", "r-2", "r-2-ffeedd"]),
        (["r:1/2 aabbccddee", "r:2/2 aabbccddee"], ["R-2"], ["r-1", "r-2-aabbcc"]),
        (["###:1/2 aabbccddee", "###:2/2 aabbccddee"], [], ["page-aabbcc-1", "page-aabbcc-2"]),
    ],
)
def test_a_new_page_is_called_by_its_stem_and_where_that_is_taken_by_its_content_too(new, taken, right):
    assert new_ids(files(*new), taken) == right


def test_a_new_page_whose_name_is_taken_or_says_nothing_is_told_apart_by_its_content() -> None:
    assert names_to_tell_apart(files("1 ?", "2 ?", "3 ?"), []) == set()
    assert names_to_tell_apart(files("A ?", "b ?", "c ?", "— ?"), ["a"]) == {"A", "—"}
    assert names_to_tell_apart(files("bìa ?", "bia ?"), []) == {"bia"}
    assert names_to_tell_apart(files("r:1/2 ?", "r:2/2 ?", "r-2 ?"), []) == {"r-2"}
