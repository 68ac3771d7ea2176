"""Control groups: memory and processes of a whole jail, in version 1 or 2, where we may make them."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
TRIES = 500


@dataclass(frozen=True, slots=True)
class Group:
    """The folders of one jail's control group: one in version 2, one for each controller in version 1."""

    folders: tuple[Path, ...]

    def out_of_memory(self) -> bool:
        """Whether the kernel killed something in the group because the group reached its own limit.

        A kill without that means that the machine had no memory left, which is nobody's fault in here.
        """
        killed = self._counted("memory.events", "oom_kill") or self._counted("memory.oom_control", "oom_kill")
        return killed and (
            self._counted("memory.events", "max")
            or self._counted("memory.failcnt")
            or self._counted("memory.memsw.failcnt")
        )

    def _counted(self, file: str, name: str = "") -> bool:
        """Whether the counter `name` of a file, or the only one in it, is more than zero."""
        for folder in self.folders:
            with contextlib.suppress(OSError):
                for line in (folder / file).read_text().splitlines():
                    *before, count = line.split()
                    if before == name.split() and count != "0":
                        return True
        return False

    @property
    def clock(self) -> Path | None:
        """The folder that can stop the group and says what processor time it has used; version 2 only."""
        return next((folder for folder in self.folders if (folder / "cgroup.freeze").exists()), None)

    def doors(self) -> list[int]:
        """Descriptors into which a process writes 0 to join the group; the caller closes them.

        Raises:
            OSError: the group is gone.
        """
        return [os.open(folder / "cgroup.procs", os.O_WRONLY | os.O_CLOEXEC) for folder in self.folders]

    def remove(self) -> None:
        """Kill what is left in the group and remove it."""
        for folder in self.folders:
            for _ in range(TRIES):
                with contextlib.suppress(OSError):
                    for pid in (folder / "cgroup.procs").read_text().split():
                        with contextlib.suppress(OSError):
                            os.kill(int(pid), signal.SIGKILL)
                try:
                    folder.rmdir()
                except FileNotFoundError:
                    break
                except OSError:
                    os.sched_yield()
                    continue
                break


def _own_path(controller: str) -> str:
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        if controller in names.split(","):
            return path
    return "/"


def parents() -> tuple[Path, ...]:
    """The folders under which groups can be made; empty where they cannot."""
    if (ROOT / "cgroup.controllers").exists():
        with contextlib.suppress(OSError):
            enabled = (ROOT / "cgroup.subtree_control").read_text().split()
            if {"memory", "pids"} <= set(enabled) and os.access(ROOT, os.W_OK):
                return (ROOT,)
        return ()
    found = []
    for controller in ("memory", "pids"):
        base = ROOT / controller
        folder = base / _own_path(controller).strip("/")
        folder = folder if folder.is_dir() else base
        if not (folder / "cgroup.procs").exists() or not os.access(folder, os.W_OK):
            return ()
        found.append(folder)
    return tuple(found)


def clock_parent() -> Path | None:
    """Where groups of version 2 can be made, which can be stopped and clocked; None: nowhere."""
    for root in (ROOT / "unified", ROOT):
        if (root / "cgroup.controllers").exists() and os.access(root, os.W_OK):
            return root
    return None


def make(name: str, memory_mb: int, processes: int, *, clocked: bool = False) -> Group | None:
    """A new group; None where this machine does not let us. `clocked` asks for one with a clock.

    Raises:
        OSError: groups can be made here, but this one could not be made or limited.
    """
    above = parents()
    clock = clock_parent() if clocked else None
    folders = tuple(parent / name for parent in (*above, *({clock} - {None, *above})) if parent)
    if not folders:
        return None
    group = Group(folders)
    try:
        for folder in folders:
            folder.mkdir()
    except OSError:
        group.remove()
        raise
    size = str(memory_mb << 20)
    wanted = {
        "memory.max": size,
        "memory.swap.max": "0",
        "memory.limit_in_bytes": size,
        "memory.memsw.limit_in_bytes": size,
        "pids.max": str(processes),
    }
    try:
        for folder in folders:
            for file, value in wanted.items():
                if (folder / file).exists():
                    _write(folder / file, value)
    except OSError:
        group.remove()
        raise
    return group


def _write(path: Path, value: str) -> None:
    try:
        path.write_text(value)
    except OSError:
        if "swap" not in path.name and "memsw" not in path.name:  # swap accounting may be off
            raise
