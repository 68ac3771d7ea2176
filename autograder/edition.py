"""What a student may see of a report: the same document with what the release policy hides left out.

A criterion's `shown` says when its details may be seen. Until then nothing goes out that the student's
code could have carried hidden inputs in: no message, no printed text, no warning, no number. `Shown.NEVER`
leaves the points alone; which checks there were stays unknown.

A time may be seen at once, to three digits: the inputs that are timed are drawn anew for every call, so there
is nothing in them to carry out. What names a model solution waits for the release. Never in a student's
edition are the seal, the state of the machine, what was flagged, and the evidence that a person should look
at: the student is told that one will.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from .model import (
    OURS,
    Clocking,
    Crash,
    Criterion,
    Dates,
    Mark,
    Outcome,
    Report,
    Shown,
    Status,
    Timing,
    Verdict,
)

LIMITS = frozenset({"seconds", "memory", "output", "reply", "processes", "files"})
OURS_AND_NUMPYS = {"NotSendable", "UnusableAnswer", "LinAlgError", "AxisError"}
EXCEPTIONS = OURS_AND_NUMPYS | {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
SIGNAL = re.compile(r"SIG[A-Z0-9]{2,8}")
LOOKED_AT = (
    "A person will look at this before these points count: nothing is lost, and there is nothing to do."
)
DIGITS = 3  # of a time whose details are hidden
# What ended so may quote the student's code, and with it whatever that had seen.
QUOTES = frozenset({Verdict.CRASHED, Verdict.PROTOCOL_ERROR})
NEWLINE = re.compile(r"\r\n|\r|\n")  # what ends a line for Python; str.splitlines knows more


def policy(dates: Dates, now: datetime) -> Callable[[Shown], bool]:
    """Whether details of a criterion may be shown at `now` (with time zone). A date never set has not come.

    Raises:
        ValueError: `now` has no time zone, so it cannot be compared with the dates of a course.
    """
    if now.tzinfo is None:
        raise ValueError("policy(now=…) needs a time with its time zone, such as datetime.now(UTC)")
    come = {
        Shown.ALWAYS: True,
        Shown.AFTER_DUE: dates.due is not None and dates.due <= now,
        Shown.AFTER_RELEASE: dates.release is not None and dates.release <= now,
    }
    return lambda shown: come.get(shown, False)


def student_edition(report: Report, may_show: Callable[[Shown], bool]) -> Report:
    """The report for its student; `earned`, `possible` and `pending` are those of the staff edition.

    Marks of which something was left out have `hidden` set. Making the edition of an edition hides more
    where `may_show` says so, and never brings anything back.
    """
    return replace(
        report,
        seed="",
        edition="student",
        marks=tuple(_mark(mark, may_show, report.source) for mark in report.marks),
    )


def _mark(mark: Mark, may_show: Callable[[Shown], bool], source: str) -> Mark:
    clocking = replace(mark.criterion.clocking, models={}, tolerance=None)
    criterion = replace(mark.criterion, guidance="", clocking=clocking)
    if criterion.by == "hand":
        return replace(mark, criterion=criterion, outcomes=())
    if criterion.shown is Shown.NEVER:
        return mark if mark.hidden else _collapsed(mark, replace(criterion, clocking=Clocking()))
    # An open criterion does not open the solutions: their names wait for the release in any case.
    outcomes = tuple(_for_students(outcome, may_show(Shown.AFTER_RELEASE)) for outcome in mark.outcomes)
    if may_show(criterion.shown):
        return replace(mark, criterion=criterion, outcomes=outcomes)
    outcomes = tuple(_bare(outcome, source) for outcome in outcomes)
    return replace(mark, criterion=criterion, outcomes=outcomes, hidden=True)


def _for_students(outcome: Outcome, released: bool) -> Outcome:
    """The outcome without what is for staff."""
    timing = outcome.timing and _without_staff(outcome.timing, released)
    note = f"{outcome.note} {LOOKED_AT}".strip() if outcome.review else outcome.note
    return replace(outcome, staff_note="", note=note, timing=timing, review=())


def _without_staff(timing: Timing, released: bool) -> Timing:
    models = timing.models if released else _nameless(timing.models)
    return replace(
        timing, dropped=0, crowding=1.0, hardware="", host={}, models=models, flags=(), rubric="", seal=""
    )


def _nameless(models: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """Landmarks from the fastest to the slowest: a name says how it was written."""
    return tuple(("a model solution", measure) for measure in sorted(measure for _, measure in models))


def _bare(outcome: Outcome, source: str) -> Outcome:
    return Outcome(
        outcome.check,
        outcome.says,
        outcome.status,
        outcome.share,
        crash=_bare_crash(outcome.crash, source) if outcome.crash else None,
        misconception=outcome.misconception,
        note=outcome.note,
        timing=outcome.timing and _bare_timing(outcome.timing),
    )


def _bare_timing(timing: Timing) -> Timing:
    return replace(
        timing,
        measure=_short(timing.measure),
        low=_short(timing.low),
        high=_short(timing.high),
        reference_seconds=_short(timing.reference_seconds),
        student_seconds=_short(timing.student_seconds),
        compile_seconds=_short(timing.compile_seconds),
        reason="" if timing.verdict in QUOTES else timing.reason,
    )


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def _bare_crash(crash: Crash, source: str) -> Crash:
    lines = NEWLINE.split(source)
    # Both come from the jail: what cannot be found in the student's source may spell out an input.
    line = crash.line if crash.line and source and 0 < crash.line <= len(lines) else None
    code = lines[line - 1].strip() if line and crash.code else ""
    return Crash(crash.kind, _bare_name(crash, source), "", line, code, crash.advice)


def _bare_name(crash: Crash, source: str) -> str:
    if crash.kind == "overran":
        return crash.name if crash.name in LIMITS else "limit"
    if crash.kind == "died":
        return crash.name if SIGNAL.fullmatch(crash.name) else ""
    written = crash.name.isidentifier() and re.search(rf"(?<!\w){re.escape(crash.name)}(?!\w)", source)
    return crash.name if crash.name in EXCEPTIONS or written else "Exception"


def _collapsed(mark: Mark, criterion: Criterion) -> Mark:
    """At most two outcomes, of judged and of pending points, that add up to what the mark adds up to."""
    judged, pending = mark.possible - mark.pending, mark.pending
    ours = [outcome for outcome in mark.outcomes if outcome.status in OURS]
    theirs = [outcome for outcome in mark.outcomes if outcome.status not in OURS]
    checks: dict[str, Fraction] = {}
    outcomes: list[Outcome] = []
    if judged or not ours:
        checks[f"{criterion.id}.hidden"] = judged
        if theirs:
            share = mark.earned / judged if judged else Fraction(0)
            passed = all(outcome.status is Status.PASSED for outcome in theirs)
            status = Status.PASSED if passed else Status.FAILED
            outcomes.append(Outcome(f"{criterion.id}.hidden", _count(len(theirs)), status, share))
    if ours:
        checks[f"{criterion.id}.waiting"] = pending
        count = _count(len(ours) if outcomes else len(mark.outcomes))
        ungraded = any(outcome.status is Status.UNGRADED for outcome in ours)
        status = Status.UNGRADED if ungraded else Status.PENDING
        note = LOOKED_AT if any(outcome.review for outcome in ours) else ""
        outcomes.append(Outcome(f"{criterion.id}.waiting", count, status, note=note))
    summed = replace(criterion, checks=checks, rule="share")
    return replace(mark, criterion=summed, outcomes=tuple(outcomes), hidden=True)


def _count(number: int) -> str:
    return "(1 hidden check)" if number == 1 else f"({number} hidden checks)"
