"""Commands about pictures that are computed: cache.

What stands behind a command is imported by it: the others start without the reading room.
"""

from contextlib import closing

import click

from manifests.errors import N_, plural
from server.cli.context import CliContext, with_context

_KEPT = plural("{count} computed image is kept, {megabytes} MB.", "{count} computed images are kept, {megabytes} MB.")
_CLEARED = plural("{count} computed image cleared, {megabytes} MB.", "{count} computed images cleared, {megabytes} MB.")
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


def _megabytes(count: int) -> str:
    return f"{count / 10**6:.1f}"


COMMANDS = (cache,)
