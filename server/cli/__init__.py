"""The command line: `mocban`. Data to stdout, progress and messages to stderr; no command asks a question."""

import os
import sys

import click

from server.cli import ingest, installation, ocr, pictures, serving, verifying, works
from server.cli.context import MocbanGroup, in_language, run
from server.language.translator import Translator, from_environment

COMMANDS = (
    *ingest.COMMANDS,
    *works.COMMANDS,
    *ocr.COMMANDS,
    *verifying.COMMANDS,
    *serving.COMMANDS,
    *pictures.COMMANDS,
    *installation.COMMANDS,
)


def build(translator: Translator) -> click.Group:
    group = MocbanGroup("mocban", COMMANDS)
    in_language(group, translator)
    return group


def main() -> None:
    if sys.getfilesystemencoding() != "utf-8":
        # Names on disk are UTF-8 whatever the terminal speaks; read otherwise they would become other ids.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 -- itself
    chosen = from_environment()
    run(build(chosen), chosen)
