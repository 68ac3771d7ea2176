"""A report as values that JSON has: what stands in which field. What is empty is left out."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from autograder.model import (
    Band,
    Clocking,
    Crash,
    Curve,
    Mark,
    Mismatch,
    Objection,
    Outcome,
    Report,
    Timing,
)

from . import words

HUNDREDTHS, LARGE = 100, 10**12  # what a float holds so that it is read back as it was written
MEASURED = ("measure", "low", "high", "reference_seconds", "student_seconds", "compile_seconds")


def document(report: Report) -> dict[str, Any]:
    """Every field of the document in its order, the empty ones of the report itself included."""
    return {
        "version": report.version,
        "assignment": report.assignment,
        "title": report.title,
        "student": report.student,
        "edition": report.edition,
        "digest": report.digest,
        "earned": points(report.earned),
        "possible": points(report.possible),
        "pending": points(report.pending),
        "complete": report.complete,
        "late_share": points(report.late_share) or None,
        "marks": [_mark(mark) for mark in report.marks],
        "objections": [_objection(objection) for objection in report.objections],
        "notes": list(report.notes),
        "seed": report.seed,
        "isolation": report.isolation,
        "environment": dict(report.environment),
        "made": report.made,
        "received": report.received,
        "path": report.path,
        "source": report.source,
        "line_names": list(report.line_names),
    }


def points(value: Fraction) -> int | float | str:
    """Points as JSON holds them exactly: 6, 3.5, "1/3"."""
    if value.denominator == 1:
        return value.numerator
    exact = HUNDREDTHS % value.denominator == 0 and abs(value.numerator) < LARGE
    return value.numerator / value.denominator if exact else str(value)


def _mark(mark: Mark) -> dict[str, Any]:
    criterion = mark.criterion
    return {
        "criterion": criterion.id,
        "asks": criterion.asks,
        "earned": points(mark.earned),
        "possible": points(mark.possible),
        "pending": points(mark.pending),
        "rule": criterion.rule,
        "by": criterion.by,
        "shown": criterion.shown.value,
        **_kept(
            hidden=mark.hidden,
            hand=None if mark.hand is None else points(mark.hand),
            levels=dict(criterion.levels),
            guidance=criterion.guidance,
            bands=_pairs(criterion.bands),
            clocking=None if criterion.clocking == Clocking() else _clocking(criterion.clocking),
        ),
        # What each check is worth stands with its outcome; here only where there may be no outcome.
        "checks": {check: points(worth) for check, worth in criterion.checks.items()},
        **({"points": points(criterion.points)} if criterion.points else {}),
        "outcomes": [_outcome(mark, outcome) for outcome in mark.outcomes],
    }


def _outcome(mark: Mark, outcome: Outcome) -> dict[str, Any]:
    return {
        "check": outcome.check,
        "says": outcome.says,
        "status": outcome.status.value,
        "share": points(outcome.share),
        "earned": points(words.earned(mark, outcome)),
        "possible": points(mark.worth(outcome)),
        **_kept(
            mismatch=_mismatch(outcome.mismatch) if outcome.mismatch else None,
            crash=_crash(outcome.crash) if outcome.crash else None,
            misconception=(
                {"name": outcome.misconception.name, "says": outcome.misconception.says}
                if outcome.misconception
                else None
            ),
            note=outcome.note,
            inputs=[{"argument": argument, "value": value} for argument, value in outcome.inputs],
            facts=list(outcome.warnings),
            printed=outcome.printed,
            seconds=_number(outcome.seconds) or None,
            staff_note=outcome.staff_note,
            timing=_timing(outcome.timing) if outcome.timing else None,
            curve=_curve(outcome.curve) if outcome.curve else None,
            review=list(outcome.review),
        ),
    }


def _mismatch(mismatch: Mismatch) -> dict[str, Any]:
    return {
        "kind": mismatch.kind,
        "where": mismatch.where,
        **{
            name: _number(value)
            for name in ("got", "want", "error", "allowed")
            if (value := getattr(mismatch, name)) is not None
        },
        "wrong": mismatch.wrong,
        "total": mismatch.total,
        **_kept(pattern=mismatch.pattern, heat=[list(row) for row in mismatch.heat]),
        "draw": mismatch.draw,
        **_kept(heat_of=mismatch.heat_of),
    }


def _crash(crash: Crash) -> dict[str, Any]:
    return {
        "kind": crash.kind,
        "name": crash.name,
        **({} if crash.line is None else {"line": crash.line}),
        **_kept(message=crash.message, code=crash.code, advice=crash.advice),
    }


def _clocking(clocking: Clocking) -> dict[str, Any]:
    tolerance = clocking.tolerance
    return {
        "clock": clocking.clock,
        "budget_seconds": _number(clocking.budget_seconds),
        "device": clocking.device,
        **_kept(
            sizes=dict(clocking.sizes),
            tolerance={"norm": _number(tolerance.norm), "worst": _number(tolerance.worst)}
            if tolerance
            else None,
            grows=clocking.grows,
            models={name: _number(share) for name, share in clocking.models.items()},
        ),
    }


def _timing(timing: Timing) -> dict[str, Any]:
    """The record, whole: its seal is over every field."""
    return {
        "check": timing.check,
        "verdict": timing.verdict.value,
        "clock": timing.clock,
        **_kept(
            **{name: _number(getattr(timing, name)) for name in MEASURED},
            bands=_pairs(timing.bands),
            pairs=timing.pairs,
            dropped=timing.dropped,
            hardware=timing.hardware,
            host={name: _number(value) for name, value in timing.host.items()},
            models=[{"name": name, "measure": _number(measure)} for name, measure in timing.models],
            flags=list(timing.flags),
            reason=timing.reason,
            submission=timing.submission,
            rubric=timing.rubric,
            grader=timing.grader,
            measured=timing.measured,
            seal=timing.seal,
        ),
        "crowding": _number(timing.crowding),
    }


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "name": curve.name,
        **{name: list(map(_number, getattr(curve, name))) for name in ("values", "low", "high")},
    }


def _pairs(bands: Sequence[Band]) -> list[list[int | float | str]]:
    return [[_number(measure), _number(share)] for measure, share in bands]


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "says": objection.says,
        **({} if objection.line is None else {"line": objection.line}),
        **({} if objection.function is None else {"function": objection.function}),
        "fatal": objection.fatal,
        **({"missing": True} if objection.missing else {}),
    }


def _kept(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, False)}


def _number(value: float | str) -> int | float | str:
    if isinstance(value, str):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    number = float(value)
    if math.isnan(number):
        return "NaN"
    return number if math.isfinite(number) else ("Infinity" if number > 0 else "-Infinity")
