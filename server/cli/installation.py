"""Commands about this installation: doctor, settings."""

import json
from dataclasses import asdict

import click

from manifests import settings as table
from manifests.errors import N_
from manifests.library_folder import SETTINGS, must_be_a_library
from server.cli.context import OWN_FAILURE, CliContext, with_context


@click.command(help=N_("Check the installation: libvips, its formats, fonts, viewers, folders, free space."))
@with_context
def doctor(cli: CliContext) -> None:
    from server import doctor as doctors  # and with it libvips, which `settings` does not need

    checks = doctors.examine(cli.folder, cli.settings())
    for check in checks:
        sentence = cli.translator.translate(check.sentence, **check.values)
        mark = "✓" if check.ok else "✗"
        cli.print_row({"check": check.name, "ok": check.ok, "message": sentence}, f"{mark} {check.name}: {sentence}")
    if not all(check.ok for check in checks):
        click.get_current_context().exit(OWN_FAILURE)
    _must_be_a_library(cli)


@click.command(help=N_("Show the settings in force and where they come from."))
@with_context
def settings(cli: CliContext) -> None:
    in_force, origins = cli.settings(), table.origins(cli.folder / SETTINGS)
    _must_be_a_library(cli)
    for name, value in asdict(in_force).items():
        origin = origins.get(name)
        told = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        cli.print_row({"name": name, "value": value, "from": origin}, f"{told}  # {origin}" if origin else told)


def _must_be_a_library(cli: CliContext) -> None:
    """Raises Missing where a folder was named that is none. Where none was named, the installation is meant."""
    if cli.is_named:
        must_be_a_library(cli.folder)


COMMANDS = (doctor, settings)
