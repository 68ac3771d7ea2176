"""A report as `classroom50/result/v1`, which knows whole numbers only: points are written in hundredths.

The bundle of a Classroom 50 autograder is published for all the world, so nothing hidden may lie in it; this
writes the result where grading happens elsewhere, on a runner that fetches the course.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.model import CourseError, Mark, Report, points
from autograder.reports import clean, words

SCHEMA = Path(__file__).parents[1] / "schemas" / "classroom50.schema.json"
FROM = {  # field -> the variables of the runner that hold it, the first that is set
    "classroom": ("CLASSROOM",),
    "assignment": ("ASSIGNMENT",),
    "submission": ("SUBMISSION_TAG",),
    "commit": ("COMMIT_URL",),
    "release": ("RELEASE_URL",),
    "review": ("REVIEW_URL",),
}


def result(report: Report, environment: Mapping[str, str], now: datetime | None = None) -> str:
    """The text of result.json.

    Raises:
        CourseError: a variable that the runner of Classroom 50 sets is not there.
    """
    return json.dumps(_document(report, environment, now or datetime.now(UTC)), indent=1) + "\n"


def _document(report: Report, environment: Mapping[str, str], now: datetime) -> dict[str, Any]:
    given = {field: _variable(names, environment) for field, names in FROM.items()}
    if not given["submission"].startswith("submit/"):
        raise CourseError(f"SUBMISSION_TAG is {given['submission']!r}; Classroom 50 gives a tag submit/…")
    tests = [test for mark in report.marks for test in _tests(mark)]
    return {
        "schema": "classroom50/result/v1",
        **given,
        "datetime": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": _hundredths(report.earned),
        "max-score": _hundredths(report.possible),
        "tests": tests,
    }


def _tests(mark: Mark) -> Iterator[dict[str, Any]]:
    for outcome in mark.outcomes:
        earned, worth = words.earned(mark, outcome), mark.worth(outcome)
        yield _test(clean.line(outcome.check), earned, worth, outcome.share == 1)
    if not mark.outcomes:
        yield _test(clean.line(mark.criterion.id), mark.earned, mark.possible, mark.earned == mark.possible)


def _test(name: str, earned: Fraction, possible: Fraction, passed: bool) -> dict[str, Any]:
    return {
        "test-name": name,
        "passed": passed,
        "score": _hundredths(earned),
        "max-score": _hundredths(possible),
    }


def _variable(names: Sequence[str], environment: Mapping[str, str]) -> str:
    found = next((environment[name] for name in names if environment.get(name)), "")
    if not found:
        raise CourseError(f"{names[0]} is not set; the runner of Classroom 50 sets it for its autograders")
    return found


def _hundredths(value: Fraction) -> int:
    return round(100 * Fraction(points(value)))
