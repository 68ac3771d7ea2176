"""Reports of what lies in a folder that nbgrader collected: the same as `autograder grade` gives of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from autograder import course as courses
from autograder import intake, records, run, score
from autograder.jail import levels
from autograder.model import Report, SandboxFault, Status
from autograder.policy import reviews
from autograder.session import Bench
from autograder.timing.gpu import device as devices

from . import filling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from autograder.model import Course, Late

_DUE = datetime(2000, 1, 1, tzinfo=UTC)  # any day: only the difference counts


class Grader:
    """A course, a seed and one warm worker slot, for as long as nbgrader grades.

    Reports of work that was graded before in the same way are taken from `out`, and no jail is built.
    """

    def __init__(self, root: Path, out: Path, *, timed: bool = True) -> None:
        """Load the course at `root`; records and the seed stand in `out`.

        Without `timed` no check waits for a clock: timed checks stay pending, and lose nothing.

        Raises:
            CourseError: there is no course at `root`, or it is wrong.
            IsolationError: this machine cannot give the isolation that the course asks for.
            OutputError: `out` cannot be read or written.
        """
        self.course: Course = courses.load(root)
        self._known = courses.functions(self.course)
        isolation = levels.choose(self.course.isolation)
        device = devices.find() if timed else None
        self._run = run.Run(
            self.course, records.seed(out, None), isolation, out, formats=(), timed=timed, device=device
        )
        self._bench = Bench(isolation, timed=timed, device=device)
        self._out = out

    def report(self, folder: Path, assignment: str, student: str, seconds_late: float) -> Report:
        """The student's edition of the report on what `student` handed in, which lies in `folder`.

        How late it came is for the gradebook to say, which knows of extensions.

        Raises:
            CourseError: no such assignment, or it does not load.
            SubmissionError: there is no such folder.
            SandboxFault: it could not be graded in full for a reason that is ours; nothing is lost.
        """
        courses.known(self.course, assignment)
        plain = folder / f"{assignment}.py"
        path = plain if plain.is_file() and filling.is_ours(folder / f"{assignment}.ipynb") else folder
        (submission,) = intake.read(path, self._known, assignment=assignment, student=student)
        report = self._run.earlier(submission)
        if report is None or report.received != submission.received:
            report = self._run.grade_one(submission, self._bench)
        for mark in report.marks:
            for outcome in mark.outcomes:
                if outcome.status is Status.UNGRADED:
                    raise SandboxFault(
                        f"{student}: {outcome.check} could not be graded, for a reason that is ours "
                        f"({outcome.staff_note}). Nothing is lost: run the command again"
                    )
        (report,) = reviews.settled((report,), self._out)
        report = replace(report, late_share=late_share(self.course.late, seconds_late))
        return run.student_edition(report, self.course)

    def close(self) -> None:
        """End the worker slot."""
        self._bench.close()


def recorded(root: Path, out: Path, about: Mapping[str, str], seconds_late: float) -> Report | None:
    """The student's edition, as of today, of a report that was made before; None where there is no record.

    `about` names "student" and "assignment"; the course is at `root`, its records in `out`.

    Raises:
        CourseError: there is no course at `root`.
        OutputError: the record cannot be read.
    """
    path = records.record_path(out, about["student"], about["assignment"])
    if not path.is_file():
        return None
    (report,) = reviews.settled(records.read(path), out)
    course = courses.load(root)
    return run.student_edition(replace(report, late_share=late_share(course.late, seconds_late)), course)


def late_share(late: Late, seconds_late: float) -> Fraction:
    """The share of the earned points that the course's late rule takes off."""
    came = _DUE + timedelta(seconds=max(0.0, seconds_late))
    return score.late_share(late, _DUE, came.isoformat())
