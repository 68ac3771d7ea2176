"""Pairs of fresh processes on a device until the interval lies in one band, or the budget is spent."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

import numpy as np

from autograder.model import Band, Clocking, Timing, Verdict
from autograder.timing import bands as banding
from autograder.timing import statistics

from .device import Device
from .pair import Bout, Match, fight, warmed
from .side import Lost, Side

Open = Callable[[], AbstractContextManager[Side]]
MEASURED = (Verdict.DECIDED, Verdict.INCONCLUSIVE, Verdict.INDICATIVE, Verdict.PENDING_NOISY)


@dataclass(slots=True)
class _Score:
    bouts: list[Bout] = field(default_factory=list)  # that count
    all: list[Bout] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # why others do not
    interfered: int = 0
    crowded: bool = False
    measure: float = 0.0
    low: float = 0.0
    high: float = 0.0


def hold(
    base: Timing,
    reference: Open,
    student: Open,
    match: Match,
    clocking: Clocking,
    now: Callable[[], float] = time.perf_counter,
) -> Timing:
    """Time the submission against the reference; each pair opens both anew. `base` has check and bands.

    Raises:
        SandboxFault: the reference's jail failed.
        CourseError: the reference's answer is not finite.
    """
    rules, bands, device = match.rules, base.bands, match.device
    end = now() + clocking.budget_seconds
    score, links = _Score(), 0
    strangers = bool(device.processes())
    while True:
        with reference() as ours:
            heat = not score.all and device.kind == "cuda"
            links = warmed(ours, match, links, heat=heat, now=now)
            bout = fight(ours, student(), match, links, number=len(score.all))
        score.all.append(bout)
        score.crowded = score.crowded or strangers or bout.crowded
        if bout.ended is not None:
            return _summed(_ended(base, bout.ended), score)
        _count(score, bout, match)
        if score.interfered >= rules.interfered:
            reason = "The reference ran slower beside this submission than before and after it."
            return _summed(replace(base, verdict=Verdict.INTERFERENCE, reason=reason), score)
        if score.bouts:
            pairs = [one.times for one in score.bouts]
            score.measure, score.low, score.high = statistics.interval(pairs)
        over = len(score.all) == rules.most or now() > end
        verdict = _verdict(score, bands, rules.fewest, over=over)
        if verdict is not None:
            reason = _shared(score, device, clocking)
            if reason and score.bouts:
                verdict = Verdict.INDICATIVE
            return _summed(replace(base, verdict=verdict, reason=reason), score, match)


def _count(score: _Score, bout: Bout, match: Match) -> None:
    """Put a pair to those that count, or drop it."""
    unsteady = bout.unsteady(match.rules.drift)
    if bout.interfered(match.rules.slower):
        score.interfered += 1
        score.dropped.append("the reference was slower beside the submission than before and after it")
    elif unsteady:
        score.dropped.append(unsteady)
    else:
        score.bouts.append(bout)


def _verdict(score: _Score, bands: Sequence[Band], fewest: int, *, over: bool) -> Verdict | None:
    """How it stands after another pair; None: not decided yet."""
    if not score.bouts:
        return Verdict.PENDING_NOISY if over else None
    _, decided = banding.decide(bands, score.low, score.high)
    if any(bout.hopeless for bout in score.bouts) or score.measure > banding.hopeless(bands):
        return Verdict.DECIDED
    if decided and (over or len(score.bouts) >= fewest):
        return Verdict.DECIDED
    return Verdict.INCONCLUSIVE if over else None


def _shared(score: _Score, device: Device, clocking: Clocking) -> str:
    """Why a measurement shows something but counts for nothing; empty where it counts."""
    if device.shared:
        return device.shared
    if score.crowded:
        return "Another process computed on the GPU meanwhile."
    if clocking.device not in ("any", device.hardware):
        return f"The bands are meant for {clocking.device}; this is {device.hardware}."
    return ""


def _ended(base: Timing, lost: Lost) -> Timing:
    return replace(base, verdict=lost.verdict, reason=lost.reason)


def _summed(timing: Timing, score: _Score, match: Match | None = None) -> Timing:
    """The record, with all that was measured."""
    timing = replace(
        timing,
        pairs=len(score.bouts),
        dropped=len(score.dropped),
        compile_seconds=max((bout.compile_seconds for bout in score.all), default=0.0),
        flags=(*timing.flags, *_flags(timing, score, match)),
    )
    times = [one for bout in score.bouts for one in bout.times]
    if not times or timing.verdict not in MEASURED:
        return timing
    student, reference = np.median(times, axis=0)
    host = {
        "drawing_share": round(float(np.median([bout.drawing for bout in score.bouts])), 4),
        "device_mb": round(max(bout.megabytes for bout in score.bouts), 1),
    }
    return replace(
        timing,
        measure=score.measure,
        low=score.low,
        high=score.high,
        reference_seconds=float(reference),
        student_seconds=float(student),
        host=host,
    )


def _flags(timing: Timing, score: _Score, match: Match | None) -> list[str]:
    """What a person should know of it."""
    flags = []
    if timing.verdict == Verdict.INCONCLUSIVE:
        edge = banding.edge(timing.bands, score.low, score.high)
        flags.append(
            f"undecided: the interval [{score.low:.2f}, {score.high:.2f}] lies across the edge {edge:g}; "
            "the better band counts"
        )
    if score.interfered:
        flags.append(
            "the reference ran slower beside the submission than before and after it, in "
            f"{score.interfered} of {len(score.all)} pairs, which do not count: look for work that goes on "
            "after an answer"
        )
    if match and score.bouts and score.measure < match.rules.too_fast:
        flags.append(
            f"it is {1 / score.measure:.1f} times as fast as the reference: look at how, before it counts"
        )
    return flags
