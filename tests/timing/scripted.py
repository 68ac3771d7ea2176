"""Contenders that do what a script says, so that duels and contests are decided without a clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, Self

import numpy as np

from autograder.model import Reply, Timed
from autograder.timing.contender import Code, Lap, Refused
from autograder.timing.contest import Matter, Ring
from autograder.timing.question import Question

REFERENCE, STUDENT = Code("reference", "reference.py"), Code("student", "student.py")
RING = Ring("R", "S", 0, None)  # type: ignore[arg-type]  # the templates only tell who is meant


def double(x: Any) -> Any:
    """What is asked for."""
    return 2 * x


def draw(rng: np.random.Generator, n: int = 3) -> tuple[Any, ...]:
    """An array of numbers."""
    return (rng.normal(size=n),)


TIMED = Timed("double", "numbers", "Doubling is fast.", draw, "double.twin")
MATTER = Matter(TIMED, double, REFERENCE)


@dataclass
class Fake:
    """One side: `seconds(k)` is the processor time of its k-th lap, `answer(x, k)` what it gives."""

    name: str
    seconds: Callable[[int], float]
    answer: Callable[[Any, int], Any] = lambda x, _: 2 * x
    gone: dict[int, Reply] = field(default_factory=dict)  # by lap
    log: list[str] = field(default_factory=list)  # shared between the two sides
    allowed: list[float] = field(default_factory=list)
    crowding: float = 1.0
    laps: int = 0
    clock: Any = field(default_factory=lambda: SimpleNamespace(name="scripted"))
    asked: list[Question] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.append(f"{self.name} closed")

    def lay_out(self, question: Question) -> Reply | None:
        """Nothing to do."""
        self.log.append(f"{self.name} laid out {question.arrays[0].size}")
        return None

    def lap(self, question: Question, seconds: float) -> Lap:
        """What the script says."""
        self.log.append(self.name)
        self.allowed.append(seconds)
        self.asked.append(question)
        number, self.laps = self.laps, self.laps + 1
        cpu = self.seconds(number)
        lap = Lap(self.crowding * cpu, cpu)
        if number in self.gone:
            return replace(lap, gone=self.gone[number])
        value = self.answer(*question.arrays, number)
        outputs = value if type(value) is tuple else (value,)
        return replace(lap, outputs=tuple(map(np.asarray, outputs)))


@dataclass
class Stage:
    """Takes the place of `Contender`: makes the sides of each pair by script."""

    student: Callable[[int], Fake | Reply]  # by pair; a reply: the file does not load
    reference: Callable[[int], Fake] = lambda _: steady("R", 1.0)
    log: list[str] = field(default_factory=list)
    pairs: int = 0
    sides: list[Fake] = field(default_factory=list)

    def __call__(self, template: object, *_: object) -> Fake:
        """The next side.

        Raises:
            Refused: the script has a reply in its place.
        """
        made: Fake | Reply
        if template == "R":
            made = self.reference(self.pairs)
        else:
            made = self.student(self.pairs)
            self.pairs += 1
        if not isinstance(made, Fake):
            raise Refused(made)
        made.log = self.log
        self.sides.append(made)
        return made


def steady(name: str, seconds: float, **words: Any) -> Fake:
    """A side that always takes as long."""
    return Fake(name, lambda _: seconds, **words)


def by_turns(name: str, seconds: Sequence[float], **words: Any) -> Fake:
    """A side that takes the seconds of a list in turn."""
    return Fake(name, lambda lap: seconds[lap % len(seconds)], **words)
