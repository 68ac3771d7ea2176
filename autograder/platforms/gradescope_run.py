"""Grading inside Gradescope's container: one submission, from its folder to results.json.

The script that starts this has written a provisional results.json already; it is replaced in one step, by
the results or by a sentence that says what failed here. So a kill at any moment leaves a valid file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from autograder import course, edition, grade, intake, records
from autograder.answerkey import AnswerKey
from autograder.jail import levels
from autograder.model import (
    Course,
    CourseError,
    Dates,
    IsolationError,
    Report,
    SandboxFault,
    Submission,
    points,
)
from autograder.reports import terminal
from autograder.session import Bench

from . import gradescope, gradescope_zip
from .gradescope_zip import COURSE, SETTINGS, Settings

ACCEPT_LESS = "There is a weaker level, if you accept it: docs/gradescope.md, `--isolation permissions`"
SECRET = ("source", "submission", "results", "submission_metadata.json")
WEAK = (
    "Graded at the isolation {}, which is weaker than `uid`: this container has no Landlock. Student code is "
    "a user of its own that can write no file; that it reads no answers rests on the modes of files."
)


def main(here: Path) -> None:
    """Grade what lies in `here`/submission.

    Raises:
        CourseError, IsolationError, SandboxFault, OutputError: the course, the container or we failed; the
            provisional results stand.
    """
    began = time.monotonic()
    target = here / "results" / "results.json"
    records.write(target, gradescope.render(gradescope.provisional()))
    given = gradescope.metadata(_text(here / "submission_metadata.json"))
    print("grading", given.student, flush=True)  # noqa: T201 - Gradescope keeps it for staff
    settings = Settings(**json.loads(_text(here / "source" / SETTINGS)))
    of = _course(here, settings.assignment, given)
    report = _graded(here, of, settings, given)
    seen = edition.student_edition(report, edition.policy(of.dates[settings.assignment], datetime.now(UTC)))
    seconds = time.monotonic() - began
    found = gradescope.results(report, seen, given, seconds=seconds, details=settings.details)
    records.write(target, gradescope.render(found))
    print(terminal.render(report, colour=False))  # noqa: T201 - for staff: the run's output is hidden
    _compare_worth(report, given)


def _course(here: Path, name: str, given: gradescope.Metadata) -> Course:
    """The course in the zip, with Gradescope's due date, which knows of extensions."""
    of = course.load(here / "source" / COURSE)
    dates = of.dates.get(name, Dates())
    return replace(of, order=(name,), dates={name: replace(dates, due=given.due or dates.due)})


def _graded(here: Path, of: Course, settings: Settings, given: gradescope.Metadata) -> Report:
    key = AnswerKey(course.assignment(of, settings.assignment), settings.seed)
    found = intake.read(
        here / "submission", course.functions(of), assignment=settings.assignment, student=given.student
    )
    submission: Submission = replace(found[0], received=given.received or found[0].received)
    try:
        isolation = levels.choose(settings.isolation, secret=[here / name for name in SECRET])
    except IsolationError as error:
        if settings.isolation == gradescope_zip.WEAKER:
            raise
        raise IsolationError(f"{error}. {ACCEPT_LESS}") from error
    if isolation.level == gradescope_zip.WEAKER:
        print(WEAK.format(isolation), flush=True)  # noqa: T201 - Gradescope keeps it for staff
    bench = Bench(isolation)
    try:
        return grade.grade(submission, key, bench, of)
    finally:
        bench.close()


def _compare_worth(report: Report, given: gradescope.Metadata) -> None:
    hand = sum(mark.possible for mark in report.marks if mark.criterion.by == "hand")
    try:
        there = float(given.possible)
    except ValueError:
        return
    if abs(there - float(report.possible - hand)) > 0.005:  # noqa: PLR2004 - half a hundredth
        print(  # noqa: T201 - for staff
            f"\nGradescope says that the autograder is worth {given.possible} points; the rubric says "
            f"{points(report.possible - hand)} without what is marked by hand. Set the one to the other."
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


if __name__ == "__main__":
    os.umask(0o077)
    try:
        main(Path(sys.argv[1]))
    except (CourseError, IsolationError, SandboxFault, records.OutputError) as error:
        sys.exit(f"not graded: {error}")
