"""Joining reports of the same submission: a later run, on a machine with a GPU, fills in what was pending.

Records are matched by submission, course and check. A decided record takes the place of a pending one, never
the reverse; of two decided ones of the same hardware class that with the narrower interval stays; of
different classes that which the rubric prefers, and the other is named beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from autograder.model import Criterion, Mark, Outcome, Report, Status, Timing, Verdict

from . import judged, seals

WAITING = frozenset({Verdict.PENDING_NO_GPU, Verdict.PENDING_NOISY, Verdict.INTERFERENCE, Verdict.INDICATIVE})
DECIDED = frozenset(Verdict) - WAITING


class MergeError(Exception):
    """Two reports that do not belong together, or a record that is not ours; the message says which."""


def merge(report: Report, other: Report, key: bytes) -> Report:
    """`report` with every timed check that `other` knows better.

    Raises:
        MergeError: they are of different submissions or courses, or a record has no seal of ours.
    """
    for what, ours, theirs in (
        ("assignment", report.assignment, other.assignment),
        ("student", report.student, other.student),
        ("submission", report.digest, other.digest),
        ("course", report.environment.get("course"), other.environment.get("course")),
    ):
        if ours != theirs:
            raise MergeError(
                f"{report.student}, {report.assignment}: the reports are not of the same {what} "
                f"({ours} and {theirs}); grade it anew where one of them was made"
            )
    known = {outcome.check: outcome for mark in other.marks for outcome in mark.outcomes if outcome.timing}
    waiting = {
        outcome.check.partition(".")[0]: outcome.review
        for mark in report.marks
        for outcome in mark.outcomes
        if outcome.review
    }
    marks = tuple(
        replace(
            mark,
            outcomes=tuple(
                _waiting(_better(one, known.get(one.check), mark, report, key), waiting)
                for one in mark.outcomes
            ),
        )
        for mark in report.marks
    )
    return replace(report, marks=marks)


def _waiting(outcome: Outcome, reviews: Mapping[str, tuple[str, ...]]) -> Outcome:
    """A time counts only with the function it belongs to: where that waits for a person, it waits too."""
    review = reviews.get(outcome.check.partition(".")[0], ())
    if outcome.review or not review or not outcome.share:
        return outcome
    return replace(outcome, status=Status.PENDING, share=Fraction(0), review=review)


def _better(ours: Outcome, theirs: Outcome | None, mark: Mark, report: Report, key: bytes) -> Outcome:
    if theirs is None or theirs.timing is None:
        return ours
    found = theirs.timing
    _ours_indeed(found, report, key)
    known = ours.timing
    if known is not None:
        _ours_indeed(known, report, key)
    if found.verdict not in DECIDED:
        return ours
    if known is None or known.verdict not in DECIDED:
        return _judged(ours, found, mark.criterion)
    if known.hardware == found.hardware:
        narrower = (found.high - found.low) < (known.high - known.low)
        return _judged(ours, found if narrower else known, mark.criterion)
    wanted = mark.criterion.clocking.device
    first, second = (found, known) if _fits(found, wanted) and not _fits(known, wanted) else (known, found)
    beside = f"also measured on {second.hardware}: {second.measure:.2f} [{second.low:.2f}, {second.high:.2f}]"
    return replace(_judged(ours, first, mark.criterion), staff_note=beside)


def _judged(ours: Outcome, timing: Timing, criterion: Criterion) -> Outcome:
    return judged.judge(ours.check, ours.says, criterion, timing)


def _fits(timing: Timing, wanted: str) -> bool:
    return wanted != "any" and wanted.lower() in timing.hardware.lower()


def _ours_indeed(timing: Timing, report: Report, key: bytes) -> None:
    """Only what a grader with our key measured of this very submission is joined.

    Raises:
        MergeError: it is something else.
    """
    where = f"{report.student}, {report.assignment}, {timing.check}"
    if not seals.genuine(timing, key):
        raise MergeError(
            f"{where}: the record has no seal of this grader's key; give both machines the same "
            f"{seals.VARIABLE}, and grade anew where it was missing"
        )
    if timing.submission != report.digest or timing.rubric != report.environment.get("course"):
        raise MergeError(f"{where}: the record is of another submission or course")
