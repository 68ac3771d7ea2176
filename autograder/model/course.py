"""What an instructor writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from .timing import Band, Clocking


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
    curve: str = ""  # the entry of the answer, a dict, that holds one number an epoch: a learning curve

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
    takes: int | None = None  # which entry of the answer is compared, where it also holds other things

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
    bands: tuple[Band, ...] = ()  # timed: (times the reference's time, share of the points)
    clocking: Clocking = field(default_factory=Clocking)  # timed: how it is measured

    @property
    def possible(self) -> Fraction:
        """The points this criterion is worth."""
        return self.points if self.by == "hand" else sum(self.checks.values(), Fraction(0))


@dataclass(frozen=True, slots=True)
class OwnWork:
    """Functions that a student writes without what a library has for it.

    `forbid` names groups of operations (`autograder.policy.groups`). A hit earns a look by a person.
    """

    functions: tuple[str, ...]
    forbid: tuple[str, ...]
    says: str  # the rule, as students read it


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of one assignment, in the order they are reported."""

    assignment: str
    title: str
    criteria: tuple[Criterion, ...]
    needs: tuple[str, ...] = ("numpy",)
    limits: Limits = Limits()
    own_work: tuple[OwnWork, ...] = ()

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
