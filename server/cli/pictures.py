"""Commands about pictures that are computed: cache, explain.

What stands behind a command is imported by it: the others start without the reading room.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from manifests.errors import N_, plural
from server.cli.context import CliContext, with_context
from server.language.translator import Translator

if TYPE_CHECKING:
    from server.image.cost import Cost
    from server.responders.explaining import Explanation

_KEPT = plural("{count} computed image is kept, {megabytes} MB.", "{count} computed images are kept, {megabytes} MB.")
_CLEARED = plural("{count} computed image cleared, {megabytes} MB.", "{count} computed images cleared, {megabytes} MB.")
_STORED = N_("Sent as it is stored: tile {column}, {row} of level {level}.")
_COMPUTED = N_(
    "Computed from level {level}: {read} pixels are read and {made} made, in about {ms} ms and with {megabytes} MB."
)
_LANES = {
    "quick": N_("It waits with other quick ones, two of which are drawn at a time."),
    "costly": N_("It waits with other costly ones, one of which is drawn at a time."),
}
_IS_KEPT = N_("It is kept from an earlier request and sent from there.")
_IS_NOT_KEPT = N_("It is not kept yet.")
_ALL = ""
"""What `--clear` means without an image."""


@click.command(help=N_("Show how many computed images are kept for each page, or clear them."))
@click.option(
    "--clear",
    is_flag=False,
    flag_value=_ALL,
    metavar="[IMAGE]",
    help=N_("Delete those of one image, or all where none is named."),
)
@with_context
def cache(cli: CliContext, clear: str | None) -> None:
    from server.derivatives.picture_cache import cache_of

    with closing(cli.library()) as library:
        kept = cache_of(library.folder, library.settings)
    images = kept.images() if clear is None else kept.clear(clear or None)
    pictures = size = 0
    for image in images:
        row = {"image": image.image, "pictures": image.pictures, "bytes": image.bytes}
        cli.print_row(row, f"{image.image}  {image.pictures}  {_megabytes(image.bytes)} MB")
        pictures, size = pictures + image.pictures, size + image.bytes
    forms = _KEPT if clear is None else _CLEARED
    click.echo(cli.translator.plural(*forms, pictures, megabytes=_megabytes(size)), err=True)


@click.command(help=N_("Say how the request for an image is answered, what it costs, and which would be cheaper."))
@click.argument("urlpath")
@with_context
def explain(cli: CliContext, urlpath: str) -> None:
    from server.responders.explaining import explain as explained

    with closing(cli.library()) as library:
        found = explained(library, urlpath)
    cli.print_row(_row(urlpath, found), *_lines(cli.translator, found))


def _row(urlpath: str, found: "Explanation") -> dict[str, Any]:
    return {
        "path": urlpath,
        "canonical": found.canonical,
        "answer": "computed" if found.lane else "stored",
        "level": found.level,
        "tile": found.tile,
        "cost": _cost(found.cost),
        "lane": found.lane,
        "kept": found.is_kept,
        "cheaper": [{"path": path, "cost": _cost(cost)} for path, cost in found.cheaper],
    }


def _cost(cost: "Cost") -> dict[str, int]:
    """Pixels, milliseconds of one core, bytes."""
    return {"read": cost.read, "made": cost.made, "ms": round(cost.seconds * 1000), "memory": cost.memory}


def _lines(translator: Translator, found: "Explanation") -> Iterator[str]:
    cost, say = found.cost, translator.translate
    if found.lane is None:
        column, row = found.tile or (0, 0)
        yield say(_STORED, level=found.level, column=column, row=row)
    else:
        yield say(
            _COMPUTED,
            level=found.level,
            read=translator.number(cost.read),
            made=translator.number(cost.made),
            ms=translator.number(round(cost.seconds * 1000)),
            megabytes=_megabytes(cost.memory),
        )
        yield say(_LANES[found.lane])
        yield say(_IS_KEPT if found.is_kept else _IS_NOT_KEPT)
    yield say(N_("Its own address is {path}"), path=found.canonical)
    for path, price in found.cheaper:
        yield say(N_("Cheaper, about {ms} ms: {path}"), ms=translator.number(round(price.seconds * 1000)), path=path)


def _megabytes(count: int) -> str:
    return f"{count / 10**6:.1f}"


COMMANDS = (cache, explain)
