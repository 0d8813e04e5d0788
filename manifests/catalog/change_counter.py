"""Whether anything that is told of the holdings has changed since one looked last, without reading a table.

SQLite keeps a number for us in the first page of the file (https://sqlite.org/pragma.html#pragma_user_version). The
transactions that change what is told count it up; those in which an ingest only notes how far it is do not, so that
tiles do not go back to the catalogue at each page of an ingest.
"""

import sqlite3
from itertools import count
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine

_LARGEST = 2**31 - 1
"""SQLite keeps 32 bits, with a sign."""


def count_change(connection: Connection) -> None:
    """To be called inside the transaction that makes the change."""
    number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.exec_driver_sql(f"PRAGMA user_version = {number % _LARGEST + 1}")


class ChangeCounter:
    """Keeps a connection of its own: to take one from the pool costs more than the answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: Any = None
        self._lock = Lock()
        self._never_seen = count(-1, -1)

    def read(self) -> int:
        """From 0, another number after every change that anybody has committed. Where it cannot be read, one that was
        never given: then the next question says what is wrong."""
        with self._lock:
            try:
                if self._held is None:
                    self._held = self._engine.raw_connection()
                row = self._held.driver_connection.execute("PRAGMA user_version").fetchone()
            except sqlite3.Error:
                return next(self._never_seen)
        return int(row[0])

    def close(self) -> None:
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None
