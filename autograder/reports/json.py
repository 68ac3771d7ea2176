r"""The report as JSON: the one format that holds everything, and from which every other can be made again.

Numbers. Points are written as numbers where two decimals say them exactly (6, 3.5), else as a string with
the fraction ("1/3"), so that reading gives back the very same points. Numbers that JSON has no word for are
the strings "NaN", "Infinity" and "-Infinity"; where a number can stand these three read back as numbers.

Text. Everything beyond ASCII is escaped, so that a terminal shows the file as it is. Half a surrogate pair
is no character and many readers stop at it: it is written as the six characters `\udc80`. Any other text
comes back as it was.

`earned`, `possible`, `pending` and `complete` are written for the reader and computed anew on reading: a
document whose totals are not those of its own outcomes is refused. A field that is empty is left out.
"""

from __future__ import annotations

import functools
import json
import math
import numbers
import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.model import (
    REPORT_VERSION,
    Crash,
    Criterion,
    Mark,
    Mismatch,
    Named,
    Objection,
    Outcome,
    Report,
    Shown,
    Status,
)

from . import words

SCHEMA = Path(__file__).parents[1] / "schemas" / "report.schema.json"
HUNDREDTHS, LARGE = 100, 10**12  # what a float holds so that it is read back as it was written
LAID_OUT = 4  # document, marks, mark, outcomes: an outcome has a line of its own
SURROGATE = re.compile(r"\\ud[89a-f]")  # half of a pair, perhaps without the other
SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def render(report: Report) -> str:
    """The document as text, `version` first, ending in a line feed."""
    document = {
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
    kept = {
        key: value for key, value in document.items() if key in _always() or value not in ("", [], {}, None)
    }
    text = _laid_out(kept, LAID_OUT)
    return (_laid_out(_plain(kept), LAID_OUT) if SURROGATE.search(text) else text) + "\n"


def _laid_out(value: Any, depth: int, margin: str = "\n") -> str:
    """JSON with a line for each entry of the upper `depth` levels: down to the outcomes of checks."""
    inner = margin + " "
    if depth and value and isinstance(value, dict):
        entries = [f"{json.dumps(key)}: {_laid_out(item, depth - 1, inner)}" for key, item in value.items()]
        return "{" + inner + f",{inner}".join(entries) + margin + "}"
    if depth and value and isinstance(value, list) and isinstance(value[0], dict):
        items = [_laid_out(item, depth - 1, inner) for item in value]
        return "[" + inner + f",{inner}".join(items) + margin + "]"
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def parse(text: str) -> Report:
    """The report that `render` wrote.

    Raises:
        ValueError: not JSON, not a report of this version, or totals that are not those of its outcomes;
            the message says where and what.
    """
    try:
        document = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("this is not a report: it is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"this is not JSON: {error}") from None
    validate(document)
    report = _report(document)
    for name in ("earned", "possible", "pending"):
        said, computed = _fraction(document[name]), getattr(report, name)
        if said != computed:
            raise ValueError(
                f"$.{name} says {document[name]}, but the outcomes add up to {points(computed)}: "
                "this document was changed by hand; grade the submission again"
            )
    return report


def validate(document: object) -> None:
    """Check a decoded document against the published schema.

    Raises:
        ValueError: the first field that does not fit, by its path, and why.
    """
    if isinstance(document, Mapping) and document.get("version") != REPORT_VERSION:
        raise ValueError(
            f"$.version is {document.get('version')!r}; this grader reads version {REPORT_VERSION}: "
            "grade the submission again, or use the grader that made the report"
        )
    from jsonschema.exceptions import best_match  # noqa: PLC0415 - a sixth of a second, only where one is read

    error = best_match(_validator().iter_errors(document))
    if error is not None:
        raise ValueError(f"this is not a report: {error.json_path}: {error.message[:300]}")


@functools.cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - the same

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@functools.cache
def _always() -> frozenset[str]:
    return frozenset(json.loads(SCHEMA.read_text(encoding="utf-8"))["required"])


def points(value: Fraction) -> int | float | str:
    """Points as JSON holds them exactly: 6, 3.5, "1/3"."""
    if value.denominator == 1:
        return value.numerator
    exact = HUNDREDTHS % value.denominator == 0 and abs(value.numerator) < LARGE
    return value.numerator / value.denominator if exact else str(value)


# ---- writing ---------------------------------------------------------------------------------------


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
            bands=[[_number(times), _number(share)] for times, share in criterion.bands],
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
    }


def _crash(crash: Crash) -> dict[str, Any]:
    return {
        "kind": crash.kind,
        "name": crash.name,
        **({} if crash.line is None else {"line": crash.line}),
        **_kept(message=crash.message, code=crash.code, advice=crash.advice),
    }


def _objection(objection: Objection) -> dict[str, Any]:
    return {
        "says": objection.says,
        **({} if objection.line is None else {"line": objection.line}),
        **({} if objection.function is None else {"function": objection.function}),
        "fatal": objection.fatal,
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


def _plain(value: Any) -> Any:
    """The same value without halves of surrogate pairs in any of its texts."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_plain(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


# ---- reading ---------------------------------------------------------------------------------------


def _report(document: Mapping[str, Any]) -> Report:
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
        late_share=_fraction(document.get("late_share", 0)),
        edition=document["edition"],
        version=document["version"],
    )


def _read_mark(document: Mapping[str, Any]) -> Mark:
    criterion = Criterion(
        id=document["criterion"],
        asks=document["asks"],
        checks={check: _fraction(worth) for check, worth in document["checks"].items()},
        rule=document["rule"],
        by=document["by"],
        points=_fraction(document.get("points", 0)),
        shown=Shown(document["shown"]),
        levels=document.get("levels", {}),
        guidance=document.get("guidance", ""),
        bands=tuple((_read_number(times), _read_number(share)) for times, share in document.get("bands", ())),
    )
    return Mark(
        criterion,
        tuple(_read_outcome(outcome) for outcome in document["outcomes"]),
        _fraction(document["hand"]) if "hand" in document else None,
        document.get("hidden", False),
    )


def _read_outcome(document: Mapping[str, Any]) -> Outcome:
    named = document.get("misconception")
    return Outcome(
        check=document["check"],
        says=document["says"],
        status=Status(document["status"]),
        share=_fraction(document["share"]),
        mismatch=_read_mismatch(document["mismatch"]) if "mismatch" in document else None,
        crash=Crash(**document["crash"]) if "crash" in document else None,
        misconception=Named(named["name"], named["says"]) if named else None,
        note=document.get("note", ""),
        inputs=tuple((given["argument"], given["value"]) for given in document.get("inputs", ())),
        warnings=tuple(document.get("facts", ())),
        printed=document.get("printed", ""),
        seconds=_read_number(document.get("seconds", 0.0)),
        staff_note=document.get("staff_note", ""),
    )


def _read_mismatch(document: Mapping[str, Any]) -> Mismatch:
    read = dict(document)
    for name in ("got", "want", "error", "allowed"):
        if name in read:
            read[name] = _read_number(read[name])
    return Mismatch(**read | {"heat": tuple(tuple(row) for row in read.get("heat", ()))})


def _read_number(value: Any) -> Any:
    return SPECIAL.get(value, value) if isinstance(value, str) else value


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number in JSON")


def _fraction(value: float | str) -> Fraction:
    return Fraction(value) if isinstance(value, str | int) else Fraction(repr(value))
