"""What we say of a submission; points are computed from it, never written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from .course import Criterion
from .submission import Objection
from .timing import Timing

REPORT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which an answer is not the wanted one: where, got and wanted, by how much, how many.

    `kind` is one of type, count, shape, dtype, nan, value, raise (an exception where a value was wanted,
    or the reverse), warning, mutation. `pattern` is a sentence for a recognised shape of error
    ("transposed", "wrong sign"), safe to show when values are hidden. `heat` is the error over the
    allowance, on at most 24 x 24 cells, each a level 0 (right) to 9; of an array of more than two axes it
    shows the slice with the largest, which `heat_of` names: "result[2, :, :]".
    """

    kind: str
    where: str = "result"
    got: float | str | None = None
    want: float | str | None = None
    error: float | None = None
    allowed: float | None = None
    wrong: int = 1
    total: int = 1
    pattern: str = ""
    heat: tuple[tuple[int, ...], ...] = ()
    draw: int = 0
    heat_of: str = ""


@dataclass(frozen=True, slots=True)
class Crash:
    """A crash told kindly. `advice` is ours and safe to show; `message` is the student's text."""

    kind: str  # "raised", "overran", "died"
    name: str  # "ZeroDivisionError", "seconds", "SIGSEGV"
    message: str = ""
    line: int | None = None  # of Submission.source
    code: str = ""  # the student's own line
    advice: str = ""


class Status(StrEnum):
    """What became of a check."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    CRASHED = "CRASHED"  # raised, overran, died
    SKIPPED = "SKIPPED"  # a check that must pass first did not
    PENDING = "PENDING"  # no GPU here, or a hand mark is missing: nothing lost
    UNGRADED = "UNGRADED"  # our fault: nothing lost, run again


OURS = frozenset({Status.PENDING, Status.UNGRADED})


@dataclass(frozen=True, slots=True)
class Named:
    """A misconception as a report names it."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A learning curve: one number an epoch, beside the lowest and highest that the reference had."""

    name: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check, judged."""

    check: str
    says: str
    status: Status
    share: Fraction = Fraction(0)  # of the check's points: 0 or 1; timed checks in between
    mismatch: Mismatch | None = None
    crash: Crash | None = None
    misconception: Named | None = None
    note: str = ""  # a sentence to the student: why it was skipped; "with ours in place of your …"
    inputs: tuple[tuple[str, str], ...] = ()  # (argument, its value, shortened) of the draw that failed
    warnings: tuple[str, ...] = ()
    printed: str = ""
    seconds: float = 0.0
    staff_note: str = ""
    timing: Timing | None = None
    curve: Curve | None = None
    review: tuple[str, ...] = ()  # what a person should look at before the points count, with the evidence


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion with the outcomes of its checks; points are computed, never written down."""

    criterion: Criterion
    outcomes: tuple[Outcome, ...] = ()
    hand: Fraction | None = None  # what a human gave
    hidden: bool = False  # the release policy left details out: a student's edition only

    def worth(self, outcome: Outcome) -> Fraction:
        """The points that hang on one outcome."""
        return self.criterion.checks.get(outcome.check, Fraction(0))

    @property
    def possible(self) -> Fraction:
        """The points of the criterion, pending ones included."""
        return self.criterion.possible

    @property
    def pending(self) -> Fraction:
        """Points that nobody could judge yet: not earned, not lost."""
        if self.criterion.by == "hand":
            return self.possible if self.hand is None else Fraction(0)
        if self.criterion.rule != "share" and any(o.status in OURS for o in self.outcomes):
            return self.possible
        return sum((self.worth(o) for o in self.outcomes if o.status in OURS), Fraction(0))

    @property
    def earned(self) -> Fraction:
        """The points earned: by share, all or nothing, or by the worst outcome."""
        if self.criterion.by == "hand":
            return Fraction(0) if self.hand is None else self.hand
        if not self.outcomes or (self.criterion.rule != "share" and self.pending):
            return Fraction(0)
        if self.criterion.rule == "share":
            return sum((self.worth(o) * o.share for o in self.outcomes), Fraction(0))
        worst = min(o.share for o in self.outcomes)
        if self.criterion.rule == "all":
            return self.possible if worst == 1 else Fraction(0)
        return self.possible * worst


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to say about one submission; every format is a pure function of it."""

    assignment: str
    title: str
    student: str
    digest: str
    marks: tuple[Mark, ...]
    seed: str = ""  # hexadecimal; empty in a student's edition
    isolation: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    made: str = ""  # ISO 8601, UTC
    received: str = ""
    path: str = ""
    source: str = ""
    line_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    late_share: Fraction = Fraction(0)  # of the earned points, taken off by the late rule
    edition: Literal["staff", "student"] = "staff"
    version: int = REPORT_VERSION

    @property
    def earned(self) -> Fraction:
        """Points earned after the late rule."""
        return sum((mark.earned for mark in self.marks), Fraction(0)) * (1 - self.late_share)

    @property
    def possible(self) -> Fraction:
        """Points of the whole assignment, pending ones included."""
        return sum((mark.possible for mark in self.marks), Fraction(0))

    @property
    def pending(self) -> Fraction:
        """Points nobody could judge yet."""
        return sum((mark.pending for mark in self.marks), Fraction(0))

    @property
    def complete(self) -> bool:
        """Whether every point has been judged."""
        return self.pending == 0

    def without_source(self) -> Report:
        """The same report without the student's code."""
        return replace(self, source="", line_names=())


def line_name(line: int, names: Sequence[str]) -> str:
    """How a student calls line `line` (1-based) of the source: "line 12", or "cell 4, line 2"."""
    return names[line - 1] if 0 < line <= len(names) else f"line {line}"


def points(value: Fraction) -> str:
    """Points as people write them: at most two decimals, none where they are whole.

    >>> points(Fraction(7, 2)), points(Fraction(8)), points(Fraction(1, 3))
    ('3.5', '8', '0.33')
    """
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
