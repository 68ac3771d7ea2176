"""Grading mutants: each in a jail of its own, check after check, until one of them takes points away."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder import course as courses
from autograder import grade
from autograder.answerkey import AnswerKey
from autograder.jail.levels import Isolation
from autograder.model import Check, Course, CourseError, Overran, Raised, Submission
from autograder.session import Bench, Session

from .mutants import Mutant, mutants

PATIENCE = 1.0  # seconds for a check at first; who needs more gets what the course allows
SLOWER = 10.0  # times the reference's own seconds, added to them


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one mutant: the check that it fails, "" where it passes them all."""

    number: int  # among the mutants of its reference
    mutant: Mutant
    killed_by: str


def source(course: Course, name: str) -> str:
    """The text of an assignment's reference.

    Raises:
        CourseError: it cannot be read.
    """
    path = f"solutions/{courses.known(course, name)}/reference.py"
    try:
        return (course.root / path).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: it cannot be read ({error}); write it") from error


def trials(
    course: Course, name: str, seeds: int, isolation: Isolation, part: int = 0, parts: int = 1
) -> list[Trial]:
    """Grade every `parts`-th mutant of an assignment, from number `part` on; first the reference itself.

    A mutant that passes under the first seed is asked again under the others, as in an audit.

    Raises:
        CourseError: the assignment does not load, or the reference itself loses points.
        SandboxFault: the jail failed, twice for one mutant.
    """
    text = source(course, name)
    chosen = list(enumerate(mutants(text, f"solutions/{name}/reference.py")))[part::parts]
    if not chosen:
        return []
    bench = Bench(isolation, timed=False)
    try:
        judge = _Judge(course, name, seeds, bench)
        lost = judge.lost(text, tuple(judge.assignment.functions))
        if lost:
            path = f"solutions/{name}/reference.py"
            raise CourseError(f"{path}: the reference itself fails {lost}; see `autograder audit {name}`")
        return [
            Trial(number, mutant, judge.lost(mutant.applied(text), mutant.affects))
            for number, mutant in chosen
        ]
    finally:
        bench.close()


class _Judge:
    """Grades files of one assignment under several seeds, and says which check is the first to fail."""

    def __init__(self, course: Course, name: str, seeds: int, bench: Bench) -> None:
        self.assignment = courses.assignment(course, name)
        self._bench = bench
        self._keys = [AnswerKey(self.assignment, f"{seed:032x}") for seed in range(seeds)]
        self._quick = {check.id: self._hurried(check) for check in self.assignment.checks}
        self._last: dict[str, str] = {}  # the check that failed last, by function: likely to fail next

    def _hurried(self, check: Check) -> Check:
        """The check with a short limit, measured on the reference."""
        began = time.perf_counter()
        self._keys[0].wants(check)
        seconds = PATIENCE + SLOWER * (time.perf_counter() - began)
        limits = check.limits or self.assignment.rubric.limits
        return replace(check, limits=replace(limits, check_seconds=min(seconds, limits.check_seconds)))

    def lost(self, text: str, functions: Sequence[str]) -> str:
        """The id of a check of `functions` that a file fails; "" where it passes them all."""
        digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        submission = Submission("mutant", self.assignment.name, text, "reference.py", digest)
        checks = self._ordered(functions)
        for key in self._keys:
            with Session(self._bench, submission, key, self.assignment.rubric.limits) as session:
                for check in checks:
                    there = session.ask(self._quick[check.id])
                    if any(isinstance(reply, Overran) for reply in there.replies):
                        there = session.ask(check)  # late is wrong only by the limits of the course
                    draw = grade.failed_draw(there, check, key)
                    if draw is None:
                        continue
                    reply = there.replies[draw]
                    assert not (isinstance(reply, Raised) and reply.kind == "SyntaxError"), text
                    self._last[functions[0]] = check.id
                    return check.id
        return ""

    def _ordered(self, functions: Sequence[str]) -> list[Check]:
        """The checks of `functions`, those first that are likely to fail."""
        likely = self._last.get(functions[0], "")
        checks = [
            check for function in functions for check in self.assignment.checks if check.function == function
        ]
        return sorted(checks, key=lambda check: check.id != likely)
