"""Our own grader: warm in this process, on one slot and on two, and as the whole command."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder import course as courses
from autograder import grade, reports
from autograder.answerkey import AnswerKey
from autograder.jail.levels import Isolation
from autograder.model import Course, Report
from autograder.session import Bench

from . import meter
from .meter import Cost, Memory
from .rivals import Rival, call
from .students import Student

SEED = "2b" * 16


class Warm:
    """Slots with warm jails, in this process; a grading ends with the JSON report."""

    def __init__(
        self, course: Course, keys: Mapping[str, AnswerKey], isolation: Isolation, slots: int
    ) -> None:
        self.course, self.keys = course, keys
        self.benches = [Bench(isolation) for _ in range(slots)]
        self.templates: list[int] = []

    def start(self) -> None:
        """Start the templates, which the first submission would do otherwise."""
        needs = {key.assignment.needs for key in self.keys.values()}
        before = set(meter.descendants(os.getpid()))
        for bench in self.benches:
            for packages in needs:
                bench.template(packages)
        self.templates = [pid for pid in meter.descendants(os.getpid()) if pid not in before]

    def grade(self, handed_in: Sequence[Student]) -> list[Report]:
        """Grade them all, each slot the next that waits."""
        waiting: queue.SimpleQueue[Student] = queue.SimpleQueue()
        for student in handed_in:
            waiting.put(student)
        done: list[Report] = []
        if len(self.benches) == 1:
            self._work(self.benches[0], waiting, done)
            return done
        slots = [threading.Thread(target=self._work, args=(one, waiting, done)) for one in self.benches]
        for slot in slots:
            slot.start()
        for slot in slots:
            slot.join()
        return done

    def memory(self) -> tuple[Memory, Memory]:
        """The memory of this process, the grader, and that of the templates which `start` started."""
        return meter.memory([os.getpid()]), meter.memory(self.templates)

    def _work(self, bench: Bench, waiting: queue.SimpleQueue[Student], done: list[Report]) -> None:
        while True:
            try:
                student = waiting.get_nowait()
            except queue.Empty:
                return
            report = grade.grade(student.submission, self.keys[student.assignment], bench, self.course)
            reports.render("json", report)
            done.append(report)

    def close(self) -> None:
        """End the templates."""
        for bench in self.benches:
            bench.close()


def keys(course: Course) -> dict[str, AnswerKey]:
    """The answer keys of a course under the seed of the bench."""
    return {name: AnswerKey(courses.assignment(course, name), SEED) for name in course.order}


def start_up(course: Course, isolation: Isolation) -> Cost:
    """What a slot costs before its first submission: the template, started and ended."""
    warm = Warm(course, keys(course), isolation, 1)

    def once() -> None:
        warm.start()
        warm.close()

    return meter.measured(once)


def settled(warm: Warm, handed_in: Sequence[Student]) -> list[str]:
    """Grade once so that everything is warm; the submissions that were judged as they should not be."""
    found = {(one.student, one.assignment): one for one in warm.grade(handed_in)}
    return [
        f"{one.name}/{one.assignment} ({', '.join(one.made_of)})"
        for one in handed_in
        if (found[one.name, one.assignment].earned == found[one.name, one.assignment].possible) != one.right
    ]


def lane(warm: Warm, repeat: int) -> Rival:
    """A warm grader, started, as one of those that stand side by side."""
    slots = len(warm.benches)

    def run(chosen: Sequence[Student]) -> None:
        warm.grade(chosen)

    name = f"ours, warm, {'one slot' if slots == 1 else f'{slots} slots'}"
    return Rival(name, run, roots=(os.getpid(), *warm.templates), repeat=repeat)


def command(handed_in: Sequence[Student], course: Course, folder: Path, jobs: int) -> Rival:
    """`autograder grade DIR --out OUT`: start, grade, records, pages and tables."""
    for student in handed_in:
        file = folder / "class" / student.name / f"{student.assignment}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(student.source, encoding="utf-8")
    runs = iter(range(1 << 30))

    def run(chosen: Sequence[Student]) -> None:
        assert len(chosen) == len(handed_in), "the command grades the whole folder"
        out = folder / f"out{next(runs)}"
        options = ["--out", str(out), "-j", str(jobs), "--seed", SEED, "--isolation", course.isolation]
        arguments = ["grade", str(folder / "class"), *options, "--course", str(course.root)]
        call([sys.executable, "-m", "autograder", *arguments], folder)

    slots = "one slot" if jobs == 1 else f"{jobs} slots"
    return Rival(f"autograder grade DIR --out, {slots}", run)
