"""From a timing to an outcome: what counts, what waits, and what is whose fault."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.model import (
    Assignment,
    CourseError,
    Criterion,
    Outcome,
    SandboxFault,
    Status,
    Submission,
    Timed,
    Timing,
    Verdict,
    points,
)
from autograder.policy import cost

from . import bands, calibration, seals
from .calibration import Calibration
from .check import time_check

if TYPE_CHECKING:
    from autograder.session import Bench

NO_GPU = "GPU check not run: no GPU here. {points} points pending (not lost)."
NOT_HERE = "Not timed in this run. {points} points pending (not lost)."
OURS = "This could not be timed, for a reason that is ours; nothing is lost, and it will be run again."

COUNTS = frozenset({Verdict.DECIDED, Verdict.INCONCLUSIVE})
PENDING = frozenset({Verdict.PENDING_NOISY, Verdict.INTERFERENCE, Verdict.INDICATIVE})


def outcome(
    timed: Timed,
    criterion: Criterion,
    twin: Outcome | None,
    submission: Submission,
    assignment: Assignment,
    bench: Bench,
) -> Outcome:
    """Time one check and judge it; `twin` is what became of the check that proves the answer right."""
    if twin is None or twin.status != Status.PASSED:
        return _not_timed(timed, twin)
    worth = points(criterion.checks.get(timed.id, Fraction(0)))
    if not bench.timed:
        return Outcome(timed.id, timed.says, Status.PENDING, note=NOT_HERE.format(points=worth))
    try:
        key = seals.grader_key()
        timing = time_check(timed, criterion, submission, assignment, bench)
        known = calibration.kept(timed.id, assignment.digest, timing.hardware)
        if known and not known.sound:
            return _refused(timed, known)
        ruled = any(timed.function in rule.functions for rule in assignment.rubric.own_work)
        fast = cost.too_fast(timing) if ruled else ""
        flags = (*timing.flags, fast) if fast else timing.flags
        timing = replace(timing, models=known.landmarks if known else (), flags=flags)
        timing = seals.seal(timing, key)
    except (SandboxFault, CourseError, seals.KeyMissingError) as fault:
        return Outcome(timed.id, timed.says, Status.UNGRADED, note=OURS, staff_note=str(fault))
    except Exception as fault:  # noqa: BLE001 - a mistake of ours must not cost a class its grading
        note = f"{type(fault).__name__}: {fault}"
        return Outcome(timed.id, timed.says, Status.UNGRADED, note=OURS, staff_note=note)
    return judge(timed.id, timed.says, criterion, timing)


def _refused(timed: Timed, known: Calibration) -> Outcome:
    """A clock by which our own solutions fall outside their bands grades nobody."""
    outside = ", ".join(one.model for one in known.measured if not one.sound)
    note = f"calibration on {known.hardware} found outside its band: {outside}; see `autograder calibrate`"
    return Outcome(timed.id, timed.says, Status.UNGRADED, note=OURS, staff_note=note)


def judge(check: str, says: str, criterion: Criterion, timing: Timing) -> Outcome:
    """What a timing means for the points; what it says in words, the reports say."""
    base = Outcome(check, says, Status.FAILED, timing=timing, seconds=timing.student_seconds)
    if timing.verdict == Verdict.PENDING_NO_GPU:
        worth = points(criterion.checks.get(check, Fraction(0)))
        return replace(base, status=Status.PENDING, note=NO_GPU.format(points=worth))
    if timing.verdict in PENDING:
        return replace(base, status=Status.PENDING)
    if timing.verdict in COUNTS:
        share = Fraction(str(bands.decide(criterion.bands, timing.low, timing.high)[0]))
        return replace(base, status=Status.PASSED if share == 1 else Status.FAILED, share=share)
    return replace(base, status=Status.CRASHED) if timing.verdict == Verdict.CRASHED else base


def _not_timed(timed: Timed, twin: Outcome | None) -> Outcome:
    """An answer that is not right is not timed, and whose fault that is stays as it was."""
    if twin is not None and twin.status in (Status.UNGRADED, Status.PENDING):
        return Outcome(timed.id, timed.says, twin.status, note=twin.note, staff_note=f"needs {twin.check}")
    says = twin.says if twin else "the function answers rightly"
    return Outcome(timed.id, timed.says, Status.SKIPPED, note=f"timed once this holds: {says}")
