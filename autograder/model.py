"""Every type of the project, in the words of the design. Imports numpy and the standard library only.

A type says whose fault an outcome is: what is the student's is a `Status` that may cost points, what is
ours is `Status.UNGRADED` or the exception `SandboxFault`, and never costs any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

REPORT_VERSION = 1


class CourseError(Exception):
    """Something an instructor wrote needs mending; the message names file, line or field, and the mend."""


class SubmissionError(Exception):
    """A submission that cannot be read at all; the message says why and what to hand in instead."""


class IsolationError(Exception):
    """This machine cannot give the isolation that was asked for; the message says what to do."""


class SandboxFault(Exception):  # noqa: N818 - the project's word for "ours": never a Reply, never costs a point
    """The jail itself failed. Nothing was learned about the student's code: grade again."""


# ---- what an instructor writes --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison:
    """How near an answer has to be, and which freedom the mathematics leaves.

    `axis` is the axis along which one vector lies, for `up_to_sign`. `fields` overrides the comparison of
    single entries where the answer is a dict.
    """

    kind: Literal["close", "exact", "up_to_sign", "same_span", "property_holds"] = "close"
    rtol: float = 1e-6
    atol: float = 1e-9
    axis: int = -1
    fields: Mapping[str, Comparison] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What student code may use. One deadline for importing, one for each check, one for everything."""

    import_seconds: float = 6.0
    check_seconds: float = 3.0
    total_seconds: float = 120.0
    memory_mb: int = 1024
    processes: int = 32
    open_files: int = 64
    file_mb: int = 16
    output_kb: int = 64
    reply_mb: int = 64


@dataclass(frozen=True, slots=True)
class Check:
    """One question to a graded function: inputs only, the reference answers it.

    `draw(rng)` gives the arguments: a tuple (positional), a dict (keywords), anything else is the only
    argument. For a scenario `draw(function, rng)` uses the function and returns what is compared.
    `forbids` names facts that fail the check although the value is right: "warnings", "mutation".
    """

    function: str
    name: str
    says: str
    draw: Callable[..., Any]
    scenario: bool = False
    compare: Comparison = Comparison()
    draws: int = 3
    after: tuple[str, ...] = ()
    forbids: frozenset[str] = frozenset()
    limits: Limits | None = None

    @property
    def id(self) -> str:
        """`function.name`, as a rubric writes it."""
        return f"{self.function}.{self.name}"


@dataclass(frozen=True, slots=True)
class Timed:
    """A question scored by its speed; `twin` is the id of the check that proves it right first."""

    function: str
    name: str
    says: str
    draw: Callable[..., Any]
    twin: str
    compare: Comparison = Comparison()

    @property
    def id(self) -> str:
        """`function.name`, as a rubric writes it."""
        return f"{self.function}.{self.name}"


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong function with a docstring: diagnosis, explanation, and proof that the checks have teeth.

    `same_as` names a misconception of the same function that no input can tell from this one.
    """

    function: str
    name: str
    says: str
    wrong: Callable[..., Any]
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A right answer by another road; it must get full marks."""

    function: str
    name: str
    says: str
    right: Callable[..., Any]


class Shown(StrEnum):
    """When a student sees more of a criterion than pass or fail."""

    ALWAYS = "always"
    AFTER_DUE = "after_due"
    AFTER_RELEASE = "after_release"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: what it asks, which checks earn its points, or that a human marks it."""

    id: str
    asks: str
    checks: Mapping[str, Fraction] = field(default_factory=dict)  # check id -> points, in rubric order
    rule: Literal["share", "all", "worst"] = "share"
    by: Literal["machine", "hand"] = "machine"
    points: Fraction = Fraction(0)  # of a hand-marked criterion; of the others, the sum of its checks
    shown: Shown = Shown.AFTER_RELEASE
    levels: Mapping[str, str] = field(default_factory=dict)  # what a level of mastery looks like, in words
    guidance: str = ""  # for the human who marks; never shown to students
    bands: tuple[tuple[float, float], ...] = ()  # timed: (times the reference's time, share of the points)

    @property
    def possible(self) -> Fraction:
        """The points this criterion is worth."""
        return self.points if self.by == "hand" else sum(self.checks.values(), Fraction(0))


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of one assignment, in the order they are reported."""

    assignment: str
    title: str
    criteria: tuple[Criterion, ...]
    needs: tuple[str, ...] = ("numpy",)
    limits: Limits = Limits()

    @property
    def possible(self) -> Fraction:
        """The points of the whole assignment."""
        return sum((criterion.possible for criterion in self.criteria), Fraction(0))


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything the trusted side knows of one assignment. Never enters a jail."""

    name: str
    title: str
    functions: Mapping[str, Callable[..., Any]]  # name -> reference, in the order of reference.py
    checks: tuple[Check, ...]
    timed: tuple[Timed, ...]
    alternatives: tuple[Alternative, ...]
    misconceptions: tuple[Misconception, ...]
    rubric: Rubric
    needs: tuple[str, ...] = ("numpy",)
    digest: str = ""  # of reference, checks, misconceptions and rubric


@dataclass(frozen=True, slots=True)
class Dates:
    """When an assignment is due and when its results are released; None: never set."""

    due: datetime | None = None  # with time zone
    release: datetime | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """The late rule: `per_day` of the earned points for each day begun after the grace, up to `at_most`."""

    per_day: Fraction = Fraction(0)
    at_most: Fraction = Fraction(1)
    grace_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """What rubrics/course.yaml says: order, dates, late rule, limits, isolation, release policy."""

    title: str
    root: Path  # the folder that holds assignments/, solutions/ and rubrics/
    order: tuple[str, ...]  # names of the assignments
    dates: Mapping[str, Dates] = field(default_factory=dict)
    late: Late = Late()
    limits: Limits = Limits()
    isolation: str = "namespaces"  # the weakest level this course is graded at
    shown: Shown = Shown.AFTER_RELEASE  # of criteria that do not say it themselves


# ---- what a student hands in ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's source for one assignment, as it will be compiled. Reading it ran nothing.

    `line_names[i]` names line i + 1 of `source` in the student's own terms where these differ from
    "line i + 1 of the file": "cell 4, line 2" for a notebook. Empty for a plain file.
    """

    student: str
    assignment: str  # "" while unknown
    source: str
    path: str  # as the student named it, for messages: never opened again
    digest: str  # "sha256:…" of the bytes handed in
    received: str = ""  # ISO 8601 with offset; "" where unknown
    notes: tuple[str, ...] = ()  # what intake dropped, guessed or mended, in sentences to the student
    line_names: tuple[str, ...] = ()
    unreadable: str = ""  # why nothing could be read; the report says so and a person decides


@dataclass(frozen=True, slots=True)
class Objection:
    """What the screen found before anything ran. `fatal` stops the grading of the whole file."""

    says: str  # a sentence to the student, with what to do
    line: int | None = None  # of Submission.source, 1-based
    function: str | None = None  # the graded function it concerns; None: the whole file
    fatal: bool = False


# ---- what comes back from the jail ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """What the shim observed beside the answer; claims, like everything from the jail."""

    warnings: tuple[str, ...] = ()  # "RuntimeWarning: overflow encountered in exp", each once, at most 8
    mutated: tuple[str, ...] = ()  # names or positions of arguments that were changed in place


@dataclass(frozen=True, slots=True)
class Answer:
    """The function returned. `value` was rebuilt from plain bytes."""

    value: Any
    seconds: float = 0.0
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Raised:
    """The function (or the file, while being imported) raised. `line` is of Submission.source."""

    kind: str  # "ValueError"
    message: str
    line: int | None = None
    kinds: tuple[str, ...] = ()  # names of the exception's classes, itself first, for `except` semantics
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Overran:
    """A limit was passed: "seconds", "memory", "output", "reply", "files"."""

    limit: str
    allowed: float


@dataclass(frozen=True, slots=True)
class Died:
    """The process ended without answering: a signal, `os._exit`, or words that were not an answer."""

    signal: int  # 0 where it left by itself
    why: str = ""


Reply = Answer | Raised | Overran | Died


# ---- what we say of it ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which an answer is not the wanted one: where, got and wanted, by how much, how many.

    `kind` is one of type, count, shape, dtype, nan, value, raise (an exception where a value was wanted,
    or the reverse), warning, mutation. `pattern` is a sentence for a recognised shape of error
    ("transposed", "wrong sign"), safe to show when values are hidden. `heat` is the error over the
    allowance, on at most 24 x 24 cells, each a level 0 (right) to 9, for arrays of one or two axes.
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
