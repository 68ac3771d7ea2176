"""What every report says, in one place: statuses, points, differences, crashes, what is hidden and why.

Everything that comes out of here is clean (see `clean`): a renderer only quotes it for its own format.
Sentences of ours may hold code between back-ticks; `clean.pieces` takes them apart.

A heat map shows, for each cell, the error as a multiple of what is allowed, as a level: 0 is right (at most
the allowance); 1 up to 10 times the allowance, 2 up to 100 times, and so on by powers of ten; 9 is more
than 10⁸ times, or not a number. A map has at most 24 × 24 cells; of a larger array a cell shows the worst
of the numbers it covers, and of more than two axes the map shows the slice that holds the worst number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from autograder.model import (
    Crash,
    Criterion,
    Mark,
    Mismatch,
    Outcome,
    Report,
    Shown,
    Status,
    line_name,
    points,
)

from . import clean

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
HEAT = (
    "Each cell is the error as a multiple of what is allowed: 0 is right, 1 up to 10 times too much, "
    "2 up to 100 times, and so on by powers of ten; 9 is more than 10⁸ times, or not a number."
)
NOT_RUN = "Not run, for the reason at the top of this report."
DIGITS = (6, 9, 12, 15, 17)  # 17 tell any two numbers apart
SENTENCE = 2000

_DIFFERENCES = {
    "type": "The type of the answer is not the expected one.",
    "count": "The number of results is not the expected one.",
    "shape": "The shape is not the expected one.",
    "dtype": "The type of the numbers (dtype) is not the expected one.",
    "nan": "A NaN or an infinity stands where it should not, or is missing where it should stand.",
    "value": "Values differ from the expected ones.",
    "raise": "An exception came where a value was expected.",
    "warning": "The value is right, but computing it gave a warning.",
    "mutation": "The value is right, but an argument was changed in place.",
}
_RAISED = {
    "a value": "A value came where an exception was expected.",
    "no answer": "No answer came where an exception was expected.",
    "NotImplementedError": "This is not written yet.",
}
_LIMITS = {
    "seconds": "It was not finished in the time allowed.",
    "memory": "It asked for more memory than allowed.",
    "output": "It printed more than allowed.",
    "reply": "It returned more than allowed.",
    "processes": "It started more processes than allowed.",
}
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


def duration(seconds: float) -> str:
    """A time as people say it: "0.4 ms", "2.1 s"; "" where none was taken."""
    if not 0 < seconds < math.inf:
        return ""
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def hidden(mark: Mark) -> str:
    """What was left out of a student's edition, and until when; "" where nothing was."""
    return _HIDDEN.get(mark.criterion.shown, "") if mark.hidden else ""


def looks_like(outcome: Outcome, told: Mapping[object, str] | None = None) -> tuple[str, str]:
    """Name and explanation of the misconception; two empty strings where none was named.

    With `told` (see `first_told`) an explanation stands once, and the later checks point to it.
    """
    if outcome.misconception is None:
        return "", ""
    name = clean.line(outcome.misconception.name).replace("_", " ")
    above = explained_above(outcome, told or {})
    if above:
        return name, f"Explained above, at {above}."
    return name, clean.line(outcome.misconception.says, SENTENCE)


def explained_above(outcome: Outcome, told: Mapping[object, str]) -> str:
    """The check at which the misconception of this one was explained; "" where it is told here, or none."""
    if outcome.misconception is None:
        return ""
    first = told.get(_function_and_name(outcome), outcome.check)
    return clean.line(first) if first != outcome.check else ""


def _function_and_name(outcome: Outcome) -> tuple[str, str]:
    return outcome.check.partition(".")[0], outcome.misconception.name if outcome.misconception else ""


def asks(mark: Mark, outcome: Outcome) -> str:
    """What a check asks; where a criterion asks several functions, with the name of this one in front."""
    functions = {one.check.partition(".")[0] for one in mark.outcomes}
    name = outcome.check.partition(".")[0]
    return f"`{name}`: {outcome.says}" if len(functions) > 1 and name.isidentifier() else outcome.says


def nothing_to_tell(mark: Mark) -> bool:
    """Whether all checks of a criterion passed, several of them, and there is no word to add to any."""
    return len(mark.outcomes) > 1 and all(
        one.status is Status.PASSED and one.share == 1 and not one.note and not one.staff_note
        for one in mark.outcomes
    )


def told_above(report: Report, outcome: Outcome, first: Mapping[object, str]) -> str:
    """A pointer to where the reason of a lost check stands in full; "" where it is told here.

    `first` is `first_told(report)`.
    """
    if outcome.status not in (Status.FAILED, Status.CRASHED) or outcome.staff_note:
        return ""
    if outcome.crash is not None and first[outcome.crash] != outcome.check:
        return f"The same crash as in {clean.line(first[outcome.crash])}."
    if outcome.note and any(objection.says == outcome.note for objection in report.objections):
        return note(report, outcome)
    return ""


def note(report: Report, outcome: Outcome) -> str:
    """The note of an outcome; where it only repeats what stops the whole file, a pointer to that."""
    if outcome.note and any(o.fatal and o.says == outcome.note for o in report.objections):
        return NOT_RUN
    said = clean.line(outcome.note, SENTENCE)
    return said[:1].upper() + said[1:]


def inputs(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """What the function was asked with; nothing where it is not written yet, whatever it is asked."""
    unwritten = outcome.crash is not None and outcome.crash.name == "NotImplementedError"
    return () if unwritten else outcome.inputs


def different(mismatch: Mismatch) -> str:
    """What kind of difference it is, in a sentence."""
    if mismatch.kind == "raise" and mismatch.want != "a value":
        return _RAISED.get(str(mismatch.got), "Another exception came than the expected one.")
    return _DIFFERENCES.get(mismatch.kind, f"The answer differs ({clean.line(mismatch.kind)}).")


def facts(mismatch: Mismatch) -> tuple[tuple[str, str], ...]:
    """Where, got and expected, off by how much, allowed, how many: (label, value) of those there are."""
    got, want = _pair(mismatch.got, mismatch.want)
    many = f"{mismatch.wrong} of {count(mismatch.total, 'value')}" if mismatch.total > 1 else ""
    rows = (
        ("where", clean.line(mismatch.where)),
        ("got", got),
        ("expected", want),
        ("off by", _size(mismatch.error)),
        ("allowed", _size(mismatch.allowed)),
        ("how many", many),
    )
    return tuple((label, value) for label, value in rows if value)


def happened(crash: Crash) -> str:
    """A crash in one sentence."""
    name, message = clean.line(crash.name), clean.line(crash.message, SENTENCE)
    if crash.kind == "overran":
        return _LIMITS.get(crash.name, f"It went over a limit ({name}).")
    if crash.kind == "died":
        how = f"It ended without an answer ({name})." if name else "It ended without an answer."
        return f"{how} {message}".strip()
    return f"{name}: {message}" if message else name


def place(line: int | None, report: Report) -> str:
    """A line as the student calls it, such as "cell 4, line 2"; "" where none is known."""
    return clean.line(line_name(line, report.line_names)) if line else ""


def first_told(report: Report) -> Mapping[object, str]:
    """For each crash, and each misconception of a function, the first check that had it.

    A file that does not load breaks every check alike, and one mistake shows in many: it is told once.
    """
    first: dict[object, str] = {}
    for mark in report.marks:
        for outcome in mark.outcomes:
            if outcome.crash is not None:
                first.setdefault(outcome.crash, outcome.check)
            if outcome.misconception is not None:
                first.setdefault(_function_and_name(outcome), outcome.check)
    return first


def heat_caption(mismatch: Mismatch) -> str:
    """The size of a heat map, and what a cell stands for."""
    rows, columns = len(mismatch.heat), len(mismatch.heat[0]) if mismatch.heat else 0
    each = "one number each" if exact_heat(mismatch) else "each the worst of the numbers it covers"
    cells = count(rows * columns, "cell") + ", " + each
    return f"{count(rows, 'row')} by {count(columns, 'column')}: {cells}."


def exact_heat(mismatch: Mismatch) -> bool:
    """Whether a cell of the heat map is one number, so that its row and column are the array's own."""
    cells = sum(map(len, mismatch.heat))
    axes = re.search(r"\[(\d+(?:, \d+)*)\]$", mismatch.where)
    return cells == mismatch.total and (axes is None or axes[1].count(",") <= 1)


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


def _pair(got: float | str | None, want: float | str | None) -> tuple[str, str]:
    """Got and wanted, with as many digits as it takes to see that they differ."""
    for digits in DIGITS:
        first, second = _value(got, digits), _value(want, digits)
        if first != second or got == want:
            break
    return first, second


def _value(value: float | str | None, digits: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean.line(value)
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)


def _size(size: float | None) -> str:
    if size is None:
        return ""
    if not math.isfinite(size):
        return "no number says how much"
    return f"{size:.2g}"
