"""BibTeX, as bibtex, biber and programs for references read it: UTF-8, each value in braces, safe to be typeset.

What LaTeX would obey is written so that it is printed. Braces are counted before anything else is read, escaped ones
too, so a brace in a title is written by its name. Names without a comma stay whole: `Nguyễn Du` has no first name. The
writers that are kept do neither (decisions.md, 61).
"""

import re
from collections.abc import Iterator

from manifests.citing.kinds import Kind
from manifests.citing.reference import Reference

NAME, EXTENSION = "BibTeX", "bib"
MEDIA_TYPE = "application/x-bibtex"

_TYPES = {Kind.BOOK: "book", Kind.MANUSCRIPT: "unpublished", Kind.THESIS: "phdthesis"}
"""Those that every style knows; all else is `misc`."""

_PRINTED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_OBEYED = re.compile(r"[\\{}~^#$%&_]")
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9.:-]")


def write(reference: Reference) -> str:
    fields = [f"  {name} = {{{value}}},\n" for name, value in _fields(reference) if value]
    key = _NOT_IN_A_KEY.sub("-", reference.work)
    return f"@{_TYPES.get(reference.kind, 'misc')}{{{key},\n{''.join(fields)}}}\n"


def _fields(of: Reference) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(map(_name, of.authors))
    yield "title", f"{{{printed(of.title)}}}"  # in two braces, or styles take its capitals away
    yield "edition", printed(of.edition)
    yield "address", printed(of.place)
    yield "school" if of.kind is Kind.THESIS else "publisher", printed(of.publisher)
    yield "year", of.year or printed(of.date)
    yield "date", of.day  # BibLaTeX's, which has days
    yield "journal" if of.kind is Kind.PERIODICAL else "series", printed(of.series)
    yield "volume", printed(of.volume)
    yield "isbn", printed(of.isbn)
    yield "issn", printed(of.issn)
    yield "doi", of.doi
    yield "language", ", ".join(of.languages)
    yield "note", printed(", ".join(filter(None, (of.held_by, of.shelfmark))))
    yield "url", of.address
    yield "abstract", printed(of.summary)
    yield "keywords", printed(", ".join(of.subjects))


def printed(text: str) -> str:
    """So that LaTeX prints the very text."""
    return _OBEYED.sub(lambda sign: _PRINTED[sign[0]], text)


def _name(name: str) -> str:
    """`family, given` is one that BibTeX can read; of more commas it would make parts of its own."""
    return printed(name) if name.count(",") == 1 and " and " not in f" {name.casefold()} " else f"{{{printed(name)}}}"
