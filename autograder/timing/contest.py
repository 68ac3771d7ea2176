"""Pairs of fresh processes until the interval lies in one band, or the time for it is spent."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from autograder.jail.host import Template
from autograder.model import Band, Clocking, Limits, Timed, Timing, Verdict

from . import bands as banding
from . import duel, machine, statistics
from .contender import Code, Contender, Refused, told
from .duel import Bout
from .question import Question, alike, drawn, outputs, question, several

FEWEST, MOST = 3, 8  # pairs of processes
REPEATS = (4, 16)  # of each pair, after a warm-up: fewest and most
QUICKEST = 2.0  # seconds on the wall that anybody may take for one computation
CLEAR = 1.5  # times an edge must be off for one pair to be enough, where code is `SLOW`
CROWDED = 1.2  # wall over processor time of the reference: beyond it, others wanted the processor too
WAITS = 3.0  # times the crowding: beyond it, what a student's code took was not for want of a processor
NOISY = 4.0  # an undecided interval whose ends are so many times apart says nothing
STEADY = 1.5  # slow over quick times of the reference: beyond it, the machine was not quiet


@dataclass(frozen=True, slots=True)
class Ring:
    """Where contests are held: two templates of the same kind, the core for both, and what code may use."""

    reference: Template
    student: Template
    core: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class Matter:
    """What is timed: the check, our function for answers on this side, and our file for the jail."""

    timed: Timed
    function: Callable[..., object]
    code: Code

    def answer(self, asked: Question) -> object:
        """The reference's answer, computed here."""
        call = asked.call
        with np.errstate(all="ignore"):
            return self.function(**call) if isinstance(call, dict) else self.function(*call)


@dataclass(slots=True)
class _Score:
    bouts: list[Bout] = field(default_factory=list)
    measure: float = 0.0
    low: float = 0.0
    high: float = 0.0


def hold(
    matter: Matter,
    student: Code,
    ring: Ring,
    clocking: Clocking,
    bands: Sequence[Band],
    rng: np.random.Generator,
) -> Timing:
    """Time `student` against the reference. `rng` draws inputs that nobody has seen.

    Raises:
        CourseError: the check cannot draw.
        SandboxFault: this machine, or our reference, failed.
    """
    end = time.monotonic() + clocking.budget_seconds
    sizes = dict(clocking.sizes)

    def ask() -> Question:
        return question(matter.timed, drawn(matter.timed, rng, sizes), several=more)

    more = False
    first = ask()
    answer = matter.answer(first)
    more = several(answer, matter.timed.takes)
    first = ask()

    def again() -> Question:
        return alike(matter.timed, first, ask())

    def over() -> bool:
        return time.monotonic() > end

    room = sum(one.nbytes for one in outputs(answer, matter.timed.takes))
    score = _Score()
    clock = ""

    def patience(reference_wall: float) -> float:
        return max(QUICKEST, banding.hopeless(bands) * reference_wall)

    base = Timing(matter.timed.id, Verdict.DECIDED, "", bands=tuple(bands), hardware=machine.processor())
    while True:
        with Contender(ring.reference, matter.code, first, room, ring.limits, ring.core) as ours:
            try:
                with Contender(ring.student, student, first, room, ring.limits, ring.core) as theirs:
                    clock = theirs.clock.name
                    bout = duel.fight(
                        ours,
                        theirs,
                        again,
                        matter.answer,
                        takes=matter.timed.takes,
                        repeats=REPEATS,
                        tolerance=clocking.tolerance,
                        patience=patience,
                        spent=over,
                    )
            except Refused as refused:
                return replace(base, verdict=Verdict.CRASHED, reason=told(refused.reply))
        score.bouts.append(bout)
        if bout.ended is not None:
            return _summed(replace(base, clock=clock, verdict=bout.ended, reason=bout.reason), score)
        score.measure, score.low, score.high = statistics.interval([one.pair for one in score.bouts])
        verdict = _verdict(score, bands, over=len(score.bouts) == MOST or over())
        if verdict is not None:
            return _summed(replace(base, clock=clock, verdict=verdict), score)


def _verdict(score: _Score, bands: Sequence[Band], *, over: bool) -> Verdict | None:
    """How it stands after another pair; None: not decided yet."""
    _, decided = banding.decide(bands, score.low, score.high)
    if len(score.bouts) >= FEWEST and decided:
        return Verdict.DECIDED
    measure = score.measure
    if measure > banding.hopeless(bands) or (
        measure > duel.SLOW and banding.decide(bands, measure / CLEAR, measure * CLEAR)[1]
    ):
        score.low, score.high = measure / CLEAR, measure * CLEAR  # what one pair can vouch for
        return Verdict.DECIDED
    if not over:
        return None
    if decided:
        return Verdict.DECIDED
    return _undecided(score, bands)


def _undecided(score: _Score, bands: Sequence[Band]) -> Verdict:
    """What to make of an interval across an edge when there is no more time.

    Code that is slow by turns makes the interval as wide as it likes. So nobody is held to be faster than in
    the fastest of all repeats, and only an unsteady reference shows that the machine was at fault.
    """
    student, reference = np.array([one for bout in score.bouts for one in bout.times]).T
    fastest = float(student.min() / np.median(reference))
    score.low = min(max(score.low, fastest), score.high)
    if banding.decide(bands, score.low, score.high)[1]:
        return Verdict.DECIDED
    quick, slow = np.percentile(reference, [10, 90])
    unsteady = slow > STEADY * quick or _crowding(score) > CROWDED
    return Verdict.PENDING_NOISY if unsteady and score.high > NOISY * score.low else Verdict.INCONCLUSIVE


def _crowding(score: _Score, side: int = 1) -> float:
    """Wall over processor time of the reference, or of the student (side 0)."""
    used = np.median([one[side] for bout in score.bouts for one in bout.times])
    walls = [wall[side] for bout in score.bouts for wall in bout.walls[1:]]
    return max(1.0, float(np.median(walls) / used))


def _summed(timing: Timing, score: _Score) -> Timing:
    """The record, with all that was measured."""
    times = [one for bout in score.bouts for one in bout.times]
    if not times:
        return replace(timing, pairs=len(score.bouts), host=machine.load())
    student, reference = np.median(times, axis=0)
    crowding = _crowding(score)
    if timing.verdict in (Verdict.DECIDED, Verdict.INCONCLUSIVE, Verdict.PENDING_NOISY):
        timing = replace(timing, measure=score.measure, low=score.low, high=score.high)
    return replace(
        timing,
        pairs=len(score.bouts),
        reference_seconds=float(reference),
        student_seconds=float(student),
        crowding=round(crowding, 3),
        host=machine.load(),
        flags=_flags(timing, crowding, _crowding(score, 0)),
    )


def _flags(timing: Timing, crowding: float, waiting: float) -> tuple[str, ...]:
    """What a person should know of it."""
    flags = []
    if timing.verdict == Verdict.INCONCLUSIVE:
        edge = banding.edge(timing.bands, timing.low, timing.high)
        flags.append(
            f"undecided: the interval [{timing.low:.2f}, {timing.high:.2f}] lies across the edge {edge:g}; "
            "the better band counts"
        )
    if crowding > CROWDED:
        flags.append(
            f"others wanted the processor too: the reference took {crowding:.1f} times its processor time"
        )
    if waiting > WAITS * crowding:
        flags.append(f"it took {waiting:.0f} times its processor time: it waits, which no clock here counts")
    return tuple(flags)
