"""From outcomes to marks: a join by check id, and the late rule. The arithmetic of points is in `model`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import MappingProxyType

from .model import CourseError, Criterion, Late, Mark, Outcome, Rubric, Status, SubmissionError, points

NONE_GIVEN: Mapping[str, Fraction] = MappingProxyType({})


def marks(
    rubric: Rubric, outcomes: Iterable[Outcome], hand: Mapping[str, Fraction] = NONE_GIVEN
) -> tuple[Mark, ...]:
    """One mark for each criterion, in the order of the rubric.

    `hand` holds what a human gave, by criterion id. A check without an outcome is ours: it is UNGRADED
    and costs nothing. Of several outcomes of one check the last counts; those that no criterion names
    are left out.

    Raises:
        CourseError: a hand mark below 0 or above the points of its criterion.
    """
    known = {outcome.check: outcome for outcome in outcomes}
    return tuple(_mark(criterion, known, hand.get(criterion.id), rubric) for criterion in rubric.criteria)


def late_share(late: Late, due: datetime | None, received: str) -> Fraction:
    """The share of the earned points that the late rule takes off, from 0 to 1.

    `received` is ISO 8601; without an offset it is taken for the time zone of `due`. Nothing is taken
    off where there is no due date, or where nobody knows when the submission came.

    Raises:
        SubmissionError: `received` is no date.
    """
    if due is None or not received:
        return Fraction(0)
    try:
        came = datetime.fromisoformat(received)
    except ValueError as error:
        raise SubmissionError(
            f"received: {received[:80]!r} is no date; write it as 2026-11-21T04:00:00+01:00"
        ) from error
    # In UTC: a day in which the clocks change has 23 or 25 hours, and every one of them counts.
    zone = due.tzinfo or came.tzinfo or UTC
    moments = [moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC) for moment in (due, came)]
    over = moments[1] - moments[0] - timedelta(minutes=late.grace_minutes)
    days = max(0, math.ceil(over / timedelta(days=1)))
    return min(late.per_day * days, late.at_most, Fraction(1))


def _mark(criterion: Criterion, known: Mapping[str, Outcome], given: Fraction | None, rubric: Rubric) -> Mark:
    if criterion.by == "hand":
        if given is not None and not 0 <= given <= criterion.possible:
            raise CourseError(
                f"hand mark of {rubric.assignment}.{criterion.id}: {points(given)} points given, "
                f"it is worth 0 to {points(criterion.possible)}"
            )
        return Mark(criterion, hand=given)
    return Mark(criterion, tuple(known.get(check) or _missing(check) for check in criterion.checks))


def _missing(check: str) -> Outcome:
    return Outcome(
        check, "", Status.UNGRADED, staff_note=f"no outcome for {check}: it was never run; grade again"
    )
