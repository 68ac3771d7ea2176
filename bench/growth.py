"""A class of any size in a process of its own: what a submission costs there, and the grader's memory.

`python -m bench.growth COUNT COURSE BENCH` grades COUNT submissions and prints one line of JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import course as courses
from autograder.jail import levels
from autograder.model import Submission
from autograder.run import Run

from . import meter, ours, students
from .rivals import RivalError

SLOTS = 2


@dataclass(frozen=True, slots=True)
class Grown:
    """One size: CPU and clock for a submission, and the most memory of the grader's own process."""

    count: int
    cpu: float
    wall: float
    grader: int  # bytes
    submissions: int  # bytes of the submissions themselves, which the caller holds


def measure(count: int, course: Path, bench: Path) -> Grown:
    """Grade `count` submissions in a fresh process.

    Raises:
        RivalError: it fails.
    """
    command = [sys.executable, "-m", "bench.growth", str(count), str(course), str(bench)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RivalError(f"{count} submissions: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
    return Grown(**json.loads(done.stdout))


def handed_in(count: int, course: Path) -> Iterator[Submission]:
    """The 24 submissions again and again, each from a student of its own and with a text of its own."""
    made = students.four_times_six(courses.load(course))
    for number in range(count):
        student = made[number % len(made)]
        text = f"# student {number}\n{student.source}"
        yield replace(student, name=f"student_{number:06}", source=text).submission


def main(count: int, course: Path, bench: Path) -> Grown:
    """Grade them through `Run`, as the command does, and drop each report when it is done."""
    of = courses.load(bench)
    run = Run(of, ours.SEED, levels.choose(of.isolation))
    submissions = list(handed_in(count, course))
    for name in of.order:
        run.key(name)
    graded = 0

    def work() -> None:
        nonlocal graded
        for _ in run.grade(submissions, SLOTS):
            graded += 1

    cost = meter.measured(work, count)
    if graded != count:
        raise RivalError(f"{graded} of {count} were graded")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Grown(count, cost.each.cpu, cost.each.wall, most, sum(map(_size, submissions)))


def _size(submission: Submission) -> int:
    """Bytes of a submission and of what belongs to it alone."""
    alone = (submission.source, submission.student, submission.path, submission.digest)
    return sys.getsizeof(submission) + sum(map(sys.getsizeof, alone))


if __name__ == "__main__":
    from dataclasses import asdict

    print(json.dumps(asdict(main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))))
