"""The command line: `mocban`. Data to stdout, progress and messages to stderr; no command asks a question."""

import os
import sys

import click

from server.cli import holdings, machine, room
from server.cli.frame import Frame, in_language, run
from server.site import speech

COMMANDS = (*holdings.COMMANDS, *room.COMMANDS, *machine.COMMANDS)


def build(said_in: speech.Speech) -> click.Group:
    group = Frame("mocban", COMMANDS)
    in_language(group, said_in)
    return group


def main() -> None:
    if sys.getfilesystemencoding() != "utf-8":
        # Names on disk are UTF-8 whatever the terminal speaks; read otherwise they would become other ids.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 -- itself
    said_in = speech.from_environment()
    run(build(said_in), said_in)
