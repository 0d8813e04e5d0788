"""The search engines by name. One that is added here is held to the contract in `tests/contracts/test_engines.py`."""

from collections.abc import Mapping

from manifests.search.engine import Engine
from manifests.search.whoosh_index import WhooshIndex

ENGINES: Mapping[str, type[Engine]] = {"whoosh": WhooshIndex}
