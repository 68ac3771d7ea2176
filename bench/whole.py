"""A whole assignment, graded completely, from the jail to the JSON report; and the same with torch loaded."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import course as courses
from autograder.answerkey import AnswerKey
from autograder.jail.levels import Isolation
from autograder.model import Course

from . import course as courses_of_the_bench
from . import meter, ours, rivals, students
from .meter import Cost, Memory
from .ours import Warm
from .side import Lane, rounds
from .students import Student

ASSIGNMENT = "losses"
TEN = 10


@dataclass(frozen=True, slots=True)
class Whole:
    """One way of grading the assignment: what a submission costs, and the memory of its slot."""

    says: str
    checks: int
    lane: Lane
    grader: Memory
    template: Memory
    start: Cost


def measure(
    of: Course, isolation: Isolation, folder: Path, files: int, count: int, repeat: int
) -> tuple[list[Whole], Lane]:
    """Grade `files` files of the assignment in each way, in `count` rounds, beside `python submission.py`."""
    functions = list(courses.functions(of)[ASSIGNMENT])
    cut = courses_of_the_bench.write(of, {ASSIGNMENT: functions[:TEN]}, folder / "ten")
    everything, ten = (_students(of, names, files) for names in (functions, functions[:TEN]))
    key = AnswerKey(courses.assignment(of, ASSIGNMENT), ours.SEED)
    ways = [
        (f"all {len(functions)} functions, a class", of, key, everything),
        (f"all {len(functions)} functions, the right file only", of, key, everything[:1] * files),
        (f"cut to {TEN} functions, a class", cut, ours.keys(cut)[ASSIGNMENT], ten),
    ]
    made = [_way(*way, isolation, repeat) for way in ways]
    if importlib.util.find_spec("torch"):
        loaded = AnswerKey(replace(key.assignment, needs=("numpy", "torch")), ours.SEED)
        says = f"all {len(functions)} functions, a class, torch loaded"
        made.append(_way(says, of, loaded, everything, isolation, repeat))
    python = Lane(rivals.bare_python(everything, folder / "python"))
    rounds([*(whole.lane for whole, _ in made), python], everything, count)
    for _, warm in made:
        warm.close()
    return [whole for whole, _ in made], python


def _students(of: Course, functions: Sequence[str], files: int) -> list[Student]:
    return list(students.whole(of, ASSIGNMENT, functions, files))


def _way(
    says: str,
    of: Course,
    key: AnswerKey,
    handed_in: Sequence[Student],
    isolation: Isolation,
    repeat: int,
) -> tuple[Whole, Warm]:
    warm = Warm(of, {ASSIGNMENT: key}, isolation, 1)
    start = meter.measured(warm.start)
    warm.grade(handed_in)
    grader, template = warm.memory()

    def run(_: Sequence[Student]) -> None:
        warm.grade(handed_in)

    lane = Lane(rivals.Rival(says, run, repeat=repeat))
    return Whole(says, len(key.assignment.checks), lane, grader, template, start), warm
