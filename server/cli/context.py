"""What every command stands in: which library, which language, data as table or JSON, errors as exit codes."""

import codecs
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from functools import wraps
from importlib.metadata import version
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from manifests import errors, settings
from manifests.errors import N_
from manifests.library import Library
from manifests.library_folder import SETTINGS
from manifests.os_reasons import reason_of
from server.language.printable import NOT_SHOWN, printable
from server.language.translator import Translator

DEFAULT_LIBRARY = "library"
INTERRUPTED = 130
OWN_FAILURE = 1
SOME_REFUSED = 3
PAGE_OF_A_FILE = N_("page {number} of {file}")

EXIT_CODES: Mapping[type[errors.LibraryError], int] = {
    errors.Malformed: 2,
    errors.Unsupported: 2,
    errors.Misused: 2,
    errors.Missing: 4,
    errors.Renamed: 4,
    errors.Withdrawn: 4,
    errors.Damaged: OWN_FAILURE,
    errors.Busy: 75,
}
"""What a meaning is as an exit code (75 is `EX_TEMPFAIL` of sysexits.h)."""


@dataclass(slots=True)
class CliContext:
    """Where a command finds what the words before and behind it said."""

    translator: Translator
    folder: Path = Path(DEFAULT_LIBRARY)
    is_named: bool = False
    """Whether somebody said which library is meant."""
    as_json: bool = False

    def settings(self, **flags: Any) -> settings.Settings:
        return settings.load(self.folder / SETTINGS, **flags)

    def library(self, **flags: Any) -> Library:
        return Library.open(self.folder, self.settings(**flags))

    def print_row(self, row: Mapping[str, Any], *lines: str) -> None:
        """One row of data: JSON with every key, or lines for a person, in which no name speaks to the terminal."""
        for line in (_as_json(row),) if self.as_json else map(printable, lines):
            click.echo(line)

    def named(self, file: str, number: int | None) -> str:
        """A file, or a page of a file that holds several."""
        return file if number is None else self.translator.translate(PAGE_OF_A_FILE, number=number, file=file)

    def print_message(self, sentence: str, **values: Any) -> None:
        click.echo(self.translator.translate(sentence, **values), err=True)


def _as_json(row: Mapping[str, Any]) -> str:
    """As exact as it is safe: JSON can say every character by its number (RFC 8259, section 7)."""
    text = json.dumps(row, ensure_ascii=not _writes_all_letters())
    return NOT_SHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _writes_all_letters() -> bool:
    return codecs.lookup(sys.stdout.encoding).name == "utf-8"


class MocbanGroup(click.Group):
    """The group of commands. Its two options may stand before or behind the command's name."""

    def __init__(self, name: str, commands: Sequence[click.Command]) -> None:
        super().__init__(
            name,
            commands={str(command.name): _with_common_options(command) for command in commands},
            params=[*_common_options(), _version_option()],
            help=N_("Turns a folder of scans into a library that people can zoom, read, search and cite."),
            callback=_note_common,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
        )


def _with_common_options(command: click.Command) -> click.Command:
    """One of this group's own: its help is put into the reader's language later."""
    own = copy(command)
    own.params = [*map(copy, command.params), *_common_options()]
    return own


def _common_options() -> list[click.Option]:
    return [
        click.Option(
            ["--library"],
            metavar="DIR",
            envvar="MOCBAN_LIBRARY",
            show_envvar=True,
            type=click.Path(path_type=Path),
            help=N_("The library's folder; `library` here where nothing is said."),
        ),
        click.Option(["--json", "as_json"], is_flag=True, default=None, help=N_("One JSON object a line.")),
    ]


def _version_option() -> click.Option:
    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"mocban {version('mocban')}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=N_("Say which version it is."),
    )


def _note_common(library: Path | None, as_json: bool | None) -> None:
    """A flag, before or behind the command's name, counts more than the variable, which both of them see."""
    context = click.get_current_context()
    cli = context.find_object(CliContext)
    if cli is None:
        return
    cli.as_json = bool(as_json) or cli.as_json
    by_variable = context.get_parameter_source("library") is ParameterSource.ENVIRONMENT
    if library is not None and not (by_variable and cli.is_named):
        cli.folder, cli.is_named = library, True


Command = TypeVar("Command", bound=Callable[..., None])


def with_context(function: Callable[..., None]) -> Callable[..., None]:
    """Hands the cli to a command as its first argument, the common options noted."""

    @wraps(function)
    def command(*, library: Path | None, as_json: bool | None, **arguments: Any) -> None:
        _note_common(library, as_json)
        function(click.get_current_context().find_object(CliContext), **arguments)

    return command


def in_language(group: click.Group, translator: Translator) -> None:
    """Help texts as the reader's language has them."""
    for command in (group, *group.commands.values()):
        if command.help:
            command.help = translator.translate(command.help)
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                option.help = translator.translate(option.help)


def run(group: click.Group, translator: Translator) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    try:
        sys.exit(group.main(standalone_mode=False, obj=CliContext(translator)) or 0)
    except errors.LibraryError as error:
        click.echo(translator.translate_error(error), err=True)
        sys.exit(next((code for meaning, code in EXIT_CODES.items() if isinstance(error, meaning)), OWN_FAILURE))
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(
            translator.translate(N_("Interrupted. What was finished is kept; the same command goes on from here.")),
            err=True,
        )
        sys.exit(INTERRUPTED)
    except OSError as error:
        _give_up(error, translator)
    except click.ClickException as error:
        told = StringIO()
        error.show(file=told)
        for line in told.getvalue().rstrip("\n").split("\n"):
            click.echo(printable(line), err=True)
        sys.exit(error.exit_code)


def _give_up(error: OSError, translator: Translator) -> NoReturn:
    """The disk, or whatever takes the data, would not have it: no fault in the program, so no traceback."""
    what = error.filename if error.filename is not None else N_("What was asked for")
    said = translator.translate(
        N_("{file} cannot be read or written ({reason})."), file=str(what), reason=reason_of(error)
    )
    click.echo(said, err=True)
    with suppress(OSError):
        sys.stdout.close()  # what could not be written would be tried again at the very end
    sys.exit(OWN_FAILURE)
