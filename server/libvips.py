"""libvips as every process here uses it; whoever wants pyvips imports it from this module.

pyvips hands GLib a log handler written in Python. Python may collect garbage while any of its code runs; a collected
image closes its file, closing a file may log, and GLib ends a process that logs while it logs. So the handler is taken
off and nothing of Python's is put in its place: libvips keeps its warnings to itself. What a decoder complained of is
read after it is done (`complaints`), never while it speaks.
"""

import os

os.environ.setdefault("VIPS_WARNING", "0")  # any value will do; libvips asks for it only when it starts

import pyvips

__all__ = ["complaints", "pyvips"]

pyvips._remove_log_handler()
pyvips.operation_block_set("VipsForeignLoadUhdr", True)
"""It would open every JPEG with a gain map, as telephones write them, before the loader of JPEG is asked."""


def complaints() -> str:
    """What libvips and its decoders have complained of since this was last asked, even where they went on."""
    try:
        return str(pyvips.Error("").detail)
    except UnicodeDecodeError:
        return "bytes of the file, which are no text"
    finally:
        pyvips.vips_lib.vips_error_clear()
