"""/health as it is sent: whether this worker can answer, for a watchdog or the proxy in front. It opens no image.

It leaves by the fast lane, so that a flood of costly requests is not taken for a dead server.
"""

import json
import logging
from http import HTTPStatus
from importlib.metadata import version as version_of

from manifests.believed import NotHeld
from manifests.errors import LibraryError
from manifests.library import Library
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime

log = logging.getLogger("mocban")


class HealthResponder:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._version = version_of("mocban")

    def health(self, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        try:
            works = self._library.count(may_ask=may_wait)
        except NotHeld:
            raise NeedsTime from None
        except Exception as error:  # noqa: BLE001 -- whatever is wrong is what this address is asked for
            log.warning("%s", error)
            told = str(error) if isinstance(error, LibraryError) else "The catalogue cannot be read; the log says why."
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE, fields, status="failing", version=self._version, reason=told)
        return _answer(HTTPStatus.OK, fields, status="ok", version=self._version, works=works)


def _answer(status: HTTPStatus, fields: RequestFields, /, **told: str | int) -> ReadyAnswer:
    body = (json.dumps(told) + "\n").encode()
    headers = (
        ("Cache-Control", "no-store"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
    )
    return ReadyAnswer(status, headers, b"" if fields.is_head else body)
