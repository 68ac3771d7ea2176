"""One grading run for a build server. Its log, pages and artifacts are read by students.

So everything that is written is made from the student's edition of a report, and what a student's code said
or is called is never taken for a command of the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import course, intake, records, reports, run
from autograder.jail import levels
from autograder.model import (
    Course,
    CourseError,
    IsolationError,
    Report,
    SandboxFault,
    Status,
    SubmissionError,
)
from autograder.reports import terminal

from . import classroom50, github, gitlab, places

DONE, LOST, USAGE, OUR_FAULT = 0, 1, 2, 3
Show = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be graded, and how. `seed` and `student` may be empty."""

    path: Path
    assignment: str | None = None
    student: str = ""
    received: str = ""
    seed: str = ""
    isolation: str = ""
    trust: bool = False
    fail_under: float | None = None


def on_github(job: Job, load: Callable[[], Course], environment: Mapping[str, str], show: Show) -> int:
    """Grade, write what GitHub Actions shows, and return the exit status. Nothing is raised."""
    done, code = _fenced(replace(job, student=job.student or environment.get("GITHUB_ACTOR", "")), load, show)
    if code:
        return code
    for line in github.pointers(done, places.prefix(job.path)):
        show(line)
    page = environment.get("GITHUB_STEP_SUMMARY")
    if page:
        there = Path(page).stat().st_size if Path(page).exists() else 0
        _append(Path(page), github.summary(done, max(0, github.SUMMARY - there)))
    if environment.get("GITHUB_OUTPUT"):
        _append(Path(environment["GITHUB_OUTPUT"]), github.outputs(done))
    return status(done, job.fail_under)


def on_gitlab(
    job: Job, load: Callable[[], Course], out: Path, environment: Mapping[str, str], show: Show
) -> int:
    """Grade, and write `out`/junit/*.xml and `out`/code-quality.json; the exit status.

    Raises:
        CourseError, SubmissionError, IsolationError, SandboxFault, OutputError: as `grade`.
    """
    done = grade(replace(job, student=job.student or environment.get("GITLAB_USER_LOGIN", "")), load())
    for one in done:
        show(terminal.render(one, colour=False))
        records.write(out / "junit" / f"{one.assignment}.xml", reports.render("junit", one))
    records.write(out / "code-quality.json", gitlab.code_quality(done, places.prefix(job.path)))
    return status(done, job.fail_under)


def on_classroom50(
    job: Job, load: Callable[[], Course], out: Path, environment: Mapping[str, str], show: Show
) -> int:
    """Grade one assignment, and write result.json and release-body.md into `out`; 0 if grading ran.

    Raises:
        CourseError: the variables of the runner are missing.
        OutputError: a file cannot be written.
    """
    student = job.student or environment.get("USERNAME") or environment.get("OWNER", "")
    found, code = _fenced(replace(job, student=student), load, show)
    if code:
        return code
    done = found[0]
    records.write(out / "result.json", classroom50.result(done, environment))
    records.write(out / "release-body.md", reports.render("markdown", done))
    return OUR_FAULT if status([done], None) == OUR_FAULT else DONE


def _fenced(job: Job, load: Callable[[], Course], show: Show) -> tuple[list[Report], int]:
    """Grade and show the reports, between lines in which GitHub looks for no command.

    What fails is shown as well, and the exit status says whose it is: the message of an error can hold the
    name of a student's file.
    """
    opened, closed = github.fence()
    show(opened)
    try:
        done = grade(job, load())
        show("\n".join(terminal.render(one, colour=False) for one in done))
    except (CourseError, SubmissionError, IsolationError, SandboxFault, records.OutputError) as error:
        show(str(error))
        show(closed)
        show(github.fault(str(error)))
        return [], OUR_FAULT if isinstance(error, SandboxFault | records.OutputError) else USAGE
    show(closed)
    return done, DONE


def grade(job: Job, of: Course) -> list[Report]:
    """The student's edition of the report of each assignment at `job.path`, in the order of the course.

    Raises:
        SubmissionError: nothing there that can be graded.
        CourseError: the course knows no such assignment, or it does not load.
        IsolationError: this machine is weaker than what was asked for.
        SandboxFault: no jail can be built here.
    """
    student = job.student or None
    found = intake.read(job.path, course.functions(of), assignment=job.assignment, student=student)
    gradable = [replace(one, received=job.received or one.received) for one in found if one.assignment]
    if not gradable:
        raise SubmissionError(found[0].unreadable or f"{job.path} holds no assignment of this course")
    in_force = levels.choose(job.isolation or of.isolation, trust=job.trust)
    this = run.Run(of, records.seed(None, job.seed or None), in_force)
    done = {one.assignment: one for one in this.grade(gradable, 1)}
    return [run.student_edition(done[one.assignment], of) for one in gradable]


def status(done: Sequence[Report], fail_under: float | None) -> int:
    """The exit status: 3 where something is ungraded, 1 where less than `fail_under` percent was earned."""
    if any(o.status is Status.UNGRADED for one in done for mark in one.marks for o in mark.outcomes):
        return OUR_FAULT
    if fail_under is None:
        return DONE
    short = (one for one in done if float(one.earned) * 100 < float(one.possible - one.pending) * fail_under)
    return LOST if any(short) else DONE


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)
