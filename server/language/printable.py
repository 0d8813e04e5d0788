"""Text that comes from outside, a path or a name above all, as a terminal or a log may show it: in one line.

A name may hold escape sequences and line breaks, which a terminal obeys, and marks that turn the direction of writing,
which make `gpj.exe` read `exe.jpg`. JSON needs none of this: it is exact by itself.
"""

import re

NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def printable(text: str) -> str:
    """Each such character by its number: `\\x1b`, `\\u202e`; a byte of a name that is no UTF-8 as `\\xff`."""
    return NOT_SHOWN.sub(lambda found: _SHORT.get(found[0]) or _escape(ord(found[0])), text)


def _escape(number: int) -> str:
    if 0xDC80 <= number <= 0xDCFF:
        number -= 0xDC00  # os.fsdecode put the byte here (PEP 383)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
