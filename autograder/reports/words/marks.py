"""What a report says of marks: statuses, points, how a criterion is marked, what is hidden and why."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from autograder.model import OURS, Criterion, Mark, Outcome, Report, Shown, Status, points
from autograder.reports import clean

WORD: Mapping[Status, str] = MappingProxyType(
    {
        Status.PASSED: "passed",
        Status.FAILED: "failed",
        Status.CRASHED: "crashed",
        Status.SKIPPED: "skipped",
        Status.PENDING: "pending",
        Status.UNGRADED: "not graded",
    }
)
SIGN: Mapping[Status, str] = MappingProxyType(
    {
        Status.PASSED: "✓",
        Status.FAILED: "✗",
        Status.CRASHED: "!",
        Status.SKIPPED: "–",
        Status.PENDING: "…",
        Status.UNGRADED: "?",
    }
)
_HIDDEN = {
    Shown.AFTER_DUE: "The details of this criterion are shown after the due date.",
    Shown.AFTER_RELEASE: "The details of this criterion are shown after the results are released.",
    Shown.NEVER: "The checks of this criterion stay hidden; the points are shown.",
}


def title(report: Report) -> str:
    """The heading: the title of the assignment, or its name."""
    return clean.line(report.title or report.assignment)


def score(earned: Fraction, possible: Fraction) -> str:
    """Points in words: "6 of 8 points"."""
    return f"{points(earned)} of {points(possible)} {'point' if possible == 1 else 'points'}"


def count(number: int, one: str, several: str = "") -> str:
    """A number with its noun: "1 check", "3 checks"."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def pending(report: Report) -> str:
    """What nobody could judge yet, in a sentence; "" where the report is complete."""
    if report.complete:
        return ""
    verb = "point is" if report.pending == 1 else "points are"
    return f"{points(report.pending)} {verb} pending: not earned yet, and not lost."


def late(report: Report) -> str:
    """What the late rule took off, in a sentence; "" where it took nothing."""
    if not report.late_share:
        return ""
    return f"Handed in late: {points(report.late_share * 100)} % of the earned points are taken off."


def state(report: Report) -> str:
    """One word or two for a table: complete, pending, not graded, nothing could be run."""
    statuses = {outcome.status for mark in report.marks for outcome in mark.outcomes}
    if any(objection.fatal for objection in report.objections):
        return "could not be run"
    if Status.UNGRADED in statuses:
        return "not graded in part" if statuses != {Status.UNGRADED} else "not graded"
    return "complete" if report.complete else f"{points(report.pending)} pending"


def earned(mark: Mark, outcome: Outcome) -> Fraction:
    """The points that came through one outcome: over a criterion they add up to what it earned."""
    if mark.criterion.rule == "share":
        return mark.worth(outcome) * outcome.share
    return mark.worth(outcome) * (mark.earned / mark.possible if mark.possible else Fraction(0))


def waiting(mark: Mark, outcome: Outcome) -> Fraction:
    """The points of one outcome that nobody could judge yet: over a criterion they add up to its pending."""
    if outcome.status in OURS or (mark.criterion.rule != "share" and mark.pending):
        return mark.worth(outcome)
    return Fraction(0)


def lost(mark: Mark, outcome: Outcome) -> bool:
    """Whether the student lost points here, or would have where the criterion is worth any."""
    if outcome.status in (Status.FAILED, Status.CRASHED):
        return True
    return outcome.status is Status.PASSED and outcome.share < 1 and mark.worth(outcome) > 0


def rule(criterion: Criterion) -> str:
    """How the checks earn the points, where it is not simply each its own; else ""."""
    return {
        "all": "All of these checks must pass to earn the points.",
        "worst": "The worst of these checks decides the points.",
    }.get(criterion.rule, "")


def bands(criterion: Criterion) -> str:
    """What speed earns, in a sentence; "" where speed is not marked."""
    if not criterion.bands:
        return ""
    if criterion.clocking.clock == "growth":
        steps = (f"{share * 100:g} % up to an exponent of {most:g}" for most, share in criterion.bands)
        return f"Measured by how the time grows with the size: {', '.join(steps)}."
    steps = (f"{share * 100:g} % up to {times:g} times" for times, share in criterion.bands)
    return f"Measured against our solution's time: {', '.join(steps)}."


def hand(mark: Mark) -> str:
    """What stands in place of checks where a person marks."""
    if mark.hand is None:
        return "Marked by a person, who has not done so yet."
    return "Marked by a person."


def about(mark: Mark) -> tuple[str, ...]:
    """Sentences on how a criterion is marked; some may be empty."""
    if mark.criterion.by == "hand":
        return (hand(mark),)
    if not mark.outcomes:
        return ("No check of this criterion was run.",)
    return rule(mark.criterion), bands(mark.criterion)


def hidden(mark: Mark) -> str:
    """What was left out of a student's edition, and until when; "" where nothing was."""
    return _HIDDEN.get(mark.criterion.shown, "") if mark.hidden else ""


def asks(mark: Mark, outcome: Outcome) -> str:
    """What a check asks; where a criterion asks several functions, with the name of this one in front."""
    functions = {one.check.partition(".")[0] for one in mark.outcomes}
    name = outcome.check.partition(".")[0]
    return f"`{name}`: {outcome.says}" if len(functions) > 1 and name.isidentifier() else outcome.says


def footer(report: Report) -> tuple[tuple[str, str], ...]:
    """What is needed to repeat the grading: (label, value), the seed only where the report holds it."""
    rows = (
        ("file", report.path),
        ("received", report.received),
        ("graded", report.made),
        ("submission", report.digest),
        ("isolation", report.isolation),
        *report.environment.items(),
        ("seed", report.seed),
    )
    return tuple((clean.line(label), clean.line(value)) for label, value in rows if value)
