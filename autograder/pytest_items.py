"""The checks of an assignment as items of pytest, for the submission that is being graded.

Each process of pytest grades what its own items need: the functions they ask, with the helpers that these
use in the submission, so that every verdict is the one `autograder grade` gives.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from . import course as courses
from . import grade, intake, screen
from .answerkey import AnswerKey
from .jail import levels
from .model import (
    Assignment,
    Check,
    Course,
    CourseError,
    IsolationError,
    Mark,
    Outcome,
    Report,
    Status,
    Submission,
    SubmissionError,
    Timed,
    points,
)
from .records import SEED_BITS
from .reports import clean, words
from .session import Bench

SAY = "pytest solutions/NAME --submission FILE"
MARGIN = "│ "  # so that no line begins with a student's text, which a build server might obey


@dataclass(frozen=True, slots=True)
class Graded:
    """One judged check, with the report and the mark it belongs to."""

    report: Report
    mark: Mark
    outcome: Outcome


@dataclass(slots=True)
class Grader:
    """Grades functions of one submission when they are first asked for, in one warm jail."""

    course: Course
    assignment: Assignment
    submission: Submission
    seed: str
    isolation: levels.Isolation
    _graded: dict[str, Graded] = field(default_factory=dict)
    _bench: Bench | None = None

    def graded(self, check: Check | Timed) -> Graded:
        """The judged check; the first of a function has the whole function graded."""
        if check.id not in self._graded:
            self._grade(self._needed(check.function))
        return self._graded[check.id]

    def close(self) -> None:
        """End the jail, where one was started."""
        if self._bench is not None:
            self._bench.close()

    def _needed(self, function: str) -> frozenset[str]:
        """`function`, what the submission lets it call, and what must pass before its checks."""
        calls = screen.calls(self.submission.source, self.assignment.functions)
        waits = _waits(self.assignment)
        found: set[str] = set()
        waiting = [function]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [*calls.get(name, ()), *waits.get(name, ())]
        return frozenset(found)

    def _grade(self, functions: frozenset[str]) -> None:
        part = replace(
            self.assignment,
            checks=tuple(check for check in self.assignment.checks if check.function in functions),
            timed=tuple(timed for timed in self.assignment.timed if timed.function in functions),
        )
        if self._bench is None:
            self._bench = Bench(self.isolation)
        report = grade.grade(self.submission, AnswerKey(part, self.seed), self._bench, self.course)
        asked = {check.id for check in part.checks} | {timed.id for timed in part.timed}
        for mark in report.marks:
            for outcome in mark.outcomes:
                if outcome.check in asked:
                    self._graded[outcome.check] = Graded(report, mark, outcome)


def _waits(assignment: Assignment) -> Mapping[str, set[str]]:
    """For each function the functions whose checks must pass before its own are asked."""
    of = {check.id: check.function for check in assignment.checks}
    waits: dict[str, set[str]] = {}
    for check in assignment.checks:
        waits.setdefault(check.function, set()).update(of[other] for other in check.after)
    return waits


class Grading:
    """The hooks that are in force while a submission is graded."""

    def __init__(self, grader: Grader) -> None:
        self.grader = grader
        self._checks = grader.course.root / "solutions" / grader.assignment.name / "checks.py"

    def pytest_report_header(self) -> str:
        """Say what is needed to repeat the grading."""
        grader = self.grader
        return (
            f"autograder: {grader.assignment.name}, {clean.line(grader.submission.path)}, "
            f"seed {grader.seed}, isolation {grader.isolation}"
        )

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Let every worker of pytest-xdist ask the same questions."""
        node.workerinput["autograder_seed"] = self.grader.seed

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Collect the assignment's checks as our items, and not as a module of tests."""
        collected = yield
        if file_path != self._checks:
            return collected
        return [ChecksFile.from_parent(parent, path=file_path, grader=self.grader)]

    def pytest_sessionfinish(self) -> None:
        """End the jail."""
        self.grader.close()


class ChecksFile(pytest.File):
    """checks.py of one assignment, seen as the checks in it."""

    def __init__(self, *, grader: Grader, **words: Any) -> None:
        super().__init__(**words)
        self.grader = grader

    def collect(self) -> Iterator[CheckItem]:
        """One item for each check, in the order of the file, then those of speed."""
        checks: list[Check | Timed] = [*self.grader.assignment.checks, *self.grader.assignment.timed]
        for check in checks:
            yield CheckItem.from_parent(self, name=check.id, check=check, grader=self.grader)


class CheckItem(pytest.Item):
    """One check of the submission."""

    def __init__(self, *, check: Check | Timed, grader: Grader, **words: Any) -> None:
        super().__init__(**words)
        self.check = check
        self.grader = grader

    def setup(self) -> None:
        """Grade, so that what is no verdict on the submission is an error or a skip and not a failure."""
        graded = self.grader.graded(self.check)
        mark, outcome = graded.mark, graded.outcome
        self.user_properties += [
            ("criterion", mark.criterion.id),
            ("score", points(mark.worth(outcome) * outcome.share)),
            ("max_score", points(mark.worth(outcome))),
        ]
        if outcome.misconception:
            self.user_properties.append(("misconception", outcome.misconception.name))
        if outcome.status == Status.UNGRADED:
            pytest.fail(f"{outcome.note} {clean.line(outcome.staff_note)}".strip(), pytrace=False)
        if outcome.status in (Status.SKIPPED, Status.PENDING):
            pytest.skip(outcome.note)

    def runtest(self) -> None:
        """Fail where the check did; what the submission printed is shown with it."""
        graded = self.grader.graded(self.check)
        if graded.outcome.printed:
            printed = clean.block(graded.outcome.printed).replace("\n", f"\n{MARGIN}")
            self.add_report_section("call", "stdout", f"{MARGIN}{printed}")
        if words.lost(graded.mark, graded.outcome):
            pytest.fail(in_words(graded), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the check stands."""
        code = getattr(self.check.draw, "__code__", None)
        # Not the name alone: pytest would show its dot as "::", and nobody could select it so.
        return self.path, code.co_firstlineno - 1 if code else None, f"check {self.name}"


def in_words(graded: Graded) -> str:
    """Why a check is not passed, as the report on the terminal says it; the first line is the gist."""
    report, outcome, worth = graded.report, graded.outcome, graded.mark.worth(graded.outcome)
    rows = [("check", clean.line(outcome.says, words.SENTENCE))]
    rows.append(("points", words.score(worth * outcome.share, worth)))
    lines = []
    name, says = words.looks_like(outcome)
    if name:
        lines += [f"Looks like: {name}", says]
    if outcome.mismatch:
        lines.append(words.different(outcome.mismatch))
        rows += words.facts(outcome.mismatch)
        rows += [("pattern", clean.line(outcome.mismatch.pattern)), ("draw", str(outcome.mismatch.draw + 1))]
    if outcome.crash:
        lines += [words.happened(outcome.crash), outcome.crash.advice]
        rows.append((words.place(outcome.crash.line, report), clean.line(outcome.crash.code)))
    rows += [(f"with {clean.line(argument)}", clean.block(value)) for argument, value in outcome.inputs]
    rows += [("warning", clean.line(warning)) for warning in outcome.warnings]
    rows = [(label, value) for label, value in rows if label and value]
    wide = max(len(label) for label, _ in rows)
    indent = "\n" + (wide + 4) * " "
    lines.append(words.note(report, outcome) if outcome.note else "")
    lines += [f"  {label:<{wide}}  {value}".replace("\n", indent) for label, value in rows]
    return "\n".join(line for line in lines if line)


def begin(config: pytest.Config) -> Grading:
    """Read the submission and load the assignment that the command line names.

    Raises:
        pytest.UsageError: one of them is not there, or this machine has no such jail; it says what to do.
    """
    try:
        return Grading(_grader(config))
    except (CourseError, SubmissionError, IsolationError) as error:
        raise pytest.UsageError(str(error)) from error


def _grader(config: pytest.Config) -> Grader:
    file = config.invocation_params.dir / config.getoption("autograder_submission")
    config.option.autograder_submission = str(file)  # the workers of pytest-xdist start elsewhere
    paths = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
    course = courses.load(courses.find(paths[0]))
    submission = _submission(file, course, _named(paths, course))
    level = config.getoption("autograder_isolation", None) or course.isolation
    isolation = levels.choose(level, trust=bool(config.getoption("autograder_trust", False)))
    given = config.getoption("autograder_seed", None)
    seed = (
        getattr(config, "workerinput", {}).get("autograder_seed")
        or given
        or secrets.token_hex(SEED_BITS // 8)
    )
    return Grader(course, courses.assignment(course, submission.assignment), submission, seed, isolation)


def _named(paths: list[Path], course: Course) -> str | None:
    """The assignment whose folder the command line names; None where it names them all."""
    solutions = course.root.resolve() / "solutions"
    names = set()
    for path in map(Path.resolve, paths):
        if solutions in path.parents:
            names.add(courses.known(course, path.relative_to(solutions).parts[0]))
        elif path not in (solutions, *solutions.parents):
            raise SubmissionError(f"{path} holds no checks; name the assignment's folder: {SAY}")
    if len(names) > 1:
        raise SubmissionError(f"one assignment at a time, not {' and '.join(sorted(names))}: {SAY}")
    return next(iter(names), None)


def _submission(file: Path, course: Course, assignment: str | None) -> Submission:
    found = intake.read(file, courses.functions(course), assignment=assignment)
    if len(found) == 1 and found[0].assignment:
        return found[0]
    names = ", ".join(one.assignment for one in found if one.assignment) or "no assignment of this course"
    raise SubmissionError(f"{file} looks like {names}; name the assignment's folder: {SAY}")
