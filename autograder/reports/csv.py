"""A class as tables: one row for each student and check, or one for each student and assignment.

Every cell is quoted and none is a formula. Rows end in a line feed; the file is UTF-8. Points are exact where
six decimals say them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from autograder.model import Mark, Outcome, Report, Status

from . import clean, words

TIDY = (
    "student",
    "assignment",
    "criterion",
    "check",
    "status",
    "earned",
    "possible",
    "share",
    "misconception",
    "mismatch",
    "pattern",
    "crash",
    "seconds",
    "pending",
    "verdict",
    "measure",
    "low",
    "high",
)
TOTALS = (
    "student",
    "assignment",
    "earned",
    "possible",
    "pending",
    "percent",
    "late_percent",
    "state",
    "received",
    "graded",
    "digest",
)
BY_HAND = "(by hand)"
NOT_RUN = "NOT_RUN"
NONE = Fraction(0)
NO_REASON = ("", "", "", "", "")
NO_TIME = ("", "", "", "")


def tidy(reports: Sequence[Report]) -> str:
    """One row for each student and check, and one for each criterion that a person marks.

    `earned` is before the late rule. Where nothing could be run the checks of the rubric stand there with
    the status NOT_RUN; a hand mark has the status MARKED or PENDING. `measure` is the time as a multiple of
    the reference's, or the exponent of its growth, `low` and `high` its 95 % interval; empty where nothing
    was measured.
    """
    rows = (row for report in reports for mark in report.marks for row in _rows(report, mark))
    return _table(TIDY, rows)


def totals(reports: Sequence[Report]) -> str:
    """One row for each student and assignment; `earned` is after the late rule, `percent` of all points."""
    return _table(TOTALS, map(_total, reports))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([clean.csv(cell) for cell in row] for row in rows)
    return written.getvalue()


def _rows(report: Report, mark: Mark) -> Iterator[tuple[str, ...]]:
    start = (report.student, report.assignment, mark.criterion.id)
    if mark.criterion.by == "hand":
        status = "MARKED" if mark.hand is not None else Status.PENDING.value
        share = mark.earned / mark.possible if mark.possible else Fraction(0)
        yield (
            *start,
            BY_HAND,
            status,
            *_numbers(mark.earned, mark.possible, share),
            *NO_REASON,
            *_numbers(mark.pending),
            *NO_TIME,
        )
    elif not mark.outcomes:
        for check, worth in mark.criterion.checks.items():
            yield *start, check, NOT_RUN, *_numbers(NONE, worth, NONE), *NO_REASON, *_numbers(NONE), *NO_TIME
    for outcome in mark.outcomes if mark.criterion.by == "machine" else ():
        numbers = _numbers(words.earned(mark, outcome), mark.worth(outcome), outcome.share)
        after = _numbers(words.waiting(mark, outcome))
        yield *start, outcome.check, outcome.status.value, *numbers, *_why(outcome), *after, *_timing(outcome)


def _why(outcome: Outcome) -> tuple[str, ...]:
    return (
        outcome.misconception.name if outcome.misconception else "",
        outcome.mismatch.kind if outcome.mismatch else "",
        outcome.mismatch.pattern if outcome.mismatch else "",
        outcome.crash.name or outcome.crash.kind if outcome.crash else "",
        f"{outcome.seconds:.6g}",
    )


def _timing(outcome: Outcome) -> tuple[str, str, str, str]:
    timing = outcome.timing
    if timing is None:
        return NO_TIME
    if not words.is_measured(timing):
        return timing.verdict.value, "", "", ""
    low, measure, high = (f"{value:.6g}" for value in (timing.low, timing.measure, timing.high))
    return timing.verdict.value, measure, low, high


def _total(report: Report) -> tuple[str, ...]:
    return (
        report.student,
        report.assignment,
        *_numbers(report.earned, report.possible, report.pending),
        *_numbers(100 * report.earned / report.possible if report.possible else Fraction(0)),
        *_numbers(100 * report.late_share),
        words.state(report),
        report.received,
        report.made,
        report.digest,
    )


def _numbers(*values: Fraction) -> tuple[str, ...]:
    return tuple(f"{float(value):.6f}".rstrip("0").rstrip(".") for value in values)
