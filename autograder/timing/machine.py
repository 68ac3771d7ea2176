"""What a measurement needs to know of the machine it was made on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def processor() -> str:
    """The processor's model, as the kernel names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def load() -> Mapping[str, float]:
    """How busy it is.

    `pressure`: per cent of the last ten seconds in which something waited for a core; `steal`: per cent of
    all processor time since it started that the host took away.
    """
    found: dict[str, float] = {}
    try:
        words = Path("/proc/pressure/cpu").read_text().split()
        found["pressure"] = float(next(word for word in words if word.startswith("avg10="))[6:])
    except (OSError, StopIteration, ValueError):
        pass
    try:
        ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        found["steal"] = round(100 * ticks[7] / sum(ticks), 2)
    except (OSError, IndexError, ValueError, ZeroDivisionError):
        pass
    return found


def cores() -> tuple[int, ...]:
    """The cores this process may use, the last first: the first is where everything else likes to run."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0), reverse=True))
    return (0,)
