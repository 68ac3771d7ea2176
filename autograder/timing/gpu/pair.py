"""One pair of fresh processes on a device: the reference alone, both in turns, the reference alone again.

A kernel that was started goes on when its process is frozen, so the submission could slow the reference
down in its turns. What it cannot do is to slow it down before it exists and after it is dead: the reference
is bracketed by windows of its own, and was held back where it is slower in between than in both.
"""

from __future__ import annotations

import secrets
import statistics
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from autograder.model import Gates

from . import checked
from .device import Device, State
from .rules import Rules
from .side import Lost, Side, Window

PROCESSES = 2  # of ours on the device: the reference's and the submission's


@dataclass(slots=True)
class Bout:
    """What one pair came to. Seconds are those of one call."""

    times: list[tuple[float, float]] = field(default_factory=list)  # (student, reference)
    alone: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))  # before, after
    states: tuple[list[State], list[State]] = field(
        default_factory=lambda: ([], [])
    )  # student's, reference's
    compile_seconds: float = 0.0
    drawing: float = 0.0  # the share of a window of the reference that is not its work
    megabytes: float = 0.0  # what the submission held on the device
    crowded: bool = False  # somebody else computed on the device
    hopeless: bool = False  # so slow that one time is enough
    ended: Lost | None = None

    def interfered(self, slower: float) -> bool:
        """Whether the reference was slower beside the submission than before and after it."""
        beside = [reference for _, reference in self.times]
        before, after = self.alone
        if self.hopeless or not beside or not before or not after:
            return False  # a hopeless pair has a single call, which no bracket is like
        return statistics.median(beside) > slower * max(statistics.median(before), statistics.median(after))

    def unsteady(self, drift: float) -> str:
        """Why the two sides did not have the same device; empty where they had."""
        for states in self.states:
            for state in states:
                if state.throttled:
                    return state.throttled[0]
        theirs, ours = (
            statistics.median([one.clock_mhz for one in states] or [0.0]) for states in self.states
        )
        if min(theirs, ours) > 0 and max(theirs, ours) > (1 + drift) * min(theirs, ours):
            return f"its clock changed between {ours:.0f} and {theirs:.0f} MHz"
        return ""


@dataclass(frozen=True, slots=True)
class Match:
    """What all pairs of a check have in common."""

    device: Device
    rules: Rules
    tolerance: Gates | None
    hopeless: float  # the multiple of the reference's time beyond which nobody needs to look twice
    chance: Callable[[], bool]  # whether an output is looked at in full; asked after the answer


def warmed(ours: Side, match: Match, links: int, *, heat: bool, now: Callable[[], float]) -> int:
    """Warm the reference up, on a cold device for a second; how many links make a window long enough.

    Raises:
        SandboxFault: the reference's jail failed.
    """
    rules = match.rules
    _window(ours, 1, rules.reference_seconds)
    end = now() + (rules.heat_seconds if heat else 0.0)
    while now() < end:
        ours.heat(rules.reference_seconds)
    if links:
        return links
    one = _window(ours, 1, rules.reference_seconds).seconds
    return int(min(max(-(-rules.window_seconds // max(one, 1e-6)), 1), rules.most_links))


def fight(ours: Side, theirs: AbstractContextManager[Side], match: Match, links: int, *, number: int) -> Bout:
    """One pair. `theirs` is entered after the first bracket, and left before the second.

    Raises:
        SandboxFault: the reference's jail failed.
        CourseError: the reference's answer is not finite.
    """
    bout = Bout()
    others = set(match.device.processes())
    before = _bracket(ours, match, links)
    bout.drawing = _drawing(ours, match, links, statistics.median(before))
    try:
        with theirs as student:
            _turns(ours, student, match, links, bout, number)
            held = match.device.processes()
            fresh = [used for pid, used in held.items() if pid not in others]
            bout.megabytes = max(fresh, default=0) / 1e6
            bout.crowded = len(held) > PROCESSES
    except Lost as lost:
        bout.ended = lost
        return bout
    bout.alone = (before, _bracket(ours, match, links))
    return bout


def _turns(ours: Side, theirs: Side, match: Match, links: int, bout: Bout, number: int) -> None:
    """The warm-up, which is checked like all the rest, and the repeats.

    Raises:
        Lost: the submission was wrong, late or gone.
    """
    rules = match.rules
    one = _window(ours, 1, rules.reference_seconds).seconds
    first = _window(theirs, 1, rules.compile_seconds)
    bout.compile_seconds = first.seconds
    _check(first, ours, theirs, match)
    second = _window(theirs, 1, max(rules.quickest, 2 * match.hopeless * one))
    _check(second, ours, theirs, match)
    if second.seconds > max(rules.quickest / 2, match.hopeless * one):
        bout.times.append((second.seconds, one))
        bout.hopeless = True
        return
    known = links * one
    for repeat in range(1 + rules.repeats):
        patience = max(rules.quickest, match.hopeless * known)
        turns = [0, 1] if (number + repeat) % 2 else [1, 0]
        seed = secrets.randbits(63)
        windows: dict[int, Window] = {}
        for turn in turns:
            limit = patience if turn else rules.reference_seconds
            windows[turn] = (theirs if turn else ours).window(seed, links, limit)
            if repeat:
                bout.states[1 - turn].append(match.device.state())
        known = windows[0].seconds
        _check(windows[1], ours, theirs, match)
        if repeat:
            bout.times.append((windows[1].seconds / links, windows[0].seconds / links))


def _check(window: Window, ours: Side, theirs: Side, match: Match) -> None:
    checked.check(
        window,
        ours,
        theirs,
        full=match.chance(),
        tolerance=match.tolerance,
        seconds=match.rules.reference_seconds,
    )


def _bracket(ours: Side, match: Match, links: int) -> list[float]:
    windows = [_window(ours, links, match.rules.reference_seconds) for _ in range(match.rules.brackets)]
    return [window.seconds / links for window in windows]


def _drawing(ours: Side, match: Match, links: int, one: float) -> float:
    window = ours.window(secrets.randbits(63), links, match.rules.reference_seconds, idle=True)
    return min(window.seconds / links / max(one, 1e-9), 1.0)


def _window(side: Side, links: int, seconds: float) -> Window:
    return side.window(secrets.randbits(63), links, seconds)
