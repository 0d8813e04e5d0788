"""The command line in this process: what it prints and how it ends, without a second for each start of Python.

That `mocban` does the same as a program of its own is the matter of `tests/test_cli.py` and `tests/test_cli_edges.py`.
"""

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import cast

import pytest

from server.cli import build
from server.cli.context import run
from server.language.translator import from_environment


def mocban(*words: object) -> "subprocess.CompletedProcess[str]":
    asked, asked_before = ["mocban", *map(str, words)], sys.argv
    printed, told = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    sys.argv = asked
    try:
        with redirect_stdout(printed), redirect_stderr(told), pytest.raises(SystemExit) as end:
            run(build(from_environment()), from_environment())
    finally:
        sys.argv = asked_before
    return subprocess.CompletedProcess(asked, cast("int", end.value.code), _content(printed), _content(told))


def _content(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
