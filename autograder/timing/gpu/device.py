"""The device that checks are timed on, from outside every jail: what it is, its clock, who else uses it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.jail.nodes import NONE, Access

from . import nvidia
from .seen import Device, State

__all__ = ["Device", "Fake", "State", "alone", "find"]


@dataclass(slots=True)
class Fake:
    """The processor in the place of a GPU, for tests of the whole path. What it reports is a script.

    `states` and `crowds` are given out one after the other, the last for ever.
    """

    states: Sequence[State] = (State(1000.0),)
    crowds: Sequence[Mapping[int, int]] = ({},)
    clock: str = "fake"
    kind: str = "cpu"
    identity: str = "fake"
    hardware: str = "fake device"
    shared: str = ""
    looks: int = 0
    counts: int = 0
    given: list[State] = field(default_factory=list)

    def access(self) -> Access:
        """Nothing."""
        return NONE

    def state(self) -> State:
        """The next of `states`."""
        self.given.append(self.states[min(self.looks, len(self.states) - 1)])
        self.looks += 1
        return self.given[-1]

    def processes(self) -> Mapping[int, int]:
        """The next of `crowds`."""
        crowd = self.crowds[min(self.counts, len(self.crowds) - 1)]
        self.counts += 1
        return crowd


def find(index: int = 0) -> Device | None:
    """The GPU of this machine, or None; asks the driver, and loads no torch."""
    return nvidia.find(index)


@contextlib.contextmanager
def alone(device: Device, folder: str = "") -> Iterator[None]:
    """Hold the device for one timed check; waits until no other grader of this machine has it.

    Raises:
        OSError: the lock's file cannot be made, or is a link.
    """
    name = re.sub(r"[^\w.-]", "_", device.identity)
    path = os.path.join(folder or tempfile.gettempdir(), f"autograder-{name}.lock")  # noqa: PTH118 - a name
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
