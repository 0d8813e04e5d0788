"""The bytes a document is stored and sent as."""

import json
from collections.abc import Mapping
from typing import Any


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """Compact UTF-8 in the order the document was built in, `@context` first: the same document is the same bytes."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
