"""What the clock says: the words of timed checks. Nothing here is believed from inside a jail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Band = tuple[float, float]  # (up to this measure, this share of the points), cheapest measure first


class Verdict(StrEnum):
    """How the timing of one check ended."""

    DECIDED = "decided"  # the interval lies in one band
    INCONCLUSIVE = "inconclusive"  # it does not; the best band inside it counts, and a person is told
    PENDING_NO_GPU = "pending_no_gpu"
    PENDING_NOISY = "pending_noisy"  # this machine is too busy to say anything
    WRONG_OUTPUT = "wrong_output"  # an output that was timed is not the reference's
    PROTOCOL_ERROR = "protocol_error"  # it did not keep to the conversation
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    INTERFERENCE = "interference"  # the reference was slower beside it than before and after
    INDICATIVE = "indicative"  # measured on a device shared with others: shown, never counted


@dataclass(frozen=True, slots=True)
class Gates:
    """How near a timed output must be: `norm` bounds ‖y − r‖/‖r‖, `worst` bounds max|y − r|/rms(r)."""

    norm: float
    worst: float


@dataclass(frozen=True, slots=True)
class Clocking:
    """What a rubric says of the clock of a timed criterion.

    `clock` is "cpu" (processor time as a multiple of the reference's), "gpu" (wall time on a device, the
    same) or "growth" (the exponent with which processor time grows as the size `grows` doubles).
    """

    clock: str = "cpu"
    budget_seconds: float = 25.0
    sizes: Mapping[str, int] = field(default_factory=dict)  # keywords of the draw
    tolerance: Gates | None = None  # None: by the precision of the reference's output
    device: str = "any"  # hardware class that the bands are meant for
    grows: str = ""  # clock growth: the name in `sizes` that doubles
    models: Mapping[str, float] = field(default_factory=dict)  # alternative -> share it must be decided at


@dataclass(frozen=True, slots=True)
class Timing:
    """The record of one timed check on one machine.

    `measure`, `low` and `high` are the multiple of the reference's time (or the exponent) and its 95 %
    interval; 0 where nothing was measured. Times are in seconds. `models` are the measures that the
    model solutions had on this machine when it was calibrated: a picture's landmarks.
    """

    check: str
    verdict: Verdict
    clock: str  # "cgroup", "process", "growth", "cuda", "fake"
    measure: float = 0.0
    low: float = 0.0
    high: float = 0.0
    bands: tuple[Band, ...] = ()
    pairs: int = 0
    dropped: int = 0
    reference_seconds: float = 0.0
    student_seconds: float = 0.0
    crowding: float = 1.0  # wall over processor time of the reference: 1 on a quiet machine
    compile_seconds: float = 0.0
    hardware: str = ""  # class: processor or device model, its share where it is divided
    host: Mapping[str, float] = field(default_factory=dict)  # pressure, steal, threads
    models: tuple[tuple[str, float], ...] = ()
    flags: tuple[str, ...] = ()  # sentences for a person: what to look at, and why
    reason: str = ""  # one sentence to the student where no time counts
    submission: str = ""  # digest of what was measured
    rubric: str = ""  # digest of course and rubric
    grader: str = ""
    measured: str = ""  # ISO 8601, UTC
    seal: str = ""  # HMAC of all the rest under the grader's key; empty in a student's edition
