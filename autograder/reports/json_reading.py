"""A report from the values that JSON had, once the schema has found nothing wrong with them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from autograder.model import (
    Band,
    Clocking,
    Crash,
    Criterion,
    Curve,
    Gates,
    Mark,
    Mismatch,
    Named,
    Objection,
    Outcome,
    Report,
    Shown,
    Status,
    Timing,
    Verdict,
)

from .json_writing import MEASURED

SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def report(document: Mapping[str, Any]) -> Report:
    """The report that a valid document holds."""
    return Report(
        assignment=document["assignment"],
        title=document["title"],
        student=document["student"],
        digest=document["digest"],
        marks=tuple(_read_mark(mark) for mark in document["marks"]),
        seed=document["seed"],
        isolation=document["isolation"],
        environment=document["environment"],
        made=document["made"],
        received=document.get("received", ""),
        path=document.get("path", ""),
        source=document.get("source", ""),
        line_names=tuple(document.get("line_names", ())),
        notes=tuple(document.get("notes", ())),
        objections=tuple(Objection(**objection) for objection in document.get("objections", ())),
        late_share=fraction(document.get("late_share", 0)),
        edition=document["edition"],
        version=document["version"],
    )


def _read_mark(document: Mapping[str, Any]) -> Mark:
    criterion = Criterion(
        id=document["criterion"],
        asks=document["asks"],
        checks={check: fraction(worth) for check, worth in document["checks"].items()},
        rule=document["rule"],
        by=document["by"],
        points=fraction(document.get("points", 0)),
        shown=Shown(document["shown"]),
        levels=document.get("levels", {}),
        guidance=document.get("guidance", ""),
        bands=_read_pairs(document),
        **({"clocking": _read_clocking(document["clocking"])} if "clocking" in document else {}),
    )
    return Mark(
        criterion,
        tuple(_read_outcome(outcome) for outcome in document["outcomes"]),
        fraction(document["hand"]) if "hand" in document else None,
        document.get("hidden", False),
    )


def _read_outcome(document: Mapping[str, Any]) -> Outcome:
    named = document.get("misconception")
    return Outcome(
        check=document["check"],
        says=document["says"],
        status=Status(document["status"]),
        share=fraction(document["share"]),
        mismatch=_read_mismatch(document["mismatch"]) if "mismatch" in document else None,
        crash=Crash(**document["crash"]) if "crash" in document else None,
        misconception=Named(named["name"], named["says"]) if named else None,
        note=document.get("note", ""),
        inputs=tuple((given["argument"], given["value"]) for given in document.get("inputs", ())),
        warnings=tuple(document.get("facts", ())),
        printed=document.get("printed", ""),
        seconds=_read_number(document.get("seconds", 0.0)),
        staff_note=document.get("staff_note", ""),
        timing=_read_timing(document["timing"]) if "timing" in document else None,
        curve=_read_curve(document["curve"]) if "curve" in document else None,
        review=tuple(document.get("review", ())),
    )


def _read_clocking(document: Mapping[str, Any]) -> Clocking:
    tolerance = document.get("tolerance")
    return Clocking(
        clock=document["clock"],
        budget_seconds=_read_number(document["budget_seconds"]),
        sizes=document.get("sizes", {}),
        tolerance=Gates(_read_number(tolerance["norm"]), _read_number(tolerance["worst"]))
        if tolerance
        else None,
        device=document["device"],
        grows=document.get("grows", ""),
        models={name: _read_number(share) for name, share in document.get("models", {}).items()},
    )


def _read_timing(document: dict[str, Any]) -> Timing:
    numbers = {name: _read_number(document[name]) for name in (*MEASURED, "crowding") if name in document}
    return Timing(
        **document
        | numbers
        | {
            "verdict": Verdict(document["verdict"]),
            "bands": _read_pairs(document),
            "host": {name: _read_number(value) for name, value in document.get("host", {}).items()},
            "models": tuple(
                (one["name"], _read_number(one["measure"])) for one in document.get("models", ())
            ),
            "flags": tuple(document.get("flags", ())),
        }
    )


def _read_curve(document: Mapping[str, Any]) -> Curve:
    values, low, high = (tuple(map(_read_number, document[name])) for name in ("values", "low", "high"))
    return Curve(document["name"], values, low, high)


def _read_pairs(document: Mapping[str, Any]) -> tuple[Band, ...]:
    return tuple((_read_number(measure), _read_number(share)) for measure, share in document.get("bands", ()))


def _read_mismatch(document: Mapping[str, Any]) -> Mismatch:
    read = dict(document)
    for name in ("got", "want", "error", "allowed"):
        if name in read:
            read[name] = _read_number(read[name])
    return Mismatch(**read | {"heat": tuple(tuple(row) for row in read.get("heat", ()))})


def _read_number(value: Any) -> Any:
    return SPECIAL.get(value, value) if isinstance(value, str) else value


def fraction(value: float | str) -> Fraction:
    """Points as `json_writing.points` wrote them."""
    return Fraction(value) if isinstance(value, str | int) else Fraction(repr(value))
