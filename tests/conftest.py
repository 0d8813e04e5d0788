"""What every test stands on: no settings of whoever runs it, no clock in the way, and the command line as it is run."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings

from manifests.settings import ENVIRONMENT_PREFIX
from tests.patience import GUARD

Mocban: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

# How long an example takes depends on what else the machine does; which examples are drawn must not.
settings.register_profile("calm", deadline=None, derandomize=True)
settings.load_profile("calm")

for name in [name for name in os.environ if name.startswith(ENVIRONMENT_PREFIX)]:
    del os.environ[name]
os.environ["LC_ALL"] = "C.UTF-8"

# Hundreds of processes are started here, commands and workers: each would compile all our modules for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture(scope="session")
def mocban() -> Mocban:
    """Runs a command to its end, as a process of its own; what it printed is in `stdout` and `stderr`."""

    def run(*words: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "server.cli", *map(str, words)],
            env=os.environ | variables,
            text=True,
            capture_output=True,
            timeout=GUARD,
            check=False,
        )

    return run
