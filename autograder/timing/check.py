"""One timed check of one submission: which clock, and the record of what it said."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from autograder import __version__
from autograder.model import Assignment, Criterion, Submission, Timed, Timing, Verdict

from . import contest, growth, models
from .contender import Code
from .contest import Matter, Ring

if TYPE_CHECKING:
    from autograder.session import Bench


def time_check(
    timed: Timed, criterion: Criterion, submission: Submission, assignment: Assignment, bench: Bench
) -> Timing:
    """Time one function of a submission as the rubric says.

    Raises:
        CourseError: the check cannot draw, or its reference has no file.
        SandboxFault: this machine, or our reference, failed.
    """
    clock = criterion.clocking.clock
    student = Code(submission.source, Path(submission.path).name or "submission.py")
    rng = np.random.default_rng(secrets.randbits(128))  # never the same inputs twice
    if clock == "gpu":
        timing = _on_a_device(timed, criterion, submission, assignment, bench)
    else:
        ring = ring_of(assignment, bench)
        matter = Matter(timed, assignment.functions[timed.function], models.reference_code(timed, assignment))
        compete = growth.hold if clock == "growth" else contest.hold
        timing = compete(matter, student, ring, criterion.clocking, criterion.bands, rng)
    return replace(
        timing,
        submission=submission.digest,
        rubric=assignment.digest,
        grader=__version__,
        measured=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def ring_of(assignment: Assignment, bench: Bench) -> Ring:
    """Where the contests of an assignment are held on a worker slot."""
    needs = assignment.rubric.needs
    return Ring(
        bench.template(needs, "reference"), bench.template(needs), bench.core, assignment.rubric.limits
    )


def _on_a_device(
    timed: Timed, criterion: Criterion, submission: Submission, assignment: Assignment, bench: Bench
) -> Timing:
    if bench.device is None:
        return Timing(timed.id, Verdict.PENDING_NO_GPU, "cuda", bands=criterion.bands)
    from . import gpu  # noqa: PLC0415 - only where there is a device

    return gpu.run(timed, criterion, submission, assignment, bench)
