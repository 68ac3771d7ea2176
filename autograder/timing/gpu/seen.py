"""What the clock asks of a device, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from autograder.jail.nodes import Access


@dataclass(frozen=True, slots=True)
class State:
    """One look at a device: its clock in MHz, why it is held back (empty: it is not), degrees Celsius."""

    clock_mhz: float = 0.0
    throttled: tuple[str, ...] = ()
    celsius: float = 0.0


class Device(Protocol):
    """What the clock asks of a device."""

    @property
    def clock(self) -> str:
        """Which clock a record names: "cuda" or "fake"."""

    @property
    def kind(self) -> str:
        """What torch calls it in the jail: "cuda" or "cpu"."""

    @property
    def identity(self) -> str:
        """Its UUID; one check at a time is timed on it."""

    @property
    def hardware(self) -> str:
        """Its class: model, and the profile where it is divided. Times compare within a class only."""

    @property
    def shared(self) -> str:
        """Why times on it are only indicative: a sentence; empty where it is ours alone."""

    def access(self) -> Access:
        """What a jail needs in order to use it."""

    def state(self) -> State:
        """A look at it."""

    def processes(self) -> Mapping[int, int]:
        """The processes that compute on it, with the bytes each holds, numbered as the driver does."""
