"""One pair of fresh processes, reference and submission, in turns on the same inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from autograder.model import Gates, Overran, SandboxFault, Verdict

from . import gates
from .contender import Contender, Lap, told
from .question import Question, outputs
from .statistics import Pair

WARM = 2  # computations that are not timed: the heap grows in the first, and caches fill
LONG = 0.5  # seconds that the repeats of one pair may take together
SLOW = 100.0  # so many times slower in the first that it is the only one not timed, and one repeat is enough
TICK = 1e-6  # the smallest time that the clock of a control group tells


@dataclass(slots=True)
class Bout:
    """What one pair of processes came to."""

    times: list[tuple[float, float]] = field(default_factory=list)  # (student, reference) processor seconds
    walls: list[tuple[float, float]] = field(default_factory=list)
    ended: Verdict | None = None
    reason: str = ""

    @property
    def pair(self) -> Pair:
        """The processor times, for the statistics."""
        return self.times


def fight(
    reference: Contender,
    student: Contender,
    ask: Callable[[], Question],
    answer: Callable[[Question], object],
    *,
    takes: int | None,
    repeats: tuple[int, int],
    tolerance: Gates | None,
    patience: Callable[[float], float],
    spent: Callable[[], bool] = lambda: False,
) -> Bout:
    """Warm-ups that are checked like all others, then repeats; every output is compared in full.

    The repeats are between the two numbers of `repeats`, as many as fit into half a second of computing, and
    none after the first when the time for it is `spent`: who sleeps does not hold up a class.
    `ask` draws inputs never seen before, `answer` is our reference on this side, asked once so that a broken
    jail of ours cannot pass in silence; `patience` says how long a student may take on the wall where the
    reference took so many seconds.

    Raises:
        SandboxFault: the reference's jail did not answer, or not as the reference does here.
    """
    bout = Bout()
    number, first, last = 0, WARM, WARM
    while number <= last:
        question = ask()
        if number % 2 or not bout.walls:
            ours = _reference(reference, question)
            theirs = student.lap(question, patience(ours.wall))
        else:  # the student first; how long the reference takes is known from the time before
            theirs = student.lap(question, patience(bout.walls[-1][1]))
            ours = _reference(reference, question) if theirs.gone is None else Lap(0.0, 0.0)
        if theirs.gone is not None:
            late = isinstance(theirs.gone, Overran) and theirs.gone.limit == "seconds"
            bout.ended, bout.reason = (Verdict.TIMEOUT if late else Verdict.CRASHED), told(theirs.gone)
            return bout
        bout.walls.append((theirs.wall, ours.wall))
        wrong = compared(theirs, ours, tolerance)
        if wrong:
            bout.ended, bout.reason = Verdict.WRONG_OUTPUT, wrong
            return bout
        if number == 0:
            _sound(ours, outputs(answer(question), takes))
            if theirs.cpu > SLOW * ours.cpu:
                first = last = 1
                for _ in range(WARM - first):
                    _reference(reference, question)
            else:
                last = first - 1 + int(np.clip(LONG / (theirs.wall + ours.wall), *repeats))
        elif number >= first:
            bout.times.append((max(theirs.cpu, TICK), max(ours.cpu, TICK)))
            if spent():
                return bout
        number += 1
    return bout


def compared(theirs: Lap, ours: Lap, tolerance: Gates | None) -> str:
    """What is wrong with the student's output, in a sentence; empty where nothing is."""
    if len(theirs.outputs) != len(ours.outputs):
        return f"The answer holds {len(theirs.outputs)} arrays; {len(ours.outputs)} are asked for."
    pairs = zip(theirs.outputs, ours.outputs, strict=True)
    return next((wrong for got, want in pairs if (wrong := gates.judge(got, want, tolerance))), "")


def _reference(reference: Contender, question: Question) -> Lap:
    lap = reference.lap(question, 60.0)
    if lap.gone is not None:
        raise SandboxFault(f"the reference could not be timed: {told(lap.gone)}")
    return lap


def _sound(ours: Lap, here: tuple[np.ndarray, ...]) -> None:
    if len(here) != len(ours.outputs) or any(
        gates.judge(got, want) for got, want in zip(here, ours.outputs, strict=True)
    ):
        raise SandboxFault("the reference answered otherwise in its jail than outside")
