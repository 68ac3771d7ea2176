"""One grading run: which submissions, under which seed and isolation, and where the results go."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import batch, course, edition, grade, intake, patience, records, reports
from .answerkey import AnswerKey
from .jail.levels import Isolation
from .model import Course, Dates, Report, Status, Submission, Verdict
from .policy import reviews
from .session import Bench


@dataclass(slots=True)
class Run:
    """A course being graded under one seed at one isolation level."""

    course: Course
    seed: str
    isolation: Isolation
    out: Path | None = None
    formats: Sequence[str] = ("html",)
    timed: bool = True  # whether timed checks run; else they stay pending
    device: Any = None  # the GPU, where there is one
    _keys: dict[str, AnswerKey] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def key(self, assignment: str) -> AnswerKey:
        """The answer key of an assignment, made on first use.

        Raises:
            CourseError: the course knows no such assignment, or it does not load.
        """
        with self._lock:
            if assignment not in self._keys:
                self._keys[assignment] = AnswerKey(course.assignment(self.course, assignment), self.seed)
            return self._keys[assignment]

    def grade_one(self, submission: Submission, bench: Bench) -> Report:
        """Grade one submission and write its record and feedback, where the run has a folder."""
        report = grade.grade(submission, self.key(submission.assignment), bench, self.course)
        self.write(report)
        return report

    def grade(self, submissions: Sequence[Submission], jobs: int) -> Generator[Report, None, None]:
        """Reports of `submissions`, those of an earlier, broken-off run first.

        Raises:
            CourseError: an assignment does not load.
            OutputError: a report cannot be written; those before it are.
        """
        waiting = []
        for submission in submissions:
            earlier = self.earlier(submission)
            if earlier is None:
                waiting.append(submission)
            else:
                self.write(earlier, record=False)
                yield earlier
        yield from batch.grade_all(
            waiting,
            self.grade_one,
            self.isolation,
            min(jobs, max(1, len(waiting))),
            timed=self.timed,
            device=self.device,
        )

    def earlier(self, submission: Submission) -> Report | None:
        """The record of the same work, graded before in the same way; None where this run says more.

        Raises:
            CourseError: the course knows no such assignment, or it does not load.
        """
        digest = self.key(submission.assignment).assignment.digest
        if self.out is None:
            return None
        found = records.earlier(self.out, submission, self.seed, str(self.isolation), digest)
        return None if found and self._can_do_better(found) else found

    def _can_do_better(self, report: Report) -> bool:
        """Whether this run can time what an earlier one left pending."""
        verdicts = {
            outcome.timing.verdict if outcome.timing else None
            for mark in report.marks
            for outcome in mark.outcomes
            if outcome.status == Status.PENDING and not outcome.review
        }
        untimed = self.timed and None in verdicts
        return untimed or (self.device is not None and Verdict.PENDING_NO_GPU in verdicts)

    def write(self, report: Report, *, record: bool = True) -> None:
        """Write the staff record, and the student's edition in every format of the run.

        Raises:
            OutputError: the folder cannot be written.
        """
        if self.out is None:
            return
        out = self.out
        try:
            patience.within(lambda: self._write(out, report, record=record))
        except TimeoutError as error:
            raise records.unanswered(out, error) from error

    def _write(self, out: Path, report: Report, *, record: bool) -> None:
        if record:
            path = records.record_path(out, report.student, report.assignment)
            records.write(path, reports.render("json", report))
        (decided,) = reviews.settled((report,), out)
        hand_out(decided, self.course, out, self.formats)

    def write_class(self, graded: Sequence[Report], left_out: Sequence[Submission] = ()) -> Path | None:
        """Write the files about the whole class, those left out included; the path of the overview.

        Raises:
            OutputError: the folder cannot be written.
        """
        if self.out is None:
            return None
        from .reports import csv, overview  # noqa: PLC0415 - jinja2 is loaded only where a page is made

        graded = reviews.settled(graded, self.out)
        links = {
            (r.student, r.assignment): records.feedback_path(
                Path(), r.student, r.assignment, ".html"
            ).as_posix()
            for r in graded
        }
        index = self.out / "index.html"
        texts = {
            self.out / "class.csv": csv.tidy(graded),
            self.out / "totals.csv": csv.totals(graded),
            index: overview.render(graded, links if "html" in self.formats else {}, left_out),
        }

        def write_all() -> None:
            for path, text in texts.items():
                records.write(path, text)

        try:
            patience.within(write_all)
        except TimeoutError as error:
            raise records.unanswered(self.out, error) from error
        return index


def hand_out(report: Report, of: Course, out: Path, formats: Sequence[str]) -> None:
    """Write the student's edition of a report below `out`/feedback.

    Raises:
        OutputError: the folder cannot be written.
    """
    theirs = student_edition(report, of)
    for name in formats:
        if name != "terminal":
            path = records.feedback_path(out, report.student, report.assignment, reports.SUFFIX[name])
            records.write(path, reports.render(name, theirs))


def student_edition(report: Report, of: Course) -> Report:
    """What the student may see of `report` today."""
    dates = of.dates.get(report.assignment, Dates())
    return edition.student_edition(report, edition.policy(dates, datetime.now(UTC)))


def submissions(
    path: Path, of: Course, assignment: str | None = None
) -> tuple[list[Submission], list[Submission]]:
    """What lies at `path`: the submissions that can be graded, and those whose assignment is unknown.

    Raises:
        SubmissionError: nothing there.
        CourseError: the course knows no such assignment.
    """
    known = course.functions(of)
    if intake.is_class(path, known):
        found = intake.read_class(path, known, assignment=assignment)
    else:
        found = intake.read(path, known, assignment=assignment)
    gradable = [one for one in found if one.assignment in known]
    return gradable, [one for one in found if one.assignment not in known]
