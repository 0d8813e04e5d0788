"""What the commands tell of collections: which there are, and in which a work stands."""

from collections.abc import Sequence

from manifests.addresses import TOP
from manifests.collection import Collection
from manifests.errors import N_, plural
from manifests.library import Library
from server.cli.context import CliContext
from server.language.printable import printable
from server.language.translator import Translator


def list_collections(cli: CliContext, library: Library, below: str | None) -> None:
    """Each behind the one that it lies in; of those that nobody sees it is said. `below`: it and what lies in it."""
    by_parent: dict[str | None, list[Collection]] = {}
    for one in library.collections.all():
        by_parent.setdefault(one.parent, []).append(one)
    start = [library.collections.any(below)] if below else by_parent.get(TOP, [])
    waiting = [(one, 0) for one in reversed(start)]
    while waiting:
        one, depth = waiting.pop()
        row = {
            "id": one.id,
            "label": {tag: list(texts) for tag, texts in one.label.items()},
            "parent": one.parent,
            "works": one.works,
            "collections": one.parts,
            "collection": f"/iiif/presentation/3/collection/{one.id}",
        }
        cli.print_row(
            row, f"{'  ' * depth}{one.id}  {cli.translator.label(one.label)}  {_counted(cli.translator, one)}"
        )
        waiting += [(inner, depth + 1) for inner in reversed(by_parent.get(one.id, []))]


def _counted(translator: Translator, one: Collection) -> str:
    """What people see in it."""
    if not one.total:
        return translator.translate(N_("not shown: there is no public work in it"))
    parts = translator.plural(*plural("{count} collection", "{count} collections"), one.parts) if one.parts else ""
    works = translator.plural(*plural("{count} work", "{count} works"), one.works) if one.works else ""
    return ", ".join(filter(None, (parts, works)))


def collection_lines(translator: Translator, collections: Sequence[Collection]) -> list[str]:
    """For `show`; none where the work stands in no collection."""
    word = translator.translate(N_("Collection"))
    return [printable(f"  {word}: {one.id}  {translator.label(one.label)}") for one in collections]
