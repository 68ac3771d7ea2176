"""Freed memory is kept by the process, so that the next computation need not ask the kernel for it again.

How much of it the C library keeps by itself depends on what was freed before, and so on the history of each
process: of the same code, one process asked for its pages anew at every call and the other did not, which
made five per cent of its time (top of `bench/clock.md`).
"""

from __future__ import annotations

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3  # from malloc.h
LARGEST = 32 << 20  # bytes; the most that may come from the heap and not from a mapping of its own
KEPT = 1 << 30  # bytes at its end that the heap does not give back


def keep() -> None:
    """Hold on to what is freed from now on; nothing happens under a C library that cannot be told so."""
    import ctypes  # noqa: PLC0415 - needed in jails that are timed alone

    library = ctypes.CDLL(None)
    tell = getattr(library, "mallopt", None)
    if tell is not None:
        tell(MMAP_THRESHOLD, LARGEST)
        tell(TRIM_THRESHOLD, KEPT)
        tell(TOP_PAD, LARGEST)
