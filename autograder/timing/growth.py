"""How the cost of a function grows: its processor time at n, 2n and 4n, and the exponent they lie on.

For this no reference is clocked, so it can be graded on any laptop: the exponent of a vectorised function
stays far below that of a loop as long as its work is small beside what each call of NumPy costs, and an
O(n²) algorithm can be told from O(n) however fast the machine is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from autograder.model import Band, Clocking, Overran, Timing, Verdict

from . import bands as banding
from . import gates, machine, statistics
from .contender import Code, Contender, Lap, Refused, told
from .contest import FEWEST, MOST, Matter, Ring
from .duel import LONG, TICK
from .question import Question, alike, drawn, outputs, question, several

STEPS = (1, 2, 4)
REPEATS = (5, 40)  # of each process, after a warm-up: as many as fit into half a second of computing
SECONDS = 10.0  # on the wall, for one computation
PADDED = 20.0  # times our own time at the largest size: beyond it, a small exponent proves little


def hold(
    matter: Matter,
    student: Code,
    ring: Ring,
    clocking: Clocking,
    bands: Sequence[Band],
    rng: np.random.Generator,
) -> Timing:
    """The exponent with which `student`'s time grows as the size `clocking.grows` doubles.

    Raises:
        CourseError: the check cannot draw.
        SandboxFault: this machine failed.
    """
    end = time.monotonic() + clocking.budget_seconds
    grows = clocking.grows
    sizes = [clocking.sizes[grows] * step for step in STEPS]

    def ask(size: int) -> Question:
        call = drawn(matter.timed, rng, {**clocking.sizes, grows: size})
        asked = question(matter.timed, call, several=more)
        return alike(matter.timed, known.setdefault((size, more), asked), asked)

    known: dict[tuple[int, bool], Question] = {}
    more = False
    answer = matter.answer(ask(sizes[-1]))
    more = several(answer, matter.timed.takes)
    largest = ask(sizes[-1])
    room = sum(one.nbytes for one in outputs(answer, matter.timed.takes))
    base = Timing(
        matter.timed.id, Verdict.DECIDED, "growth", bands=tuple(bands), hardware=machine.processor()
    )
    processes: list[list[list[float]]] = []
    ours: list[float] = []  # seconds of our answer on this side, at the largest size
    while True:
        repeats: list[list[float]] = []
        number, last = 0, REPEATS[0]
        try:
            with Contender(ring.student, student, largest, room, ring.limits, ring.core) as contender:
                while number <= last:
                    seconds, wall = [], 0.0
                    for size in sizes if number % 2 else reversed(sizes):
                        asked = ask(size)
                        lap = _lap(contender, asked)
                        start = time.process_time()
                        answer = matter.answer(asked)
                        if size == sizes[-1]:
                            ours.append(time.process_time() - start)
                        ended = _ended(lap, outputs(answer, matter.timed.takes), clocking)
                        if ended is not None:
                            return replace(base, verdict=ended[0], reason=ended[1], host=machine.load())
                        seconds.append(max(lap.cpu, TICK))
                        wall += lap.wall
                    if number:
                        repeats.append(seconds if number % 2 else seconds[::-1])
                    else:  # a warm-up, checked like all others
                        last = int(np.clip(LONG / wall, *REPEATS))
                    number += 1
        except Refused as refused:
            return replace(base, verdict=Verdict.CRASHED, reason=told(refused.reply))
        processes.append(repeats)
        measure, low, high = statistics.exponent(sizes, processes)
        decided = banding.decide(bands, low, high)[1]
        over = len(processes) == MOST or time.monotonic() > end
        if (len(processes) >= FEWEST and decided) or over:
            largest_seconds = float(np.median([one[-1] for process in processes for one in process]))
            return replace(
                base,
                verdict=Verdict.DECIDED if decided else Verdict.INCONCLUSIVE,
                measure=measure,
                low=low,
                high=high,
                pairs=len(processes),
                student_seconds=largest_seconds,
                flags=_flags(largest_seconds, float(np.median(ours)), low, bands),
                host=machine.load(),
            )


def _flags(student: float, ours: float, low: float, bands: Sequence[Band]) -> tuple[str, ...]:
    """Who makes a function slower at small sizes makes its cost grow less, and loses speed by it."""
    times = student / max(ours, 1e-6)
    if times < PADDED or banding.share(bands, low) < bands[0][1]:
        return ()
    padded = f"its cost hardly grows, but at the largest size it is {times:.0f} times ours"
    return (f"{padded}: look whether it was made slower at small sizes",)


def _lap(contender: Contender, asked: Question) -> Lap:
    gone = contender.lay_out(asked)
    return Lap(0.0, 0.0, gone=gone) if gone is not None else contender.lap(asked, SECONDS)


def _ended(lap: Lap, wants: Sequence[np.ndarray], clocking: Clocking) -> tuple[Verdict, str] | None:
    if lap.gone is not None:
        late = isinstance(lap.gone, Overran) and lap.gone.limit == "seconds"
        return (Verdict.TIMEOUT if late else Verdict.CRASHED), told(lap.gone)
    if len(lap.outputs) != len(wants):
        return (
            Verdict.WRONG_OUTPUT,
            f"The answer holds {len(lap.outputs)} arrays; {len(wants)} are asked for.",
        )
    pairs = zip(lap.outputs, wants, strict=True)
    wrong = next((said for got, want in pairs if (said := gates.judge(got, want, clocking.tolerance))), "")
    return (Verdict.WRONG_OUTPUT, wrong) if wrong else None
