"""What a report says of why an outcome is what it is, each reason once: later checks point to the first."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.model import Mark, Outcome, Report, Status
from autograder.reports import clean

NOT_RUN = "Not run, for the reason at the top of this report."


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
    return name, clean.line(outcome.misconception.says, clean.SENTENCE)


def explained_above(outcome: Outcome, told: Mapping[object, str]) -> str:
    """The check at which the misconception of this one was explained; "" where it is told here, or none."""
    if outcome.misconception is None:
        return ""
    first = told.get(_function_and_name(outcome), outcome.check)
    return clean.line(first) if first != outcome.check else ""


def told_above(report: Report, outcome: Outcome, first: Mapping[object, str]) -> str:
    """A pointer to where the reason of a lost check stands in full; "" where it is told here.

    `first` is `first_told(report)`.
    """
    if outcome.status not in (Status.FAILED, Status.CRASHED) or outcome.staff_note or outcome.review:
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
    said = clean.line(outcome.note, clean.SENTENCE)
    return said[:1].upper() + said[1:]


def nothing_to_tell(mark: Mark) -> bool:
    """Whether all checks of a criterion passed, several of them, and there is no word to add to any."""
    return len(mark.outcomes) > 1 and all(
        one.status is Status.PASSED
        and one.share == 1
        and not (one.note or one.staff_note or one.timing or one.curve or one.review)
        for one in mark.outcomes
    )


def _function_and_name(outcome: Outcome) -> tuple[str, str]:
    return outcome.check.partition(".")[0], outcome.misconception.name if outcome.misconception else ""
