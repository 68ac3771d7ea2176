"""Calibration: the model solutions of a course, timed on this machine, each of which must fall in its band.

Bands are multiples of the reference's time and so move little from machine to machine; whether they hold on
this one is found out, not hoped for. What was measured is kept, for the landmarks in reports; where a model
solution fell outside its band, nothing is graded by that clock until the rubric or the machine is mended.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model import Assignment, Criterion, Submission, Timed, Timing, Verdict

from . import bands, machine, models
from .check import time_check

if TYPE_CHECKING:
    from autograder.session import Bench

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Measured:
    """One model solution on this machine."""

    model: str
    expected: float  # share of the points
    got: float
    verdict: str
    measure: float
    low: float
    high: float
    reference_seconds: float = 0.0
    reason: str = ""

    @property
    def sound(self) -> bool:
        """Whether it fell where the rubric says."""
        return self.verdict == Verdict.DECIDED and self.got == self.expected


@dataclass(frozen=True, slots=True)
class Calibration:
    """All model solutions of one timed check on one machine."""

    check: str
    course: str  # digest
    hardware: str
    measured: tuple[Measured, ...]

    @property
    def sound(self) -> bool:
        """Whether every model solution fell where the rubric says."""
        return all(one.sound for one in self.measured)

    @property
    def landmarks(self) -> tuple[tuple[str, float], ...]:
        """The measures, for a picture."""
        return tuple((one.model, one.measure) for one in self.measured if one.measure > 0)


def checks(assignment: Assignment) -> Iterator[tuple[Timed, Criterion]]:
    """The timed checks of an assignment with their criteria."""
    for criterion in assignment.rubric.criteria:
        for timed in assignment.timed:
            if timed.id in criterion.checks:
                yield timed, criterion


def hardware(criterion: Criterion, bench: Bench) -> str:
    """What a criterion is clocked on here, as its records name it."""
    on_device = criterion.clocking.clock == "gpu" and bench.device is not None
    return str(bench.device.hardware) if on_device else machine.processor()


def measure(timed: Timed, criterion: Criterion, assignment: Assignment, bench: Bench) -> Iterator[Measured]:
    """Time the reference against itself, and every model solution of the rubric.

    Raises:
        CourseError: the check cannot draw, or a model has no file.
        SandboxFault: this machine failed.
    """
    alternatives = {one.name: one for one in assignment.alternatives if one.function == timed.function}
    expected = {REFERENCE: criterion.bands[0][1], **criterion.clocking.models}
    for name, share in expected.items():
        if name == REFERENCE:
            source = models.reference_code(timed, assignment).source
        else:
            source = models.code(alternatives[name], assignment).source
        digest = f"sha256:{hashlib.sha256(source.encode()).hexdigest()}"
        submission = Submission(name, assignment.name, source, f"{name}.py", digest)
        timing = time_check(timed, criterion, submission, assignment, bench)
        yield _measured(name, share, timing, criterion)


def _measured(name: str, share: float, timing: Timing, criterion: Criterion) -> Measured:
    got = bands.decide(criterion.bands, timing.low, timing.high)[0] if timing.measure else 0.0
    verdict = timing.verdict
    if verdict == Verdict.TIMEOUT and share == 0:  # slower than anybody waits for is what was expected
        verdict = Verdict.DECIDED
    return Measured(
        name,
        share,
        got,
        verdict,
        timing.measure,
        timing.low,
        timing.high,
        timing.reference_seconds,
        timing.reason,
    )


def keep(calibration: Calibration) -> Path:
    """Write down what was measured; where.

    Raises:
        OSError: it cannot be written.
    """
    path = _path(calibration.check, calibration.course, calibration.hardware)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(calibration), indent=1) + "\n"
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return path


def kept(check: str, course: str, hardware: str) -> Calibration | None:
    """What was measured on this machine for this very course; None: nothing."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found: Mapping[str, object] = json.loads(_path(check, course, hardware).read_text(encoding="utf-8"))
        rows = found["measured"]
        if isinstance(rows, list):
            return Calibration(check, course, hardware, tuple(Measured(**row) for row in rows))
    return None


def _path(check: str, course: str, hardware: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    words = f"{check}\0{course}\0{hardware}"
    return Path(base) / "nn-autograder" / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.json"
