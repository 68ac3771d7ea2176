"""Sides and devices without jails and without time: what they say is written down."""

# ruff: noqa: ARG002 - what a side is asked does not matter to one whose answers are written down

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.jail.nodes import NONE, Access
from autograder.timing.gpu.device import State
from autograder.timing.gpu.side import Lost, Replay, Side, Window

KINDS = (("float32", (2,)),)
SEED = 3


@dataclass
class World:
    """Who is alive, whose turn it was last, and how long a call of each takes."""

    reference: float = 0.001
    student: float = 0.002
    beside: float = 1.0  # times the reference's time while the submission is alive
    alive: bool = False
    turn: str = ""
    links: list[int] = field(default_factory=list)
    opened: int = 0
    lost: Lost | None = None

    @contextlib.contextmanager
    def ours(self) -> Iterator[Side]:
        """The reference's side."""
        yield Scripted(self, "reference", lambda: self.reference * (self.beside if self.alive else 1.0))

    @contextlib.contextmanager
    def theirs(self) -> Iterator[Side]:
        """The submission's side."""
        self.alive, self.opened = True, self.opened + 1
        if self.lost:
            raise self.lost
        yield Scripted(self, "student", lambda: self.student)
        self.alive = False


@dataclass
class Scripted:
    """A side whose answers are all zeros, and right."""

    world: World
    name: str
    seconds: Callable[[], float]

    def begin(self, question: Mapping[str, Any], buffers: list[bytes], seconds: float) -> None:
        """Nothing to take in."""

    def window(self, seed: int, links: int, seconds: float, *, idle: bool = False) -> Window:
        """As long as it is written."""
        self.world.turn = self.name
        self.world.links.append(links)
        took = links * self.seconds() * (0.25 if idle else 1.0)
        return Window(took, seed, SEED, np.zeros((links, 2)), KINDS)

    def replay(self, seeds: Sequence[int], signs: Sequence[int], seconds: float) -> Replay:
        """Zeros."""
        return Replay(np.zeros((len(seeds), 2)), np.zeros((len(seeds), 1)), KINDS)

    def outputs(self, seconds: float) -> tuple[np.ndarray[Any, Any], ...]:
        """Zeros."""
        return (np.zeros(2, np.float32),)

    def heat(self, seconds: float) -> None:
        """Not counted."""


@dataclass
class Watched:
    """A device whose clock hangs on whose turn it was."""

    world: World
    mhz: Mapping[str, float] = field(default_factory=lambda: {"reference": 1980.0, "student": 1980.0})
    throttled: tuple[str, ...] = ()
    crowd: Mapping[int, int] = field(default_factory=dict)
    strangers: int = 0
    clock: str = "fake"
    kind: str = "cpu"
    identity: str = "scripted"
    hardware: str = "scripted device"
    shared: str = ""

    def access(self) -> Access:
        """Nothing."""
        return NONE

    def state(self) -> State:
        """The clock in this turn."""
        return State(self.mhz[self.world.turn], self.throttled, 40.0)

    def processes(self) -> Mapping[int, int]:
        """The strangers, and while the submission is alive the two of ours."""
        ours = {1: 10_000_000, 2: 250_000_000} if self.world.alive else {}
        return {**ours, **{100 + number: 1 for number in range(self.strangers)}}
