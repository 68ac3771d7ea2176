"""A class counted: how points are spread, which checks pass, what is misunderstood, what was not graded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from autograder.model import OURS, Crash, Report, Status

from . import clean, words

BINS = 10  # of a distribution, from nothing to everything


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those judged passed a check with all its points."""

    check: str
    says: str
    passed: int
    judged: int

    @property
    def by_all(self) -> bool:
        """Whether there is nothing to look at: all who were judged passed."""
        return self.passed == self.judged > 0


@dataclass(frozen=True, slots=True)
class Believed:
    """A misconception, and how many of the students of an assignment hold it."""

    name: str
    says: str
    students: int
    of: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How one assignment went: students by tenths of the points, and check by check."""

    assignment: str
    title: str
    bins: tuple[int, ...]  # students who earned 0 to 10 %, 10 to 20 %, … of the points judged so far
    middle: Fraction | None  # the median share of them; None where nothing was judged yet
    rates: tuple[Rate, ...]
    believed: tuple[Believed, ...]  # most frequent first


@dataclass(frozen=True, slots=True)
class Crashes:
    """One kind of crash: how many students met it, in how many checks."""

    kind: str
    students: int
    checks: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was not graded, and whose: "ada (optimizers)"."""

    says: str
    whose: tuple[str, ...]


def spreads(reports: Sequence[Report]) -> tuple[Spread, ...]:
    """Each assignment of the class, in order of first appearance."""
    names = dict.fromkeys(report.assignment for report in reports)
    return tuple(_spread(name, [report for report in reports if report.assignment == name]) for name in names)


def crashes(reports: Sequence[Report]) -> tuple[Crashes, ...]:
    """The kinds of crash, that of most students first."""
    met: dict[str, list[str]] = {}
    for report in reports:
        for mark in report.marks:
            for outcome in mark.outcomes:
                if outcome.crash is not None:
                    met.setdefault(_kind(outcome.crash), []).append(report.student)
    counted = [Crashes(kind, len(set(students)), len(students)) for kind, students in met.items()]
    return tuple(sorted(counted, key=lambda one: (-one.students, -one.checks, one.kind)))


def unjudged(reports: Sequence[Report]) -> tuple[Reason, ...]:
    """Why points are not judged, the reason of most submissions first."""
    met: dict[str, list[str]] = {}
    for report in reports:
        whose = f"{clean.line(report.student, 60)} ({clean.line(report.assignment, 60)})"
        for reason in dict.fromkeys(_reasons(report)):
            met.setdefault(clean.line(reason, words.SENTENCE), []).append(whose)
    return tuple(
        Reason(reason, tuple(whose)) for reason, whose in sorted(met.items(), key=lambda one: -len(one[1]))
    )


def _reasons(report: Report) -> Iterator[str]:
    for objection in report.objections:
        if objection.fatal:
            yield objection.says
    for mark in report.marks:
        if mark.criterion.by == "hand" and mark.hand is None:
            yield f"`{mark.criterion.id}` waits for a person to mark it."
        for outcome in mark.outcomes:
            if outcome.review:
                yield f"`{outcome.check}` waits for a person: {' '.join(outcome.review)}"
            elif outcome.status in OURS:
                timed = words.clock(mark, outcome)
                yield outcome.staff_note or outcome.note or timed or "Not judged, and nothing says why."


def _spread(name: str, reports: Sequence[Report]) -> Spread:
    judged = [(report.earned, report.possible - report.pending) for report in reports]
    shares = [earned / possible for earned, possible in judged if possible]
    bins = [0] * BINS
    for share in shares:
        bins[max(0, min(BINS - 1, int(share * BINS)))] += 1
    middle = median(shares) if shares else None
    title = words.title(reports[0])
    return Spread(clean.line(name), title, tuple(bins), middle, _rates(reports), _believed(reports))


def _rates(reports: Sequence[Report]) -> tuple[Rate, ...]:
    rates: dict[str, Rate] = {}
    for report in reports:
        for mark in report.marks:
            for outcome in mark.outcomes:
                seen = rates.get(outcome.check) or Rate(
                    clean.line(outcome.check), clean.line(outcome.says), 0, 0
                )
                judged = outcome.status not in OURS
                passed = outcome.status is Status.PASSED and outcome.share == 1
                rates[outcome.check] = Rate(seen.check, seen.says, seen.passed + passed, seen.judged + judged)
    return tuple(rates.values())


def _believed(reports: Sequence[Report]) -> tuple[Believed, ...]:
    holders: dict[str, set[str]] = {}
    says: dict[str, str] = {}
    for report in reports:
        for mark in report.marks:
            for outcome in mark.outcomes:
                if outcome.misconception is not None:
                    holders.setdefault(outcome.misconception.name, set()).add(report.student)
                    says.setdefault(outcome.misconception.name, outcome.misconception.says)
    of = len({report.student for report in reports})
    counted = [
        Believed(clean.line(name), clean.line(says[name], words.SENTENCE), len(students), of)
        for name, students in holders.items()
    ]
    return tuple(sorted(counted, key=lambda one: (-one.students, one.name)))


def _kind(crash: Crash) -> str:
    name = clean.line(crash.name, 80)
    if crash.kind == "overran":
        return f"over the limit of {name}"
    if crash.kind == "died":
        return f"died ({name})" if name else "left without an answer"
    return name
