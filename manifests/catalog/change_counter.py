"""Whether anything in the catalogue has changed since one looked last, without reading a table.

SQLite counts what other connections commit (https://sqlite.org/pragma.html#pragma_data_version). The number means
something to one connection only, so this one is kept, and never writes.
"""

import sqlite3
from itertools import count
from threading import Lock
from typing import Any

from sqlalchemy import Engine


class ChangeCounter:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: Any = None
        self._lock = Lock()
        self._never_seen = count(-1, -1)

    def read(self) -> int:
        """Another number after every transaction that anybody has committed. Where it cannot be read, one that was
        never given: then the next question says what is wrong."""
        with self._lock:
            try:
                if self._held is None:
                    self._held = self._engine.raw_connection()
                row = self._held.driver_connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                return next(self._never_seen)
        return int(row[0])

    def close(self) -> None:
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None
