"""What a student may see of a report: the same document with what the release policy hides left out.

A criterion's `shown` says when its details may be seen. Until then nothing goes out that the student's
code could have carried hidden inputs in: no message, no printed text, no warning, no number. `Shown.NEVER`
leaves the points alone; which checks there were stays unknown.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from .model import OURS, Crash, Criterion, Dates, Mark, Outcome, Report, Shown, Status

LIMITS = frozenset({"seconds", "memory", "output", "reply", "processes", "files"})
OURS_AND_NUMPYS = {"NotSendable", "UnusableAnswer", "LinAlgError", "AxisError"}
EXCEPTIONS = OURS_AND_NUMPYS | {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
SIGNAL = re.compile(r"SIG[A-Z0-9]{2,8}")
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
    criterion = replace(mark.criterion, guidance="")
    if criterion.by == "hand":
        return replace(mark, criterion=criterion, outcomes=())
    if criterion.shown is Shown.NEVER:
        return mark if mark.hidden else _collapsed(mark, criterion)
    if may_show(criterion.shown):
        outcomes = tuple(replace(outcome, staff_note="") for outcome in mark.outcomes)
        return replace(mark, criterion=criterion, outcomes=outcomes)
    outcomes = tuple(_bare(outcome, source) for outcome in mark.outcomes)
    return replace(mark, criterion=criterion, outcomes=outcomes, hidden=True)


def _bare(outcome: Outcome, source: str) -> Outcome:
    return Outcome(
        outcome.check,
        outcome.says,
        outcome.status,
        outcome.share,
        crash=_bare_crash(outcome.crash, source) if outcome.crash else None,
        misconception=outcome.misconception,
        note=outcome.note,
    )


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
        outcomes.append(Outcome(f"{criterion.id}.waiting", count, status))
    summed = replace(criterion, checks=checks, rule="share")
    return replace(mark, criterion=summed, outcomes=tuple(outcomes), hidden=True)


def _count(number: int) -> str:
    return "(1 hidden check)" if number == 1 else f"({number} hidden checks)"
