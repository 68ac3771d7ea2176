"""Timed checks as far as they can be proved without a clock; the clock itself is proved by `calibrate`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from autograder.answerkey import TRUSTED
from autograder.jail.wire import WireError
from autograder.model import Assignment, CourseError, Criterion, Timed
from autograder.timing import calibration, gates, machine
from autograder.timing.question import Call, Question, drawn, outputs, question

from .model import Finding, place


def clocks(assignment: Assignment, root: Path) -> Iterator[Finding]:
    """What is drawn can be asked and differs, the reference answers it twice alike, its models are sound."""
    for timed, criterion in calibration.checks(assignment):
        where = place(timed.draw, root)
        try:
            yield from _asked(timed, criterion, assignment, where)
        except (CourseError, WireError) as error:
            yield Finding(where, str(error), "mend the timed check")
        known = calibration.kept(timed.id, assignment.digest, machine.processor())
        if known and not known.sound:
            outside = ", ".join(one.model for one in known.measured if not one.sound)
            yield Finding(
                where,
                f"calibrated on this machine, {outside} fell outside the band of {timed.id}",
                "move the bands into the gaps between kinds of solution, and calibrate again",
            )


def thin(assignment: Assignment, root: Path) -> Iterator[Finding]:
    """Timed checks whose bands no model solutions vouch for."""
    for timed, criterion in calibration.checks(assignment):
        shares = {1.0, *criterion.clocking.models.values()}
        if len(shares) < 2:  # noqa: PLR2004 - a fast kind and a slow one
            yield Finding(
                place(timed.draw, root),
                f"no slower model solution shows that the bands of {timed.id} tell kinds of solution apart",
                "name an alternative under timing.models in the rubric, with the share it should get",
            )


def _asked(timed: Timed, criterion: Criterion, assignment: Assignment, where: str) -> Iterator[Finding]:
    sizes = dict(criterion.clocking.sizes)
    first, other = (question(timed, drawn(timed, np.random.default_rng(seed), sizes)) for seed in (0, 1))
    if not first.arrays:
        yield Finding(where, f"{timed.id} draws no array, so there is nothing new to compute", "draw arrays")
    elif _same(first, other):
        yield Finding(where, f"{timed.id} draws the same arrays twice", "draw them with rng")
    reference = assignment.functions[timed.function]
    with TRUSTED, np.errstate(all="ignore"):
        once, again = (outputs(_answer(reference, first.call), timed.takes) for _ in range(2))
    for one, two in zip(once, again, strict=True):
        wrong = gates.judge(one, two, criterion.clocking.tolerance)
        if wrong or not np.array_equal(one, two, equal_nan=True):
            yield Finding(where, f"the reference does not answer {timed.id} twice alike", "mend it", wrong)


def _answer(function: object, call: Call) -> object:
    assert callable(function)
    return function(**call) if isinstance(call, dict) else function(*call)


def _same(first: Question, other: Question) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(first.arrays, other.arrays, strict=True))
