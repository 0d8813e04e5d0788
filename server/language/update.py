"""Keeps the catalogues in step with the sources: `python -m server.language.update`, or `make translations`.

Collects every sentence that the two packages can say (the first argument of an error, of `N_`, of `_` and `ngettext`
in code and templates), adds the new ones to each catalogue, drops those no longer said, and lists what waits for a
translator. The exit code is 1 while anything waits.
"""

import ast
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

from manifests.errors import LibraryError
from server.language.translator import DOMAIN, SOURCE_LANGUAGE, catalogue_file, languages, read_catalogue

PROJECT = Path(__file__).parents[2]
PACKAGES = (PROJECT / "manifests", PROJECT / "server")
METHODS = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
FUNCTIONS: Mapping[str, Any] = {**DEFAULT_KEYWORDS, "translate": None, "plural": (1, 2)}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Without the dates of gettext's own header, so that a run that finds nothing new changes nothing."""


def errors(packages: Sequence[Path]) -> set[str]:
    """The names of all kinds of error, wherever they are defined: their first argument is a sentence."""
    sources = [ast.parse(file.read_bytes()) for package in packages for file in sorted(package.rglob("*.py"))]
    kinds = [node for source in sources for node in ast.walk(source) if isinstance(node, ast.ClassDef)]
    known, before = {LibraryError.__name__}, 0
    while len(known) > before:
        before = len(known)
        known |= {kind.name for kind in kinds if any(isinstance(b, ast.Name) and b.id in known for b in kind.bases)}
    return known


def collect(packages: Sequence[Path] = PACKAGES) -> Catalog:
    """All sentences of the sources, as an empty catalogue."""
    template = Catalog(domain=DOMAIN)
    keywords = {**FUNCTIONS, **dict.fromkeys(errors(packages), None)}
    for package in packages:
        for file, line, sentence, comments, context in extract_from_dir(
            package, method_map=METHODS, keywords=keywords, comment_tags=["Translators:"], strip_comment_tags=True
        ):
            place = (f"{package.name}/{file}", line)
            template.add(sentence, locations=[place], auto_comments=comments, context=context)
    return template


def updated(language: str, template: Catalog) -> Catalog:
    """The language's catalogue with exactly the sentences of the template."""
    catalogue = read_catalogue(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def written(language: str, catalogue: Catalog) -> bytes:
    """The catalogue as its file."""
    file = io.BytesIO()
    file.write(HEADER.format(language=language, plural_forms=catalogue.plural_forms).encode())
    write_po(file, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=True)
    return file.getvalue()


def waiting(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message


def main() -> int:
    template = collect()
    left = 0
    for language in [language for language in languages() if language != SOURCE_LANGUAGE]:
        catalogue = updated(language, template)
        catalogue_file(language).write_bytes(written(language, catalogue))
        for message in waiting(catalogue):
            left += 1
            sys.stdout.write(f"{language}: {message.id}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
