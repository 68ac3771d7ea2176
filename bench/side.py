"""Side by side: every grader on the same 24 submissions, in rounds, each round in another order."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import meter
from .meter import Cost
from .rivals import Rival, RivalError
from .students import FOUR, Student


@dataclass(slots=True)
class Lane:
    """One grader: what each round cost, the most memory, and how many of its verdicts are right."""

    rival: Rival
    costs: list[tuple[int, Cost]] = field(default_factory=list)  # with the number of the round
    memory: int = 0
    agreed: str = ""
    failed: str = ""  # why it is not in the table

    @property
    def cpu(self) -> list[float]:
        """CPU seconds of one submission, round by round."""
        return [cost.each.cpu for _, cost in self.costs]

    @property
    def wall(self) -> list[float]:
        """Seconds of one submission on the clock, round by round."""
        return [cost.each.wall for _, cost in self.costs]


def rounds(lanes: Sequence[Lane], handed_in: Sequence[Student], count: int) -> None:
    """Run all graders `count` times, in turn; every second round goes the other way.

    A slow one grades the six submissions of one assignment in each of the first four rounds, and so all of
    them once.
    """
    names = list(FOUR)
    for number in range(count):
        for lane in lanes if number % 2 == 0 else reversed(lanes):
            chosen = list(handed_in)
            if lane.rival.slow:
                if number >= len(names):
                    continue
                chosen = [one for one in handed_in if one.assignment == names[number]]
            _run(lane, chosen, number)
    for lane in lanes:
        _judge(lane, handed_in, min(count, len(names)))


def _run(lane: Lane, chosen: Sequence[Student], number: int) -> None:
    if lane.failed:
        return
    every = [chosen] * lane.rival.repeat

    def work() -> None:
        for one in every:
            lane.rival.run(one)

    try:
        lane.costs.append((number, meter.measured(work, len(chosen) * len(every))))
    except RivalError as error:
        lane.failed = str(error)


def _judge(lane: Lane, handed_in: Sequence[Student], graded: int) -> None:
    right = lane.rival.right
    if lane.failed or right is None:
        return
    seen = [one for one in handed_in if not lane.rival.slow or one.assignment in list(FOUR)[:graded]]
    lane.agreed = f"{sum(right(one) == one.right for one in seen)} of {len(seen)}"


def look_at_memory(lanes: Sequence[Lane], handed_in: Sequence[Student]) -> None:
    """The most memory of each, apart from the rounds, so that looking costs no time; slow ones grade one."""
    for lane in lanes:
        if lane.failed:
            continue
        chosen = handed_in[:1] if lane.rival.slow else handed_in
        try:
            lane.memory = meter.peak(functools.partial(lane.rival.run, chosen), lane.rival.roots)
        except RivalError as error:
            lane.failed = str(error)


def ratios(lane: Lane, against: Lane) -> list[float]:
    """How many times the CPU of `against` a submission costs in `lane`, in each round that both had."""
    other = dict(against.costs)
    return [cost.each.cpu / other[number].each.cpu for number, cost in lane.costs if number in other]
