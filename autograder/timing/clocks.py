"""Clocks that student code cannot touch: processor time of a whole jail, which stands still in between.

Processor time, not the time on the wall: on a busy machine it stays right within some 15 per cent, and it
charges threads, helpers and stolen cores to whoever used them.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Protocol

from autograder.model import SandboxFault

STOP_SECONDS = 5.0


class Restless(Exception):  # noqa: N818 - what a jail does, not an error
    """A jail goes on whenever it is stopped: nothing that it takes can be counted."""


class Clock(Protocol):
    """Runs only while the jail may run."""

    name: str

    def go(self) -> None:
        """Let the jail run."""

    def stop(self) -> None:
        """Return when nothing in the jail runs any more."""

    def seconds(self) -> float:
        """Processor time used so far."""

    def close(self) -> None:
        """Let go of it."""


class GroupClock:
    """Freezer and accounts of a control group (version 2): every thread and process, dead ones too."""

    name = "cgroup"

    def __init__(self, folder: Path) -> None:
        self._accounts = os.open(folder / "cpu.stat", os.O_RDONLY)
        self._events = os.open(folder / "cgroup.events", os.O_RDONLY)
        self._freezer = os.open(folder / "cgroup.freeze", os.O_WRONLY)

    def go(self) -> None:
        """Let the jail run."""
        os.pwrite(self._freezer, b"0", 0)

    def stop(self) -> None:
        """Return when nothing in the jail runs any more.

        Raises:
            SandboxFault: it does not stop.
        """
        os.pwrite(self._freezer, b"1", 0)
        end = time.monotonic() + STOP_SECONDS
        while b"frozen 1" not in os.pread(self._events, 256, 0):
            if time.monotonic() > end:
                raise SandboxFault("a jail could not be stopped while its clock did not run")

    def seconds(self) -> float:
        """Processor time used so far."""
        return int(os.pread(self._accounts, 256, 0).split(None, 2)[1]) / 1e6

    def close(self) -> None:
        """Let go of the descriptors."""
        for descriptor in (self._accounts, self._events, self._freezer):
            os.close(descriptor)


class ProcessClock:
    """SIGSTOP and the clock of one process, for a jail that may have no other process and no thread."""

    name = "process"

    def __init__(self, pid: int) -> None:
        try:
            self._process = os.pidfd_open(pid)  # whatever becomes of it, no signal reaches another
        except OSError as error:
            raise SandboxFault("the jail of a timed check cannot be reached") from error
        self._clock = (~pid << 3) | 2  # CPUCLOCK_SCHED of a whole process, as clock_getcpuclockid(3) makes it
        self._state = Path(f"/proc/{pid}/stat")
        self.seconds()

    def go(self) -> None:
        """Let the jail run."""
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """Return when the process has stopped.

        Raises:
            Restless: it does not stop; a process can have itself woken.
        """
        self._signal(signal.SIGSTOP)
        end = time.monotonic() + STOP_SECONDS
        while self._now() not in ("T", "Z", "X", ""):
            if time.monotonic() > end:
                raise Restless

    def seconds(self) -> float:
        """Processor time used so far.

        Raises:
            SandboxFault: the process is gone.
        """
        try:
            return time.clock_gettime(self._clock)
        except OSError as error:
            raise SandboxFault("the clock of a jail cannot be read") from error

    def close(self) -> None:
        """Let go of the descriptor."""
        os.close(self._process)

    def _now(self) -> str:
        try:
            return self._state.read_text().rpartition(")")[2].split()[0]
        except (OSError, IndexError):
            return ""

    def _signal(self, number: signal.Signals) -> None:
        try:
            signal.pidfd_send_signal(self._process, number)
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise SandboxFault("a jail may not be stopped while its clock does not run") from error


def child_of(pid: int) -> int:
    """The one child of a process, such as the jail of a template.

    Raises:
        SandboxFault: there is not exactly one, or this kernel does not say.
    """
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError as error:
        raise SandboxFault(
            "this machine has no clock for a jail: no control group of version 2, and "
            "no list of a process's children"
        ) from error
    if len(children) != 1:
        raise SandboxFault("this machine has no clock for a jail: its process is not to be told from others")
    return int(children[0])
