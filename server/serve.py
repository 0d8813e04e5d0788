"""`mocban serve`: gunicorn with `config/gunicorn.py`, one front door in each worker.

The parent only checks and watches. Everything that must not be shared across a fork (the catalogue's connections,
libvips with its threads) is opened in the worker, in `load`. A process that has loaded libvips may not serve: its
workers would wait for threads that stayed behind in it, and bear its memory.
"""

import ipaddress
import logging
import os
import socket
import sys
import time
from collections.abc import Container
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from config import gunicorn as shipped
from manifests.errors import N_, Busy, Misused
from manifests.library import Library
from manifests.search_index import LACKS_INDEX, lacks_index
from manifests.settings import Settings
from server.front_door.request_log import TIME, RequestLog
from server.front_door.request_target import TargetParser
from server.image.output_formats import preferred
from server.language.translator import from_environment

MOVING_ADDRESSES = N_(
    "Listening on {host} without base_url: the addresses in all documents follow the name by which each request came, "
    "so what others harvest may move. Set base_url in library.toml."
)
OPEN = N_("The reading room is open at {address}")
CLOSED = N_("The reading room is closed")

log = logging.getLogger("mocban")


def serve(folder: Path, settings: Settings) -> None:
    """Serves until it is told to stop, then leaves by SystemExit: 0 when it was asked to."""
    _check(folder, settings)
    _log_to_stderr()
    _warn(folder, settings)
    # Each request draws with one thread: the workers are the cores (decisions.md, 3). Read once, when libvips starts
    os.environ["VIPS_CONCURRENCY"] = "1"
    must_be_free_of_libvips(sys.modules)
    _Gunicorn(folder, settings).run()


def must_be_free_of_libvips(modules: Container[str]) -> None:
    """Raises RuntimeError, for the programmer, where a module that starts libvips has been imported."""
    if "pyvips" in modules:
        raise RuntimeError(
            "serve() forks its workers, and this process has loaded libvips, whose threads do not live through a fork: "
            "pictures would never be answered. Start a process of its own for it, as `mocban demo` does, or import "
            "whatever needs pyvips later."
        )


def _warn(folder: Path, settings: Settings) -> None:
    if not _is_loopback(settings.host) and not settings.base_url:
        log.warning("%s", from_environment().translate(MOVING_ADDRESSES, host=settings.host))
    if lacks_index(folder):
        log.warning("%s", from_environment().translate(LACKS_INDEX, folder=folder))


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in {**vars(shipped), **self._ours()}.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def _ours(self) -> dict[str, Any]:
        return {
            "bind": _address(self._settings),
            "workers": self._settings.workers or len(os.sched_getaffinity(0)),
            "when_ready": self._announce,
            "on_exit": self._take_leave,
        }

    def _announce(self, _arbiter: object) -> None:
        log.info("%s", from_environment().translate(OPEN, address=f"http://{_address(self._settings)}/"))

    def _take_leave(self, _arbiter: object) -> None:
        """When the last worker has ended, or was given up."""
        log.info("%s", from_environment().translate(CLOSED))

    def load(self) -> Any:
        from server.app import create_asgi_app  # brings in libvips, which may not start before the fork

        return create_asgi_app(Library.open(self._folder, self._settings), RequestLog(sys.stderr))


def _check(folder: Path, settings: Settings) -> None:
    """Refuses now, in one sentence, what would otherwise fail in every worker."""
    TargetParser(settings)
    preferred(settings.preferred_formats)
    Library.open(folder, settings).close()  # is a library, of a schema we know; upgraded once, not by each worker
    if not os.access(folder, os.W_OK):
        raise Misused(
            "{folder} cannot be written to. Readers of the catalogue write beside it: give the user {user} that right.",
            folder=folder,
            user=os.getuid(),
        )
    _check_address(settings)


def _check_address(settings: Settings) -> None:
    if not settings.host.isascii():
        raise Misused("host is {host}, which is no address to listen on.", host=repr(settings.host))
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            raise Busy(
                "Cannot listen on {address} ({reason}). Stop what uses it, or choose another --port.",
                address=_address(settings),
                reason=error.strerror or error,
            ) from error


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log_to_stderr() -> None:
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(message)s", TIME)
    formatter.converter = time.gmtime
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
