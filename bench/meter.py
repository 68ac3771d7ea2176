"""What something costs: time on the clock, processor time and memory of all its processes."""

from __future__ import annotations

import os
import resource
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")
LOOK = 0.005  # seconds between two looks at the memory
MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for `count` submissions."""

    wall: float
    cpu: float
    count: int = 1

    @property
    def each(self) -> Cost:
        """For one submission."""
        return Cost(self.wall / self.count, self.cpu / self.count)


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of some processes: what each has alone, and its share of what it has with others."""

    pss: int = 0
    private: int = 0
    shared: int = 0

    def __add__(self, other: Memory) -> Memory:
        return Memory(self.pss + other.pss, self.private + other.private, self.shared + other.shared)


def measured(work: Callable[[], object], count: int = 1) -> Cost:
    """Do `work` and say what it took, this process, its living children and those it waited for together."""
    before, began = _processor(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, _processor()
    return Cost(wall, after - before, count)


def _processor() -> float:
    """Seconds so far: exact for this process and those it waited for, to a tick for those that live."""
    exact = sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    return exact + sum(sum(ticks(pid)) for pid in descendants(os.getpid()))


def ticks(pid: int) -> tuple[float, float, float, float]:
    """Seconds of a process: its own in user and system mode, then those of the children it waited for."""
    try:
        fields = (
            (PROC / str(pid) / "stat")
            .read_text(encoding="ascii", errors="replace")
            .rpartition(")")[2]
            .split()
        )
    except OSError:  # it has ended
        return 0, 0, 0, 0
    own_user, own_system, user, system = (int(field) * TICK for field in fields[11:15])
    return own_user, own_system, user, system


def descendants(pid: int) -> list[int]:
    """All living processes below `pid`, itself not."""
    found: list[int] = []
    ahead = [pid]
    while ahead:
        for child in _children(ahead.pop()):
            found.append(child)
            ahead.append(child)
    return found


def _children(pid: int) -> Iterator[int]:
    try:
        threads = [*(PROC / str(pid) / "task").iterdir()]
    except OSError:  # it has ended
        return
    for thread in threads:
        try:
            listed = (thread / "children").read_text(encoding="ascii")
        except OSError:
            continue
        yield from map(int, listed.split())


def memory(pids: Sequence[int]) -> Memory:
    """The memory of these processes now; of those that may be read."""
    return sum(map(_memory, pids), Memory())


def _memory(pid: int) -> Memory:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:  # it has ended, or is not ours to read
        return Memory()
    kib = {name.rstrip(":"): int(value) for name, value, *_ in map(str.split, lines)}
    private, shared = ("Private_Clean", "Private_Dirty"), ("Shared_Clean", "Shared_Dirty")
    return Memory(
        kib["Pss"] * 1024, sum(kib[name] for name in private) * 1024, sum(kib[name] for name in shared) * 1024
    )


def peak(work: Callable[[], object], roots: Sequence[int] = ()) -> int:
    """The most memory (PSS, bytes) that some processes hold at once while `work` is done, by looking often.

    They are `roots` and all below those of them that are not this process; without roots, all that `work`
    starts.
    """
    here = os.getpid()
    others = {here, *descendants(here)}
    most = 0
    done = threading.Event()

    def watched() -> list[int]:
        if not roots:
            return [pid for pid in descendants(here) if pid not in others]
        below = [pid for root in roots if root != here for pid in descendants(root)]
        return list(dict.fromkeys([*roots, *below]))

    def look() -> None:
        nonlocal most
        while not done.wait(LOOK):
            most = max(most, memory(watched()).pss)

    watcher = threading.Thread(target=look, name="memory", daemon=True)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return most


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * percent // 100) - 1))]
