"""The centuries and decades of a record's dates, to browse by: `18XX`, a century, and `188X`, a decade (EDTF).

What is a date, and how one may be written, `dates` knows; here each part of a line may be one (`1820; in 1871`).
"""

import re
from collections.abc import Iterable, Iterator

from manifests.metadata.dates import edtf_of
from manifests.metadata.edtf import is_edtf

_DIGITS = re.compile(r"(?<!\d)(\d{2}XX|\d{3}X|\d{4})(?=\D|$)")
_MOST_CHARACTERS = 500
_LONGEST_RANGE = 300
"""Years; of what spans more, only its ends say when."""


def periods(texts: Iterable[str]) -> list[str]:
    """Each century and each decade once, in order; a century stands before its decades."""
    return sorted(
        {period for text in texts for edtf in _dates(text[:_MOST_CHARACTERS]) for period in _periods(edtf)},
        key=lambda p: (p[:2], not p.endswith("XX"), p),
    )


def is_century(period: str) -> bool:
    return period.endswith("XX")


def century_of(period: str) -> str:
    return f"{period[:2]}XX"


def _dates(text: str) -> list[str]:
    if is_edtf(text):
        return [text]
    found = [edtf_of([part]) for part in re.split(r"[;,]", text)]
    return [edtf for edtf in found if edtf] or [edtf for edtf in [edtf_of([text])] if edtf]


def _periods(edtf: str) -> Iterator[str]:
    ends = [found for part in edtf.split("/") for found in _DIGITS.findall(part)[:1]]
    for end in ends:
        yield century_of(end)
        if not is_century(end):
            yield f"{end[:3]}X"
    first, last = (int(ends[0].replace("X", "0")), int(ends[-1].replace("X", "9"))) if ends else (0, 0)
    if len(ends) == 2 and first < last <= first + _LONGEST_RANGE:
        yield from (f"{century}XX" for century in range(first // 100, last // 100 + 1))
        if not any(map(is_century, ends)):
            yield from (f"{decade}X" for decade in range(first // 10, last // 10 + 1))
