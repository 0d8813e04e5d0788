"""malloc as a process that draws needs it: what a picture took is given back when it is sent.

glibc gives each thread an arena of its own, as many as eight a core, and raises the size from which memory comes from
the system, and goes back to it, with every large piece that is freed. A worker that draws in several threads kept so
what it had ever needed. Measured in a worker of two cores over pictures of all kinds: 249 MB after 1,000 and growing as
it is; with these three (`mallopt(3)`) and what drawings keep (`server.image.work_memory`) 120 after 300, as many after
1,200, and 230 at the highest while they are drawn.
"""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_ARENAS = 2
_GIVEN_BACK = 2**20
_MAPPED = 256 * 1024
"""Bytes: what is free at the end of the heap, and the size of one piece, from which on it goes back to the system.
glibc begins with an eighth of a megabyte for both; libvips holds a little more than that of a wide picture between two
of its steps, and took it anew for every sixteen rows."""


def give_memory_back() -> None:
    """Once in a process, before it has begun threads. Other systems' malloc has no such settings."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
        mallopt(_M_TRIM_THRESHOLD, _GIVEN_BACK)
        mallopt(_M_MMAP_THRESHOLD, _MAPPED)
