"""Processes as the system shows them, for the tests that kill them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 30.0  # seconds for what must come sooner or later


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait for something that can be seen."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"this did not come: {what}"
        time.sleep(0.002)


def parents() -> dict[int, int]:
    """The parent of every process that is not dead or a zombie."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:  # it has ended meanwhile
                continue
            if state not in "ZX":
                found[int(folder.name)] = int(parent)
    return found


def children(pid: int) -> list[int]:
    """The living children of a process."""
    return sorted(child for child, parent in parents().items() if parent == pid)


def descendants(pid: int) -> set[int]:
    """All that a process has started, directly or not."""
    known, found, new = parents(), set[int](), {pid}
    while new:
        new = {child for child, parent in known.items() if parent in new} - found
        found |= new
    return found


def kill(pid: int) -> None:
    """SIGKILL, and wait until it has worked."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: pid not in parents(), f"the end of process {pid}")
