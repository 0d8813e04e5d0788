"""Commands that open the reading room: serve, get, demo.

What stands behind a command is imported by it: the others start without Flask, gunicorn and libvips.
"""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import click

from manifests.errors import N_, Misused
from server.cli.context import OWN_FAILURE, CliContext, with_context
from server.cli.ingest import take_in

DEMO_LIBRARY = Path("demo-library")


@click.command(help=N_("Open the reading room."))
@click.option("--host", metavar="H", help=N_("Address to listen on; 127.0.0.1 where nothing is said."))
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help=N_("Port to listen on; 8000."))
@click.option("--workers", type=click.IntRange(1), metavar="N", help=N_("Processes; as many as cores."))
@with_context
def serve(cli: CliContext, host: str | None, port: int | None, workers: int | None) -> None:
    from server.serve import serve as open_doors

    cli.library().close()  # says what is wrong before any process is started
    open_doors(cli.folder, cli.settings(host=host, port=port, workers=workers))


@click.command(help=N_("Answer one URL in process: what `serve` would answer, without a port."))
@click.argument("urlpath")
@click.option("-i", "--include", is_flag=True, help=N_("Status and headers before the body."))
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=N_("Write here."))
@click.option("-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help=N_("A request header."))
@with_context
def get(cli: CliContext, urlpath: str, include: bool, output: Path | None, headers: tuple[str, ...]) -> None:
    from server.get import answer

    given = [_header(header) for header in headers]
    with closing(cli.library()) as library:
        status, answered, body = answer(library, urlpath, given)
    if include:
        click.echo(f"HTTP/1.1 {status}")
        for name, value in answered:
            click.echo(f"{name}: {value}")
        click.echo()
    if output is not None:
        output.write_bytes(body)
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    click.get_current_context().exit(_exit_code(status))


def _header(given: str) -> tuple[str, str]:
    """Name and value, as RFC 9110 sections 5.1 and 5.5 let them be."""
    name, colon, value = given.partition(":")
    if not (colon and re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name)) or re.search(r"[\x00\r\n]", value):
        raise Misused("{header} is no request header. Write it as 'Name: value'.", header=repr(given))
    return name, value.strip()


def _exit_code(status: int) -> int:
    if status < 400:
        return 0
    if status in {404, 410}:
        return 4
    return 2 if status < 500 else OWN_FAILURE


@click.command(help=N_("Build the sample library and open the reading room on it."))
@click.option("--build-only", is_flag=True, help=N_("Only build it."))
@click.option("--host", metavar="H", help=N_("Address to listen on; 127.0.0.1 where nothing is said."))
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help=N_("Port to listen on; 8000."))
@with_context
def demo(cli: CliContext, build_only: bool, host: str | None, port: int | None) -> None:
    from server.demo import sample

    if not cli.is_named:
        cli.folder = DEMO_LIBRARY
    cli.folder.mkdir(parents=True, exist_ok=True)
    masters = sample.build(cli.folder, lambda name: cli.print_message(N_("Drawing {name}"), name=name))
    take_in(cli, [masters])
    if not build_only:
        _become_serve(cli.folder, {"--host": host, "--port": port})


def _become_serve(folder: Path, flags: Mapping[str, str | int | None]) -> NoReturn:
    """A fresh `serve` in this process's place: libvips has drawn here, and its threads would not live through a fork.

    `-P`: a folder named `server` where the reader happens to stand is not ours.
    """
    given = [str(word) for flag, value in flags.items() if value is not None for word in (flag, value)]
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-P", "-m", "server.cli", "serve", "--library", str(folder), *given]
    os.execv(sys.executable, command)  # noqa: S606 -- itself


COMMANDS = (serve, get, demo)
