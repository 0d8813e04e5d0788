"""Commands about this installation: doctor, settings."""

import json
from dataclasses import asdict

import click

from manifests import settings as table
from manifests.errors import N_
from manifests.library import SETTINGS, must_be_a_library
from server.cli.frame import OWN_FAILURE, Desk, at_desk


@click.command(help=N_("Check the installation: libvips, its formats, fonts, viewers, folders, free space."))
@at_desk
def doctor(desk: Desk) -> None:
    from server import doctor as doctors  # and with it libvips, which `settings` does not need

    checks = doctors.examine(desk.folder, desk.settings())
    for check in checks:
        sentence = desk.speech.translate(check.sentence, **check.values)
        mark = "✓" if check.ok else "✗"
        desk.hand_out({"check": check.name, "ok": check.ok, "message": sentence}, f"{mark} {check.name}: {sentence}")
    if not all(check.ok for check in checks):
        click.get_current_context().exit(OWN_FAILURE)
    _must_be_a_library(desk)


@click.command(help=N_("Show the settings in force and where they come from."))
@at_desk
def settings(desk: Desk) -> None:
    in_force, origins = desk.settings(), table.origins(desk.folder / SETTINGS)
    _must_be_a_library(desk)
    for name, value in asdict(in_force).items():
        origin = origins.get(name)
        told = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        desk.hand_out({"name": name, "value": value, "from": origin}, f"{told}  # {origin}" if origin else told)


def _must_be_a_library(desk: Desk) -> None:
    """Raises Missing where a folder was named that is none. Where none was named, the installation is meant."""
    if desk.is_named:
        must_be_a_library(desk.folder)


COMMANDS = (doctor, settings)
